// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.WaitQueue;
import dev.heddle.testkit.Alarm;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Race;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers sync 2, 6, 10, 21, 26: parked threads of semaphores and pools against interrupts, deadlines and releases. */
@Tag("lincheck")
class SemaphoreInterleavingTest {
    /** A permit and an interrupt race for one waiter. The interrupt comes before it can end, so its flag is kept. */
    abstract static class Interrupt extends Race {
        private final boolean fair;

        Interrupt(boolean fair) {
            this.fair = fair;
        }

        @Override
        public void run() {
            var semaphore = Semaphore.withSegmentSize(0, fair, 1, 1);
            boolean[] outcome = new boolean[2]; // acquired, flag
            Thread waiter = start(() -> {
                try {
                    semaphore.take(
                            1, new Alarm(), true); // it never rings: time stands still here, a spin would not end
                    outcome[0] = true;
                    outcome[1] = Thread.interrupted();
                } catch (InterruptedException e) {
                    outcome[1] = true;
                }
            });
            waiter.interrupt();
            semaphore.release();
            join(waiter);
            expect(semaphore.availablePermits() == (outcome[0] ? 0 : 1), "acquired " + outcome[0] + " " + semaphore);
            expect(outcome[1], "the interrupt is gone");
            expect(semaphore.getQueueLength() == 0, "still counted");
        }
    }

    static final class FairInterrupt extends Interrupt {
        FairInterrupt() {
            super(true);
        }
    }

    static final class BargingInterrupt extends Interrupt {
        BargingInterrupt() {
            super(false);
        }
    }

    /** A permit and the end of the time race for one waiter. */
    abstract static class TimeOut extends Race {
        private final boolean fair;

        TimeOut(boolean fair) {
            this.fair = fair;
        }

        @Override
        public void run() {
            var semaphore = Semaphore.withSegmentSize(0, fair, 2, 1);
            boolean[] acquired = new boolean[1];
            Alarm alarm = new Alarm();
            Thread waiter = start(() -> acquired[0] = semaphore.take(1, alarm, true));
            alarm.ring(waiter);
            semaphore.release();
            join(waiter);
            expect(semaphore.availablePermits() == (acquired[0] ? 0 : 1), "acquired " + acquired[0] + " " + semaphore);
            expect(semaphore.getQueueLength() == 0, "still counted");
        }
    }

    static final class FairTimeOut extends TimeOut {
        FairTimeOut() {
            super(true);
        }
    }

    static final class BargingTimeOut extends TimeOut {
        BargingTimeOut() {
            super(false);
        }
    }

    /** The head does not fit and gives up: the waiter behind it, which fits, must come through. */
    static final class HeadGivesUp extends Race {
        @Override
        public void run() {
            var semaphore = Semaphore.withSegmentSize(1, true, 1, 1);
            Alarm alarm = new Alarm();
            Thread head = start(() -> expect(!semaphore.take(2, alarm, true), "two of one permit"));
            Thread next = start(semaphore::acquire);
            alarm.ring(head);
            join(head, next);
            expect(semaphore.availablePermits() == 0, semaphore);
        }
    }

    /** An element and the end of the time race for a taker. */
    abstract static class TakeTimesOut extends Race {
        private final Fairness fairness;

        TakeTimesOut(Fairness fairness) {
            this.fairness = fairness;
        }

        @Override
        public void run() {
            BlockingPool<Integer> pool = BlockingPool.fifo(fairness, 1, 1);
            Integer[] taken = new Integer[1];
            Alarm alarm = new Alarm();
            Thread taker = start(() -> taken[0] = pool.poll(alarm));
            alarm.ring(taker);
            pool.put(7);
            join(taker);
            Integer rest = pool.tryTake();
            expect((taken[0] == null) != (rest == null), "taken " + taken[0] + ", left " + rest);
        }
    }

    static final class FairTakeTimesOut extends TakeTimesOut {
        FairTakeTimesOut() {
            super(Fairness.FIFO);
        }
    }

    static final class BargingTakeTimesOut extends TakeTimesOut {
        BargingTakeTimesOut() {
            super(Fairness.BARGING);
        }
    }

    @Test
    void acquire_interruptRacesWithRelease_losesNothing() {
        Checks.interleave(new FairInterrupt());
    }

    @Test
    void acquire_interruptRacesWithBargingRelease_losesNothing() {
        Checks.interleave(new BargingInterrupt());
    }

    @Test
    void acquire_timeOutRacesWithRelease_losesNothing() {
        Checks.interleave(new FairTimeOut());
    }

    @Test
    void acquire_timeOutRacesWithBargingRelease_losesNothing() {
        Checks.interleave(new BargingTimeOut());
    }

    @Test
    void acquire_headTimesOut_letsTheNextThrough() {
        Checks.interleave(new HeadGivesUp());
    }

    @Test
    void take_timeOutRacesWithPut_losesNoElement() {
        Checks.interleave(new FairTakeTimesOut());
    }

    @Test
    void take_timeOutRacesWithBargingPut_losesNoElement() {
        Checks.interleave(new BargingTakeTimesOut());
    }

    // ---- mutants

    private static void rejected(
            Class<?> original, String text, String fault, Class<? extends Runnable> body, String kind) {
        Checks.interleavingRejected(Mutant.of(original, text, fault).body(body), kind);
    }

    @Test
    @Tag("mutant")
    void interruptLosesAGrant_isRejected() {
        rejected(
                WaitQueue.class,
                "return state != CANCELLED;",
                "return state != CANCELLED && !(interruptible && interrupted);",
                FairInterrupt.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void interruptIsForgotten_isRejected() {
        rejected(
                WaitQueue.class,
                "Thread.currentThread().interrupt(); // sync 21",
                "Thread.interrupted(); // sync 21",
                BargingInterrupt.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void timeOutLosesAGrant_isRejected() {
        rejected(
                WaitQueue.class,
                "return state != CANCELLED;",
                "return state != CANCELLED && !deadline.passed();",
                FairTimeOut.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void nextIsNotLookedAtWhenTheHeadLeaves_isRejected() {
        rejected(
                PermitQueue.class,
                "if (!wasHead || !mustLook(s, after)) {",
                "if (s != 0) {",
                HeadGivesUp.class,
                Checks.HUNG);
    }

    @Test
    @Tag("mutant")
    void takerFetchesThoughItLeft_isRejected() {
        rejected(
                BlockingPool.class,
                "return count.take(1, me, deadline, true) ? me.element() : null;",
                "return count.take(1, me, deadline, true) && !deadline.passed() ? me.element() : null;",
                FairTakeTimesOut.class,
                Checks.EXCEPTION);
    }
}
