// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A read-write lock with waiters: blocking, interrupts, time limits. The order between queued readers and
 * queued writers is no part of the contract, but for this: while a writer waits, a new reader does not pass it, except
 * by an untimed {@code tryLock}.
 */
public final class ReadWriteMutexWaitContract extends Contract {

    private static final class Open extends ReentrantReadWriteLock {
        private static final long serialVersionUID = 1L;

        Open(boolean fair) {
            super(fair);
        }
    }

    /** Waits in the queue; gives the lock back as soon as it has it. */
    private Task<Object> waiter(ReentrantReadWriteLock owner, Lock lock) {
        int before = owner.getQueueLength();
        Task<Object> t = run(() -> {
            lock.lockInterruptibly();
            lock.unlock();
        });
        t.parked();
        queueLength(owner, before + 1);
        return t;
    }

    private void queueLength(ReentrantReadWriteLock lock, int expected) {
        until("queue length " + expected, () -> lock.getQueueLength() == expected);
        equal(expected > 0, lock.hasQueuedThreads());
    }

    // ---------------------------------------------------------------- blocking

    void everyForm_writeLockHeld_waitsForUnlock() {
        Open lock = new Open(fair);
        for (Lock each : new Lock[] {lock.readLock(), lock.writeLock()}) {
            lock.writeLock().lock();
            Task<Object> plain = run(() -> {
                each.lock();
                each.unlock();
            });
            Task<Object> interruptible = run(() -> {
                each.lockInterruptibly();
                each.unlock();
            });
            Task<Object> timed = run(() -> {
                yes(each.tryLock(1, TimeUnit.HOURS), "in time");
                each.unlock();
            });
            blockedBy(ReentrantReadWriteLock.class, plain.parked());
            blockedBy(ReentrantReadWriteLock.class, interruptible.parked());
            blockedBy(ReentrantReadWriteLock.class, timed.parkedTimed());
            queueLength(lock, 3);
            lock.writeLock().unlock();
            plain.result();
            interruptible.result();
            timed.result();
            no(lock.isWriteLocked(), "isWriteLocked");
            count(0, lock.getReadLockCount());
        }
    }

    void writeLock_readLockHeld_waitsForTheLastReader() {
        Open lock = new Open(fair);
        lock.readLock().lock();
        lock.readLock().lock();
        AtomicBoolean leave = new AtomicBoolean();
        Task<Object> reader = run(() -> {
            lock.readLock().lock();
            until("leave", leave::get);
            lock.readLock().unlock();
        });
        until("second reader", () -> lock.getReadLockCount() == 3);
        Task<Object> writer = run(() -> lock.writeLock().lock()).parked();
        lock.readLock().unlock();
        lock.readLock().unlock();
        writer.parked();
        leave.set(true);
        reader.result();
        writer.result();
        yes(lock.isWriteLocked(), "isWriteLocked");
    }

