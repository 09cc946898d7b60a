// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.testkit.Alarm;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers sync 1, 2, 6, 11, 21, 26: the seam between the queues and parked threads, under many schedules. */
@Tag("lincheck")
@SuppressWarnings("LockNotBeforeTry") // a failure ends the schedule anyway
class ReadWriteMutexInterleavingTest {
    /** One schedule after the other, each with a lock of its own. */
    abstract static class Body implements Runnable {
        private final boolean fair;
        private final int segmentSize;
        ReadWriteMutex mutex;
        private int inside; // -1 while a writer visits

        Body(boolean fair, int segmentSize) {
            this.fair = fair;
            this.segmentSize = segmentSize;
        }

        @Override
        public final void run() {
            mutex = ReadWriteMutex.withSegmentSize(fair, segmentSize);
            inside = 0;
            play();
        }

        abstract void play();

        /** Notes what is inside; the lock is what makes that legal. */
        final void visit(boolean write) {
            expect(write ? inside == 0 : inside >= 0, "a visitor meets " + inside);
            if (write) {
                inside = -1;
                expect(inside == -1, "a writer was disturbed");
                inside = 0;
            }
        }

        final void expect(boolean right, String otherwise) {
            if (!right) {
                throw new IllegalStateException(otherwise + ": " + mutex.queue);
            }
        }

        final boolean lock(boolean write, Deadline deadline, boolean interruptible) throws InterruptedException {
            return write ? mutex.write(deadline, interruptible) : mutex.read(deadline, interruptible);
        }

