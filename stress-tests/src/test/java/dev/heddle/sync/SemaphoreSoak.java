// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Permits: never more out than there are, and all there in the end, whatever was drained, taken away and put back.
 *
 * <p>Draining and taking away take turns by rounds before they come together. A drain that finds fewer than no permits
 * makes them none, and so gives permits that its caller can only take away afterwards: who puts back meanwhile what it
 * took away puts more out than there are, with any semaphore. Rounds with both check the end alone.
 */
final class SemaphoreSoak extends Scenario {
    static final int PERMITS = 3;

    private enum Round {
        DRAIN,
        REDUCE,
        BOTH
    }

    private final Semaphore semaphore;
    private final AtomicInteger out = new AtomicInteger();
    private volatile Round round = Round.DRAIN;

    SemaphoreSoak(Semaphore semaphore) {
        this.semaphore = semaphore;
    }

    @Override
    void act(Dice dice) throws Exception {
        int n = dice.oneIn(2) ? 1 : 1 + dice.below(PERMITS);
        switch (dice.below(7)) {
            case 0 -> {
                semaphore.acquire(n);
                use(n);
            }
            case 1 -> {
                semaphore.acquireUninterruptibly(n);
                use(n);
            }
            case 2 -> useIf(semaphore.tryAcquire(n), n);
            case 3 -> useIf(semaphore.tryAcquire(n, dice.nanos(), TimeUnit.NANOSECONDS), n);
            case 4 -> useIf(semaphore.tryAcquire(), 1);
            case 5 -> takeAway(dice, n);
            default -> settle(semaphore.acquireAsync(n), dice, granted -> use(n));
        }
    }

    private void takeAway(Dice dice, int n) {
        if (round == Round.DRAIN || (round == Round.BOTH && dice.oneIn(2))) {
            drain();
        } else {
            semaphore.reducePermits(n); // perhaps below zero
            semaphore.increasePermits(n);
        }
    }

    private void drain() {
        int drained = semaphore.drainPermits();
        if (drained > 0) {
            use(drained);
        } else {
            semaphore.reducePermits(-drained); // another worker had taken more away than there was
        }
    }

    private void useIf(boolean acquired, int n) {
        if (acquired) {
            use(n);
        }
    }

    private void use(int n) {
        int now = out.addAndGet(n);
        assertTrue(now <= PERMITS || round == Round.BOTH, () -> now + " permits out");
        Thread.onSpinWait();
        out.addAndGet(-n);
        if (n == 1) {
            semaphore.release();
        } else {
            semaphore.release(n);
        }
    }

    @Override
    void check() {
        assertEquals(PERMITS, semaphore.availablePermits());
        assertEquals(0, semaphore.getQueueLength());
        assertTrue(semaphore.tryAcquire(PERMITS));
        assertFalse(semaphore.tryAcquire());
        semaphore.release(PERMITS);
        assertFewSegments(semaphore);
        assertEquals(0, out.get());
        round = switch (round) {
            case DRAIN -> Round.REDUCE;
            case REDUCE -> Round.BOTH;
            case BOTH -> Round.DRAIN;
        };
    }

    /** A broken twin: the subject forgets a release of an interrupted thread. */
    static final class Forgetful extends Semaphore {
        private static final long serialVersionUID = 1L;

        Forgetful() {
            super(PERMITS);
        }

        @Override
        public void release() {
            if (!Thread.currentThread().isInterrupted()) { // MUTANT
                super.release();
            }
        }
    }
}
