// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;

/** Latches one after the other: nobody passes a closed one, all pass an open one. */
final class LatchSoak extends Scenario {
    private static final int EVENTS = 5;

    private final IntFunction<CountDownLatch> source;
    private final AtomicReference<CountDownLatch> current = new AtomicReference<>();

    LatchSoak(IntFunction<CountDownLatch> source) {
        this.source = source;
        current.set(source.apply(EVENTS));
    }

    @Override
    void act(Dice dice) throws Exception {
        CountDownLatch latch = current.get();
        switch (dice.below(6)) {
            case 0 -> {
                latch.await();
                assertOpen(latch);
            }
            case 1 -> {
                if (latch.await(dice.nanos(), TimeUnit.NANOSECONDS)) {
                    assertOpen(latch);
                }
            }
            case 2 -> settle(latch.awaitAsync(), dice, opened -> assertOpen(latch));
            default -> {
                latch.countDown();
                if (latch.getCount() == 0) {
                    current.compareAndSet(latch, source.apply(EVENTS));
                }
            }
        }
    }

    private static void assertOpen(CountDownLatch latch) {
        assertEquals(0, latch.getCount(), "passed a closed latch");
    }

    @Override
    void finish() {
        for (int i = 0; i < EVENTS; i++) {
            current.get().countDown();
        }
    }

    @Override
    void check() throws Exception {
        CountDownLatch last = current.getAndSet(source.apply(EVENTS));
        for (int i = 0; i < EVENTS; i++) {
            last.countDown();
        }
        assertEquals(0, last.getCount());
        assertTrue(last.await(0, TimeUnit.NANOSECONDS));
        assertTrue(last.awaitAsync().isDone());
        assertFewSegments(last);
    }

    /** A broken twin: a time-out counts as success. */
    static final class Hasty extends CountDownLatch {
        Hasty(int count) {
            super(count);
        }

        @Override
        public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
            super.await(timeout, unit);
            return true; // MUTANT
        }
    }
}