        /** Without a limit: the alarm never rings. Time stands still here, so a spin would not end. */
        final void lock(boolean write) {
            try {
                expect(lock(write, new Alarm(), false), "left without the lock");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        final void unlock(boolean write) {
            if (write) {
                mutex.writeLock().unlock();
            } else {
                mutex.readLock().unlock();
            }
        }

        /** Locks without a limit, visits, unlocks. */
        final Thread visitor(boolean write) {
            Thread thread = new Thread(() -> {
                lock(write);
                visit(write);
                unlock(write);
            });
            thread.start();
            return thread;
        }

        final void join(Thread... threads) {
            for (Thread t : threads) {
                try {
                    t.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        final void isIdle() {
            String free = "[reads = 0, waiting readers = 0, waiting writers = 0]";
            expect(mutex.queue.toString().equals(free), "not idle");
        }
    }

    /** A writer and another visitor, while the main thread downgrades. */
    abstract static class Visitors extends Body {
        private final boolean write;

        Visitors(boolean fair, boolean write) {
            super(fair, 1);
            this.write = write;
        }

        @Override
        void play() {
            Thread one = visitor(true);
            Thread two = visitor(write);
            lock(true);
            visit(true);
            lock(false);
            mutex.writeLock().unlock();
            visit(false);
            mutex.readLock().unlock();
            join(one, two);
            isIdle();
        }
    }

    static final class FairWriters extends Visitors {
        FairWriters() {
            super(true, true);
        }
    }

    static final class FairReaderAndWriter extends Visitors {
        FairReaderAndWriter() {
            super(true, false);
        }
    }

    static final class BargingWriters extends Visitors {
        BargingWriters() {
            super(false, true);
        }
    }

    static final class BargingReaderAndWriter extends Visitors {
        BargingReaderAndWriter() {
            super(false, false);
        }
    }

    /** The only waiting writer runs out of time while a reader is inside: a second reader must come through. */
    static final class LastWriterGivesUp extends Body {
        LastWriterGivesUp() {
            super(true, 1);
        }

        @Override
        void play() {
            mutex.readLock().lock();
            Alarm alarm = new Alarm();
            Thread writer = new Thread(() -> {
                try {
                    expect(!lock(true, alarm, true), "a writer beside a reader");
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            writer.start();
            Thread reader = visitor(false);
            alarm.ring(writer);
            join(writer, reader);
            mutex.readLock().unlock();
            isIdle();
        }
    }

    /** A grant races with an interrupt or with the end of the time: the lock is held or it is free, and says so. */
    abstract static class AbortRacesWithUnlock extends Body {
        private final boolean write;
        private final boolean byInterrupt;
        private boolean taken;

        AbortRacesWithUnlock(boolean fair, boolean write, boolean byInterrupt) {
            super(fair, 2);
            this.write = write;
            this.byInterrupt = byInterrupt;
        }

        @Override
        void play() {
            taken = false;
            mutex.writeLock().lock();
            Alarm alarm = new Alarm();
            Thread waiter = new Thread(() -> {
                try {
                    taken = lock(write, alarm, true);
                } catch (InterruptedException e) {
                    taken = false;
                }
            });
            waiter.start();
            if (byInterrupt) {
                waiter.interrupt();
            } else {
                alarm.ring(waiter);
            }
            mutex.writeLock().unlock();
            join(waiter);
            expect(mutex.isWriteLocked() == (taken && write), "taken " + taken);
            expect(mutex.getReadLockCount() == (taken && !write ? 1 : 0), "taken " + taken);
        }
    }

    static final class InterruptOfAReader extends AbortRacesWithUnlock {
        InterruptOfAReader() {
            super(true, false, true);
        }
    }

    static final class InterruptOfAWriter extends AbortRacesWithUnlock {
        InterruptOfAWriter() {
            super(true, true, true);
        }
    }

    static final class TimeOutOfAReader extends AbortRacesWithUnlock {
        TimeOutOfAReader() {
            super(true, false, false);
        }
    }

    static final class BargingTimeOutOfAWriter extends AbortRacesWithUnlock {
        BargingTimeOutOfAWriter() {
            super(false, true, false);
        }
    }

    /** The waiter that was woken runs out of time: the wake-up must reach the other one. */
    abstract static class WokenWaiterGivesUp extends Body {
        private final boolean write;

        WokenWaiterGivesUp(boolean write) {
            super(false, 1);
            this.write = write;
        }

        @Override
        void play() {
            mutex.writeLock().lock();
            Alarm alarm = new Alarm();
            Thread hasty = new Thread(() -> {
                try {
                    if (lock(true, alarm, true)) {
                        unlock(true);
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            hasty.start();
            Thread patient = visitor(write);
            alarm.ring(hasty);
            mutex.writeLock().unlock();
            join(hasty, patient);
            isIdle();
        }
    }

    static final class WokenWaiterBeforeAWriter extends WokenWaiterGivesUp {
        WokenWaiterBeforeAWriter() {
            super(true);
        }
    }

    static final class WokenWaiterBeforeAReader extends WokenWaiterGivesUp {
        WokenWaiterBeforeAReader() {
            super(false);
        }
    }

    @Test
    void lock_fairWritersAndADowngrade_excludeEachOther() {
        Checks.interleave(new FairWriters());
    }

    @Test
    void lock_fairReaderWriterAndADowngrade_excludeEachOther() {
        Checks.interleave(new FairReaderAndWriter());
    }

    @Test
    void lock_bargingWritersAndADowngrade_excludeEachOther() {
        Checks.interleave(new BargingWriters());
    }

    @Test
    void lock_bargingReaderWriterAndADowngrade_excludeEachOther() {
        Checks.interleave(new BargingReaderAndWriter());
    }

    @Test
    void timeOut_ofTheLastWaitingWriter_letsTheReaderIn() {
        Checks.interleave(new LastWriterGivesUp());
    }

    @Test
    void interrupt_ofAReaderRacesWithUnlock_losesNothing() {
        Checks.interleave(new InterruptOfAReader());
    }

    @Test
    void interrupt_ofAWriterRacesWithUnlock_losesNothing() {
        Checks.interleave(new InterruptOfAWriter());
    }

    @Test
    void timeOut_ofAReaderRacesWithUnlock_losesNothing() {
        Checks.interleave(new TimeOutOfAReader());
    }

    @Test
    void timeOut_ofABargingWriterRacesWithUnlock_losesNothing() {
        Checks.interleave(new BargingTimeOutOfAWriter());
    }

    @Test
    void timeOut_ofAWokenWriter_wakesTheNextWriter() {
        Checks.interleave(new WokenWaiterBeforeAWriter());
    }

    @Test
    void timeOut_ofAWokenWriter_wakesTheReader() {
        Checks.interleave(new WokenWaiterBeforeAReader());
    }

    // ---- mutants

    private static void rejected(
            Class<?> original, String text, String fault, Class<? extends Runnable> body, String kind) {
        Checks.interleavingRejected(Mutant.of(original, text, fault).body(body), kind);
    }

    @Test
    @Tag("mutant")
    void lastWaitingWriterLeavesWithoutADrain_isRejected() {
        rejected(
                ReadWriteQueue.class,
                "boolean look = servable(after) || (s & DRAIN) != 0;",
                "boolean look = false;",
                LastWriterGivesUp.class,
                Checks.HUNG);
    }

    @Test
    @Tag("mutant")
    void wokenWaiterLeavesTheMarkBehind_isRejected() {
        rejected(
                ReadWriteQueue.class,
                "long after = ReadWriteWord.withoutWaiter(s, write) & ~WOKEN;",
                "long after = ReadWriteWord.withoutWaiter(s, write);",
                WokenWaiterBeforeAWriter.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void interruptLosesAGrant_isRejected() {
        rejected(
                ReadWriteOwner.class,
                "&& !queue.await(true, me, this, deadline, interruptible)) {",
                "&& (!queue.await(true, me, this, deadline, interruptible) || me.isInterrupted())) {",
                InterruptOfAWriter.class,
                Checks.EXCEPTION);
    }
}
