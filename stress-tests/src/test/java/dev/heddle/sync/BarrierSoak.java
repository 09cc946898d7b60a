// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Trips, breaks and resets: in a round that trips, every party learns of it, each with another index. */
final class BarrierSoak extends Scenario {
    static final int PARTIES = 3;

    private final CyclicBarrier barrier;
    private final AtomicInteger trips;
    private final AtomicIntegerArray arrivals = new AtomicIntegerArray(PARTIES);

    /** The action of the barrier counts {@code trips}. */
    BarrierSoak(CyclicBarrier barrier, AtomicInteger trips) {
        this.barrier = barrier;
        this.trips = trips;
    }

    @Override
    void act(Dice dice) throws Exception {
        try {
            switch (dice.below(4)) {
                case 0 -> arrivals.incrementAndGet(barrier.await());
                case 1 -> arrivals.incrementAndGet(barrier.await(dice.nanos(), TimeUnit.NANOSECONDS));
                case 2 -> settle(barrier.awaitAsync(), dice, arrivals::incrementAndGet);
                default -> {
                    if (barrier.isBroken() || dice.oneIn(8)) {
                        barrier.reset();
                    }
                }
            }
        } catch (BrokenBarrierException | TimeoutException expected) {
            barrier.isBroken(); // by us or by another worker: a reset comes
        } catch (ExecutionException | CompletionException expected) {
            if (!(expected.getCause() instanceof BrokenBarrierException)) {
                throw expected;
            }
        }
    }

    @Override
    void finish() {
        barrier.reset();
    }

    @Override
    void check() {
        barrier.reset();
        assertArrivals();
        List<CompletableFuture<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < PARTIES; i++) {
            assertEquals(i, barrier.getNumberWaiting());
            futures.add(barrier.awaitAsync());
        }
        for (int i = 0; i < PARTIES; i++) {
            int index = futures.get(i).getNow(-1);
            assertEquals(PARTIES - 1 - i, index);
            arrivals.incrementAndGet(index);
        }
        assertArrivals();
        assertEquals(0, barrier.getNumberWaiting());
        assertFalse(barrier.isBroken());
        assertFewSegments(barrier);
    }

    private void assertArrivals() {
        for (int i = 0; i < PARTIES; i++) {
            assertEquals(trips.get(), arrivals.get(i), "arrivals with index " + i);
        }
    }

    /** A broken twin: a time-out looks like a trip. */
    static final class Hasty extends CyclicBarrier {
        Hasty(Runnable action) {
            super(PARTIES, action);
        }

        @Override
        public int await(long timeout, TimeUnit unit) throws InterruptedException, BrokenBarrierException {
            try {
                return super.await(timeout, unit);
            } catch (TimeoutException e) {
                return 0; // MUTANT
            }
        }
    }
}
