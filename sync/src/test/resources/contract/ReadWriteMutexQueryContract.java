// SPDX-License-Identifier: Apache-2.0
package contract;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A read-write lock with waiters: conditions of the write lock, inspection, reports of the JVM, programs. */
public final class ReadWriteMutexQueryContract extends Contract {

    private static final class Open extends ReentrantReadWriteLock {
        private static final long serialVersionUID = 1L;

        Open(boolean fair) {
            super(fair);
        }

        Collection<Thread> queued() {
            return getQueuedThreads();
        }

        Collection<Thread> queuedReaders() {
            return getQueuedReaderThreads();
        }

        Collection<Thread> queuedWriters() {
            return getQueuedWriterThreads();
        }

        Collection<Thread> waiting(Condition condition) {
            return getWaitingThreads(condition);
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

    // ---------------------------------------------------------------- conditions of the write lock

    void condition_ofTheWriteLock_worksAsThatOfALock() {
        Open lock = new Open(fair);
        Lock write = lock.writeLock();
        Condition condition = write.newCondition();
        Task<Integer> t = call(() -> {
            write.lock();
            write.lock();
            condition.await();
            return lock.getWriteHoldCount();
        });
        blockedBy(ReentrantReadWriteLock.class, t.parked());
        equal(
                true,
                call(() -> lock.readLock().tryLock() && undo(lock.readLock())).result());
        write.lock();
        yes(lock.hasWaiters(condition), "hasWaiters");
        count(1, lock.getWaitQueueLength(condition));
        equal(Set.of(t.thread), Set.copyOf(lock.waiting(condition)));
        no(lock.hasQueuedThreads(), "hasQueuedThreads");
        condition.signal();
        no(lock.hasWaiters(condition), "hasWaiters");
        yes(lock.hasQueuedThread(t.thread), "queued as a writer");
        equal(Set.of(t.thread), Set.copyOf(lock.queuedWriters()));
        write.unlock();
        equal(2, t.result());
        yes(lock.isWriteLocked(), "held by the thread that ended");
    }

    private static boolean undo(Lock lock) {
        lock.unlock();
        return true;
    }

    void condition_ofTheWriteLock_endsByInterruptAndTime() throws Exception {
        Open lock = new Open(fair);
        Lock write = lock.writeLock();
        Condition condition = write.newCondition();
        Task<Object> t = run(() -> {
            write.lock();
            try {
                condition.await();
            } finally {
                write.unlock();
            }
        });
        t.parked().interruptThrows(InterruptedException.class);
        write.lock();
        no(condition.await(1, TimeUnit.MILLISECONDS), "signalled");
        count(1, lock.getWriteHoldCount());
        no(lock.hasWaiters(condition), "hasWaiters");
    }

    // ---------------------------------------------------------------- inspection, reports

    void queries_whileWaited_tellTheQueues() {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        Task<Object> r1 = waiter(lock, lock.readLock());
        Task<Object> w1 = waiter(lock, lock.writeLock());
        Task<Object> r2 = waiter(lock, lock.readLock());
        Task<Boolean> w2 =
                call(() -> lock.writeLock().tryLock(1, TimeUnit.HOURS)).parkedTimed();
        queueLength(lock, 4);
        count(4, lock.queued().size());
        equal(Set.of(r1.thread, r2.thread, w1.thread, w2.thread), Set.copyOf(lock.queued()));
        equal(Set.of(r1.thread, r2.thread), Set.copyOf(lock.queuedReaders()));
        equal(Set.of(w1.thread, w2.thread), Set.copyOf(lock.queuedWriters()));
        for (Task<?> t : List.of(r1, r2, w1, w2)) {
            yes(lock.hasQueuedThread(t.thread), "queued " + t);
        }
        no(lock.hasQueuedThread(Thread.currentThread()), "owner queued");
        w2.interruptThrows(InterruptedException.class);
        r1.interruptThrows(InterruptedException.class);
        queueLength(lock, 2);
        equal(Set.of(r2.thread), Set.copyOf(lock.queuedReaders()));
        equal(Set.of(w1.thread), Set.copyOf(lock.queuedWriters()));
        lock.writeLock().unlock();
        r2.result();
        w1.result();
        queueLength(lock, 0);
        yes(lock.queued().isEmpty(), "queue");
    }

    void serialise_whileWaited_dropsOwnerAndQueue() throws Exception {
        Open lock = new Open(fair);
        lock.writeLock().lock();
        Task<Object> t = waiter(lock, lock.readLock());
        Open back = copy(lock);
        no(back.isWriteLocked(), "isWriteLocked");
        no(back.hasQueuedThreads(), "hasQueuedThreads");
        back.writeLock().lock();
        Task<Object> other = waiter(back, back.readLock());
        back.writeLock().unlock();
        other.result();
        lock.writeLock().unlock();
        t.result();
    }

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static boolean deadlocked(Task<?> task) {
        long[] found = THREADS.findDeadlockedThreads();
        return found != null && Arrays.stream(found).anyMatch(id -> id == task.thread.getId());
    }

    @PlatformOnly
    void deadlock_ofTwoWriteLocks_isReportedWithItsOwners() {
        Open one = new Open(fair);
        Open two = new Open(fair);
        Task<Object> a = crossing(one, two, two.writeLock());
        Task<Object> b = crossing(two, one, one.readLock());
        a.parked();
        b.parked();
        until("deadlock report", () -> deadlocked(a) && deadlocked(b));
        count(b.thread.getId(), THREADS.getThreadInfo(a.thread.getId()).getLockOwnerId());
        equal(a.thread.getName(), THREADS.getThreadInfo(b.thread.getId()).getLockOwnerName());
        a.interruptThrows(InterruptedException.class);
        b.result();
        no(deadlocked(a) || deadlocked(b), "deadlock after its end");
    }

    private Task<Object> crossing(ReentrantReadWriteLock first, ReentrantReadWriteLock second, Lock wanted) {
        Task<Object> t = run(() -> {
            first.writeLock().lock();
            try {
                until("both held", second::isWriteLocked);
                wanted.lockInterruptibly();
                wanted.unlock();
            } finally {
                first.writeLock().unlock();
            }
        });
        until("first lock", () -> first.isWriteLocked() || t.hasEnded());
        return t;
    }

    // ---------------------------------------------------------------- programs

    void program_cache_computesOnceAndDowngrades() {
        Open lock = new Open(fair);
        int[] computed = new int[1];
        int[] value = new int[1];
        List<Task<Integer>> users = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            users.add(call(() -> {
                lock.readLock().lock();
                if (computed[0] == 0) {
                    lock.readLock().unlock();
                    lock.writeLock().lock();
                    try {
                        if (computed[0] == 0) {
                            value[0] = 42;
                            computed[0]++;
                        }
                        lock.readLock().lock();
                    } finally {
                        lock.writeLock().unlock();
                    }
                }
                try {
                    return value[0];
                } finally {
                    lock.readLock().unlock();
                }
            }));
        }
        users.forEach(t -> equal(42, t.result()));
        count(1, computed[0]);
    }

    void program_readersAndWriters_neverMix() {
        Open lock = new Open(fair);
        int[] pair = new int[2];
        List<Task<Object>> all = new ArrayList<>();
        for (int w = 0; w < 2; w++) {
            all.add(run(() -> {
                for (int i = 0; i < 100; i++) {
                    lock.writeLock().lock();
                    pair[0]++;
                    Thread.yield();
                    pair[1]++;
                    lock.writeLock().unlock();
                }
            }));
            all.add(run(() -> {
                for (int i = 0; i < 100; i++) {
                    lock.readLock().lock();
                    count(pair[0], pair[1]);
                    lock.readLock().unlock();
                }
            }));
        }
        all.forEach(Task::result);
        count(200, pair[0]);
    }
}
