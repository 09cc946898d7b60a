// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.CancellableQueueSynchronizer.Cancellation;
import dev.heddle.sync.CancellableQueueSynchronizer.Resumption;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.testkit.Alarm;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers sync 2, 3, 6, 21, 25: the seam between the queue and parked threads, under many schedules. */
@Tag("lincheck")
class CancellableQueueSynchronizerInterleavingTest {
    /** A permit and an interrupt race for one waiter: the permit is taken or left. */
    abstract static class InterruptRacesWithRelease implements Runnable {
        private final Resumption resumption;
        private final Cancellation cancellation;

        InterruptRacesWithRelease(Resumption resumption, Cancellation cancellation) {
            this.resumption = resumption;
            this.cancellation = cancellation;
        }

        @Override
        public void run() {
            var semaphore = new ReferenceSemaphore(0, resumption, cancellation, 1, 1);
            boolean[] acquired = new boolean[1];
            Thread waiter = new Thread(() -> {
                try {
                    semaphore.acquire();
                    acquired[0] = true;
                } catch (InterruptedException e) {
                    acquired[0] = false;
                }
            });
            race(semaphore, waiter, waiter::interrupt);
            checkConservation(semaphore, acquired[0]);
        }
    }

    /** The same with a deadline. */
    abstract static class DeadlineRacesWithRelease implements Runnable {
        private final Resumption resumption;
        private final Cancellation cancellation;

        DeadlineRacesWithRelease(Resumption resumption, Cancellation cancellation) {
            this.resumption = resumption;
            this.cancellation = cancellation;
        }

