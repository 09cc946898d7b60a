// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.testkit.Alarm;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Race;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers sync 1, 2, 21, 24, 26: parked threads of a mutex and its condition against interrupts, deadlines and signals. */
@Tag("lincheck")
@SuppressWarnings("LockNotBeforeTry") // a failure ends the schedule anyway
class MutexInterleavingTest {
    /** Locks with an alarm that never rings: time stands still here, so a spin would not end. */
    private static void lock(Mutex mutex) {
        try {
            Race.expect(mutex.lockSlow(new Alarm(), false), "left without the lock");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void isIdle(Mutex mutex) {
        Race.expect(!mutex.isLocked() && mutex.getQueueLength() == 0, mutex);
    }

    /** Three threads visit. */
    abstract static class Visitors extends Race {
        private final boolean fair;
        private int inside;

        Visitors(boolean fair) {
            this.fair = fair;
        }

        @Override
        public void run() {
            inside = 0;
            Mutex mutex = Mutex.withSegmentSize(fair, 1);
            Thread one = start(() -> visit(mutex));
            Thread two = start(() -> visit(mutex));
            Thread three = start(() -> visit(mutex));
            join(one, two, three);
            isIdle(mutex);
        }

        private void visit(Mutex mutex) {
            lock(mutex);
            expect(++inside == 1, "not alone");
            expect(mutex.getHoldCount() == 1, "not the owner");
            inside--;
            mutex.unlock();
        }
    }

    static final class FairVisitors extends Visitors {
        FairVisitors() {
            super(true);
        }
    }

    static final class BargingVisitors extends Visitors {
        BargingVisitors() {
            super(false);
        }
    }

    /** An unlock races with an interrupt or the end of the time. */
    abstract static class AbortRacesWithUnlock extends Race {
        private final boolean fair;
        private final boolean byInterrupt;

        AbortRacesWithUnlock(boolean fair, boolean byInterrupt) {
            this.fair = fair;
            this.byInterrupt = byInterrupt;
        }

        @Override
        public void run() {
            Mutex mutex = Mutex.withSegmentSize(fair, 2);
            boolean[] locked = new boolean[1];
            Alarm alarm = new Alarm();
            lock(mutex);
            Thread waiter = start(() -> {
                try {
                    locked[0] = mutex.lockSlow(alarm, true);
                    expect(!byInterrupt || Thread.interrupted(), "the interrupt is gone");
                } catch (InterruptedException e) {
                    expect(byInterrupt, e);
                }
            });
            if (byInterrupt) {
                waiter.interrupt();
            } else {
                alarm.ring(waiter);
            }
            mutex.unlock();
            join(waiter);
            expect(mutex.isLocked() == locked[0] && mutex.getQueueLength() == 0, locked[0] + " " + mutex);
            expect((mutex.getOwner() == waiter) == locked[0], "another owner");
        }
    }

    static final class Interrupt extends AbortRacesWithUnlock {
        Interrupt() {
            super(true, true);
        }
    }

    static final class BargingTimeOut extends AbortRacesWithUnlock {
        BargingTimeOut() {
            super(false, false);
        }
    }

    /** A signal races with an interrupt or the end of the time: the wait ends in one of the two ways, wholly. */
    abstract static class AbortRacesWithSignal extends Race {
        private final boolean byInterrupt;

        AbortRacesWithSignal(boolean byInterrupt) {
            this.byInterrupt = byInterrupt;
        }

        @Override
        public void run() {
            Mutex mutex = Mutex.withSegmentSize(true, 1);
            var condition = (MutexCondition) mutex.newCondition();
            boolean[] outcome = new boolean[1];
            Alarm alarm = new Alarm();
            Thread waiter = new Thread(() -> outcome[0] = waitFor(mutex, condition, alarm));
            lock(mutex);
            waiter.start();
            mutex.unlock();
            if (byInterrupt) {
                waiter.interrupt();
            } else {
                alarm.ring(waiter);
            }
            lock(mutex);
            boolean waiting = mutex.hasWaiters(condition);
            condition.signal();
            mutex.unlock();
            join(waiter);
            expect(waiting || !outcome[0], "signalled though nobody waited");
            isIdle(mutex);
        }

        private boolean waitFor(Mutex mutex, MutexCondition condition, Alarm alarm) {
            lock(mutex);
            try {
                boolean signalled = condition.waitForSignal(alarm);
                expect(!byInterrupt || Thread.interrupted(), "the interrupt is gone");
                return signalled;
            } catch (InterruptedException e) {
                return false;
            } finally {
                expect(mutex.getHoldCount() == 1, "came back without the lock");
                mutex.unlock();
            }
        }
    }

    static final class InterruptAgainstSignal extends AbortRacesWithSignal {
        InterruptAgainstSignal() {
            super(true);
        }
    }

    static final class TimeOutAgainstSignal extends AbortRacesWithSignal {
        TimeOutAgainstSignal() {
            super(false);
        }
    }

    /** Each of two waits for the other's signal. */
    @SuppressWarnings("WaitNotInLoop") // ours does not wake for no reason, and that is part of what is tested
    static final class SignalAndAnswer extends Race {
        @Override
        public void run() {
            Mutex mutex = Mutex.withSegmentSize(true, 2);
            var condition = mutex.newCondition();
            lock(mutex);
            Thread other = start(() -> {
                lock(mutex);
                condition.signal();
                condition.await();
                mutex.unlock();
            });
            condition.awaitUninterruptibly();
            condition.signalAll();
            mutex.unlock();
            join(other);
            isIdle(mutex);
        }
    }

    @Test
    void lock_threeThreads_excludesOthers() {
        Checks.interleave(new FairVisitors());
    }

    @Test
    void lock_threeBargingThreads_excludesOthers() {
        Checks.interleave(new BargingVisitors());
    }

    @Test
    void lock_interruptRacesWithUnlock_losesNothing() {
        Checks.interleave(new Interrupt());
    }

    @Test
    void lock_timeOutRacesWithBargingUnlock_losesNothing() {
        Checks.interleave(new BargingTimeOut());
    }

    @Test
    void await_interruptRacesWithSignal_isOneOfTheTwo() {
        Checks.interleave(new InterruptAgainstSignal());
    }

    @Test
    void await_timeOutRacesWithSignal_isOneOfTheTwo() {
        Checks.interleave(new TimeOutAgainstSignal());
    }

    @Test
    void signal_andAnswer_reachBothWaiters() {
        Checks.interleave(new SignalAndAnswer());
    }

    // ---- mutants

    private static void rejected(
            Class<?> original, String text, String fault, Class<? extends Runnable> body, String kind) {
        Checks.interleavingRejected(Mutant.of(original, text, fault).body(body), kind);
    }

    @Test
    @Tag("mutant")
    void unlockForgetsWhoHasJustCome_isRejected() {
        rejected(
                PermitEpoch.class,
                "if (SLOW.compareAndSet(this, s, s + ONE)) {",
                "slow = s + ONE; if (s >= 0) {",
                FairVisitors.class,
                Checks.HUNG);
    }

    @Test
    @Tag("mutant")
    void ownerIsClearedTooLate_isRejected() {
        rejected(
                Mutex.class,
                "queue.give(1);\n        }\n    }\n\n    /* Conditions",
                "queue.give(1); setExclusiveOwnerThread(null);\n        }\n    }\n\n    /* Conditions", // hits the next
                // owner
                Interrupt.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void abortDoesNotAskWhetherItWasSignalled_isRejected() {
        rejected(
                MutexCondition.class,
                "if (leave && node.casState(WAITING, CANCELLED)) {",
                "if (leave) { node.state = CANCELLED;",
                TimeOutAgainstSignal.class,
                Checks.HUNG);
    }

    @Test
    @Tag("mutant")
    void signalTakesWhoHasLeft_isRejected() {
        rejected(
                MutexCondition.class,
                "if (!node.casState(WAITING, SIGNALLED)) {",
                "node.state = SIGNALLED; if (node == null) {",
                TimeOutAgainstSignal.class,
                Checks.EXCEPTION);
    }
}