    void readers_writeLockHeld_allEnterTogetherAfterUnlock() {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        AtomicBoolean leave = new AtomicBoolean();
        List<Task<Object>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(run(() -> {
                lock.readLock().lock();
                until("leave", leave::get);
                lock.readLock().unlock();
            }));
            readers.get(i).parked();
        }
        queueLength(lock, 4);
        lock.writeLock().unlock();
        until("all readers inside", () -> lock.getReadLockCount() == 4);
        leave.set(true);
        readers.forEach(Task::result);
        count(0, lock.getReadLockCount());
    }

    void writers_queued_areServedFirstInFirstOut() {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        List<Integer> order = new ArrayList<>();
        List<Task<Object>> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            writers.add(run(() -> {
                lock.writeLock().lock();
                order.add(number);
                lock.writeLock().unlock();
            }));
            writers.get(i).parked();
            queueLength(lock, i + 1);
        }
        lock.writeLock().unlock();
        writers.forEach(Task::result);
        equal(List.of(0, 1, 2, 3, 4, 5), order);
    }

    void downgrade_othersWait_letsReadersInAndKeepsWritersOut() {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        Task<Object> reader = waiter(lock, lock.readLock());
        lock.readLock().lock();
        reader.parked();
        lock.writeLock().unlock();
        reader.result();
        Task<Object> writer = waiter(lock, lock.writeLock());
        writer.parked();
        lock.readLock().unlock();
        writer.result();
    }

    // ---------------------------------------------------------------- readers behind a waiting writer

    void reader_writerWaits_doesNotPassIt() throws Exception {
        Open lock = new Open(fair);
        lock.readLock().lock();
        Task<Object> writer = waiter(lock, lock.writeLock());
        Task<Object> reader = waiter(lock, lock.readLock());
        run(() -> {
                    no(lock.readLock().tryLock(0, TimeUnit.SECONDS), "timed tryLock passes");
                    no(lock.readLock().tryLock(SHORT_MS, TimeUnit.MILLISECONDS), "timed tryLock passes");
                })
                .result();
        count(1, lock.getReadLockCount());
        writer.parked();
        reader.parked();
        lock.readLock().unlock();
        writer.result();
        reader.result();
    }

    void readTryLock_writerWaits_passesItEvenIfFair() {
        Open lock = new Open(fair);
        lock.readLock().lock();
        Task<Object> writer = waiter(lock, lock.writeLock());
        run(() -> {
                    yes(lock.readLock().tryLock(), "tryLock passes");
                    count(2, lock.getReadLockCount());
                    lock.readLock().unlock();
                })
                .result();
        writer.parked();
        lock.readLock().unlock();
        writer.result();
    }

    void reader_reentrantWhileAWriterWaits_succeeds() throws Exception {
        Open lock = new Open(fair);
        lock.readLock().lock();
        Task<Object> writer = waiter(lock, lock.writeLock());
        lock.readLock().lock();
        lock.readLock().lockInterruptibly();
        yes(lock.readLock().tryLock(), "tryLock");
        yes(lock.readLock().tryLock(0, TimeUnit.SECONDS), "timed tryLock");
        count(5, lock.getReadHoldCount());
        for (int i = 0; i < 5; i++) {
            writer.parked();
            lock.readLock().unlock();
        }
        writer.result();
    }

    void writer_reentrantWhileOthersWait_succeeds() throws Exception {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        Task<Object> writer = waiter(lock, lock.writeLock());
        Task<Object> reader = waiter(lock, lock.readLock());
        lock.writeLock().lock();
        yes(lock.writeLock().tryLock(0, TimeUnit.SECONDS), "timed tryLock");
        lock.readLock().lock();
        yes(lock.readLock().tryLock(0, TimeUnit.SECONDS), "timed tryLock");
        count(3, lock.getWriteHoldCount());
        count(2, lock.getReadHoldCount());
        for (int i = 0; i < 2; i++) {
            lock.readLock().unlock();
        }
        for (int i = 0; i < 3; i++) {
            writer.parked();
            reader.parked();
            lock.writeLock().unlock();
        }
        writer.result();
        reader.result();
    }

    void upgrade_readerAsksForTheWriteLock_waitsUntilInterrupted() {
        Open lock = new Open(fair);
        Task<Object> t = run(() -> {
            lock.readLock().lock();
            try {
                lock.writeLock().lockInterruptibly();
            } finally {
                count(1, lock.getReadHoldCount());
                lock.readLock().unlock();
            }
        });
        t.parked().interruptThrows(InterruptedException.class);
        yes(lock.writeLock().tryLock(), "free");
    }

    // ---------------------------------------------------------------- interrupts and time limits

    void interrupt_whileWaiting_endsInterruptibleForms() {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        for (Lock each : new Lock[] {lock.readLock(), lock.writeLock()}) {
            run(each::lockInterruptibly).parked().interruptThrows(InterruptedException.class);
            call(() -> each.tryLock(1, TimeUnit.HOURS)).parkedTimed().interruptThrows(InterruptedException.class);
        }
        queueLength(lock, 0);
        lock.writeLock().unlock();
        no(lock.isWriteLocked(), "isWriteLocked");
        count(0, lock.getReadLockCount());
    }

    void interrupt_whileWaitingUninterruptibly_isKeptForTheEnd() {
        Open lock = new Open(fair);
        for (Lock each : new Lock[] {lock.readLock(), lock.writeLock()}) {
            lock.writeLock().lock();
            Task<Object> t = run(() -> {
                each.lock();
                each.unlock();
            });
            t.parked().ignoresInterrupt(Thread.State.WAITING).ignoresInterrupt(Thread.State.WAITING);
            lock.writeLock().unlock();
            t.result();
            yes(t.interruptedAtEnd(), "flag");
        }
    }

    void interrupt_ofTheOnlyWaitingWriter_letsReadersIn() {
        Open lock = new Open(fair);
        lock.readLock().lock();
        Task<Object> writer = waiter(lock, lock.writeLock());
        Task<Object> one = waiter(lock, lock.readLock());
        Task<Object> two = waiter(lock, lock.readLock());
        writer.interruptThrows(InterruptedException.class);
        one.result();
        two.result();
        count(1, lock.getReadLockCount());
        queueLength(lock, 0);
    }

    void timeout_ofTheOnlyWaitingWriter_letsReadersIn() {
        Open lock = new Open(fair);
        lock.readLock().lock();
        Task<Boolean> writer = call(() -> lock.writeLock().tryLock(SHORT_MS * 4, TimeUnit.MILLISECONDS));
        until("waiting or over", () -> writer.hasEnded() || lock.hasQueuedThreads());
        Task<Object> reader = run(() -> {
            lock.readLock().lock();
            lock.readLock().unlock();
        });
        equal(false, writer.result());
        reader.result();
        count(1, lock.getReadLockCount());
    }

    void timedTryLock_longestTime_waitsInEveryUnit() {
        Open lock = new Open(fair);
        for (Lock each : new Lock[] {lock.readLock(), lock.writeLock()}) {
            for (TimeUnit unit : UNITS) {
                lock.writeLock().lock();
                Task<Object> t = run(() -> {
                    yes(each.tryLock(Long.MAX_VALUE, unit), "in time");
                    each.unlock();
                });
                t.parkedTimed();
                lock.writeLock().unlock();
                t.result();
            }
        }
    }

    void timedTryLock_elapsed_isFalseAndTakesNothing() {
        Open lock = new Open(fair);
        Task<Object> writer = run(() -> lock.writeLock().lock());
        writer.result();
        for (Lock each : new Lock[] {lock.readLock(), lock.writeLock()}) {
            run(() -> tookAtLeast(SHORT_MS, () -> no(each.tryLock(SHORT_MS, TimeUnit.MILLISECONDS), "taken")))
                    .result();
            for (TimeUnit unit : UNITS) {
                equal(false, call(() -> each.tryLock(Long.MIN_VALUE, unit)).result());
            }
        }
        queueLength(lock, 0);
        count(0, lock.getReadLockCount());
    }

    void interrupt_racingWithUnlock_losesNoLock() {
        for (int i = 0; i < 40; i++) {
            Open lock = new Open(fair);
            Lock each = i % 2 == 0 ? lock.readLock() : lock.writeLock();
            AtomicBoolean go = new AtomicBoolean();
            Task<Object> holder = run(() -> {
                lock.writeLock().lock();
                until("go", go::get);
                lock.writeLock().unlock();
            });
            until("held", lock::isWriteLocked);
            Task<Object> t = run(() -> {
                each.lockInterruptibly();
                until("interrupt", () -> Thread.currentThread().isInterrupted());
                each.unlock();
            });
            t.parked();
            go.set(true);
            t.thread.interrupt();
            holder.result();
            t.grantedDespiteInterrupt();
            no(lock.isWriteLocked(), "isWriteLocked");
            count(0, lock.getReadLockCount());
            yes(lock.writeLock().tryLock(), "free again");
        }
    }
}