        @Override
        public void run() {
            var semaphore = new ReferenceSemaphore(0, resumption, cancellation, 1, 1);
            boolean[] acquired = new boolean[1];
            Alarm alarm = new Alarm();
            Thread waiter = new Thread(() -> {
                try {
                    acquired[0] = semaphore.acquire(alarm);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            race(semaphore, waiter, () -> alarm.ring(waiter));
            checkConservation(semaphore, acquired[0]);
        }
    }

    /** Two threads only: that leaves the schedules few enough to meet each race. */
    private static void race(ReferenceSemaphore semaphore, Thread waiter, Runnable abort) {
        waiter.start();
        abort.run();
        semaphore.release();
        join(waiter);
    }

    private static void checkConservation(ReferenceSemaphore semaphore, boolean acquired) {
        long free = semaphore.state();
        if (free != (acquired ? 0 : 1)) {
            throw new IllegalStateException("acquired " + acquired + ", state " + free);
        }
    }

    static final class InterruptAsyncSmart extends InterruptRacesWithRelease {
        InterruptAsyncSmart() {
            super(Resumption.ASYNC, Cancellation.SMART);
        }
    }

    static final class InterruptSyncSmart extends InterruptRacesWithRelease {
        InterruptSyncSmart() {
            super(Resumption.SYNC, Cancellation.SMART);
        }
    }

    static final class DeadlineAsyncSmart extends DeadlineRacesWithRelease {
        DeadlineAsyncSmart() {
            super(Resumption.ASYNC, Cancellation.SMART);
        }
    }

    static final class DeadlineSyncSmart extends DeadlineRacesWithRelease {
        DeadlineSyncSmart() {
            super(Resumption.SYNC, Cancellation.SMART);
        }
    }

    static final class DeadlineAsyncSimple extends DeadlineRacesWithRelease {
        DeadlineAsyncSimple() {
            super(Resumption.ASYNC, Cancellation.SIMPLE);
        }
    }

    /** The waiter without a deadline goes on, whatever becomes of the other one. */
    static final class LatchOpensAgainstDeadline implements Runnable {
        @Override
        public void run() {
            var latch = new CountDownLatch(1, 1, 1);
            boolean[] passed = new boolean[1];
            Alarm alarm = new Alarm();
            Thread timed = new Thread(() -> await(latch, alarm));
            Thread patient = new Thread(() -> passed[0] = await(latch, Deadline.NEVER));
            timed.start();
            patient.start();
            alarm.ring(timed);
            latch.countDown();
            join(timed, patient);
            if (!passed[0]) {
                throw new IllegalStateException("the patient one was not let go");
            }
        }

        private static boolean await(CountDownLatch latch, Deadline deadline) {
            try {
                return latch.await(deadline);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The barrier trips for both parties or breaks for both. */
    static final class BarrierTripsAgainstDeadline implements Runnable {
        @Override
        public void run() {
            var barrier = new CyclicBarrier(2, null, 1, 1);
            int[] index = new int[1];
            Alarm alarm = new Alarm();
            Thread timed = new Thread(() -> index[0] = arrive(barrier, alarm));
            timed.start();
            alarm.ring(timed);
            int mine = arrive(barrier, Deadline.NEVER);
            join(timed);
            boolean tripped = index[0] >= 0 && mine >= 0 && index[0] + mine == 1 && !barrier.isBroken();
            boolean broken = index[0] == -2 && mine == -1 && barrier.isBroken();
            if (!tripped && !broken) {
                throw new IllegalStateException(index[0] + " " + mine + " " + barrier.isBroken());
            }
        }

        /** The index, -1 if broken, -2 if the time was over. */
        private static int arrive(CyclicBarrier barrier, Deadline deadline) {
            try {
                return barrier.await(deadline);
            } catch (BrokenBarrierException e) {
                return -1;
            } catch (TimeoutException e) {
                return -2;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void join(Thread... threads) {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void acquire_interruptRacesWithReleaseAsyncSmart_keepsThePermit() {
        Checks.interleave(new InterruptAsyncSmart());
    }

    @Test
    void acquire_interruptRacesWithReleaseSyncSmart_keepsThePermit() {
        Checks.interleave(new InterruptSyncSmart());
    }

    @Test
    void acquire_deadlineRacesWithReleaseAsyncSmart_keepsThePermit() {
        Checks.interleave(new DeadlineAsyncSmart());
    }

    @Test
    void acquire_deadlineRacesWithReleaseSyncSmart_keepsThePermit() {
        Checks.interleave(new DeadlineSyncSmart());
    }

    @Test
    void acquire_deadlineRacesWithReleaseAsyncSimple_keepsThePermit() {
        Checks.interleave(new DeadlineAsyncSimple());
    }

    @Test
    void countDown_racesWithDeadline_letsTheOtherWaiterGo() {
        Checks.interleave(new LatchOpensAgainstDeadline());
    }

    @Test
    void barrier_deadlineRacesWithLastParty_tripsForBothOrBreaksForBoth() {
        Checks.interleave(new BarrierTripsAgainstDeadline());
    }

    // ---- mutants

    @Test
    @Tag("mutant")
    void interruptLosesAGrant_isRejected() {
        var mutant = Mutant.of(
                CellQueue.class,
                "outcome = interruptible && abort(s, o, me) ? CellState.INTERRUPTED : null;",
                "if (interruptible) { abort(s, o, me); outcome = CellState.INTERRUPTED; }"); // a lost abort counts
        Checks.interleavingRejected(mutant.body(InterruptAsyncSmart.class), Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void deadlineLosesAGrant_isRejected() {
        var mutant = Mutant.of(
                CellQueue.class,
                "outcome = over && abort(s, o, me) ? CellState.TIMED_OUT : null;",
                "if (over) { abort(s, o, me); outcome = CellState.TIMED_OUT; }"); // a lost abort counts
        Checks.interleavingRejected(mutant.body(DeadlineAsyncSmart.class), Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void syncResumeKeepsABrokenCell_isRejected() {
        var mutant = Mutant.of(
                CellQueue.class,
                "return s.casCell(o, state, CellState.BROKEN) ? null : DONE;",
                "s.setCell(o, CellState.BROKEN); return DONE;"); // the permit is gone
        Checks.interleavingRejected(mutant.body(DeadlineSyncSmart.class), Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void latchCountsItsWaitersBeforeItOpens_isRejected() {
        var mutant = Mutant.of(
                CountDownLatch.class,
                "long announced = (long) WAITERS.getAndAdd(this, OPEN);",
                "long announced = waiters; waiters += OPEN;"); // two steps
        Checks.interleavingRejected(mutant.body(LatchOpensAgainstDeadline.class), Checks.HUNG);
    }

    @Test
    @Tag("mutant")
    void barrierTakesPlacesInTwoSteps_isRejected() {
        var mutant = Mutant.of(
                BarrierRound.class,
                "long w = (long) WORD.getAndAdd(this, -ONE_PLACE); // LP of the trip",
                "long w = word; word = w - ONE_PLACE;"); // both may be the first
        Checks.interleavingRejected(mutant.body(BarrierTripsAgainstDeadline.class), Checks.HUNG);
    }
}
