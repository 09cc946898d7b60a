// SPDX-License-Identifier: Apache-2.0
package contract;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** A lock with waiters: blocking, interrupts, time limits, order of service, inspection, deadlock reports. */
public final class MutexWaitContract extends Contract {

    private static final class Open extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        Open(boolean fair) {
            super(fair);
        }

        Thread owner() {
            return getOwner();
        }

        Collection<Thread> queued() {
            return getQueuedThreads();
        }
    }

    /** A lock that this thread holds. */
    private Open held() {
        Open lock = new Open(fair);
        lock.lock();
        return lock;
    }

    /** Waits in the queue of the lock; unlocks at once after having got it. */
    private Task<Object> waiter(ReentrantLock lock) {
        int before = lock.getQueueLength();
        Task<Object> t = run(() -> {
            lock.lock();
            lock.unlock();
        });
        t.parked();
        queueLength(lock, before + 1);
        return t;
    }

    private void queueLength(ReentrantLock lock, int expected) {
        until("queue length " + expected, () -> lock.getQueueLength() == expected);
        equal(expected > 0, lock.hasQueuedThreads());
    }

    // ---------------------------------------------------------------- blocking

    void lock_heldByAnother_waitsForUnlock() {
        Open lock = held();
        Task<Object> t = run(lock::lock).parked();
        blockedBy(ReentrantLock.class, t);
        yes(LockSupport.getBlocker(t.thread) instanceof AbstractOwnableSynchronizer, "blocker is ownable");
        lock.unlock();
        t.result();
        equal(t.thread, lock.owner());
    }

    void lockInterruptibly_heldByAnother_waitsForUnlock() {
        Open lock = held();
        Task<Object> t = run(lock::lockInterruptibly).parked();
        blockedBy(ReentrantLock.class, t);
        yes(LockSupport.getBlocker(t.thread) instanceof AbstractOwnableSynchronizer, "blocker is ownable");
        lock.unlock();
        t.result();
        equal(t.thread, lock.owner());
    }

    void timedTryLock_heldByAnother_waitsForUnlock() {
        Open lock = held();
        Task<Boolean> t = call(() -> lock.tryLock(1, TimeUnit.HOURS)).parkedTimed();
        blockedBy(ReentrantLock.class, t);
        yes(LockSupport.getBlocker(t.thread) instanceof AbstractOwnableSynchronizer, "blocker is ownable");
        lock.unlock();
        equal(true, t.result());
        equal(t.thread, lock.owner());
    }

    void lock_heldSeveralTimes_waitsForTheLastUnlock() {
        Open lock = held();
        lock.lock();
        lock.lock();
        Task<Object> t = run(lock::lock).parked();
        lock.unlock();
        lock.unlock();
        t.parked();
        equal(Thread.currentThread(), lock.owner());
        lock.unlock();
        t.result();
    }

    void lock_reentrantWhileOthersWait_succeeds() throws Exception {
        Open lock = held();
        Task<Object> t = waiter(lock);
        lock.lock();
        lock.lockInterruptibly();
        yes(lock.tryLock(), "tryLock");
        yes(lock.tryLock(0, TimeUnit.SECONDS), "timed tryLock");
        count(5, lock.getHoldCount());
        t.parked();
        for (int i = 0; i < 5; i++) {
            lock.unlock();
        }
        t.result();
        no(lock.isLocked(), "isLocked");
    }

    void grant_afterWait_givesOneHold() {
        Open lock = held();
        Task<Integer> t = call(() -> {
            lock.lock();
            return lock.getHoldCount();
        });
        t.parked();
        lock.unlock();
        equal(1, t.result());
    }

    // ---------------------------------------------------------------- interrupts

    void interrupt_whileWaiting_endsInterruptibleForms() {
        Open lock = held();
        run(lock::lockInterruptibly).parked().interruptThrows(InterruptedException.class);
        call(() -> lock.tryLock(1, TimeUnit.HOURS)).parkedTimed().interruptThrows(InterruptedException.class);
        queueLength(lock, 0);
        equal(Thread.currentThread(), lock.owner());
        lock.unlock();
        no(lock.isLocked(), "isLocked");
    }

    void interrupt_whileWaitingUninterruptibly_isKeptForTheEnd() {
        Open lock = held();
        Task<Object> t = run(lock::lock).parked();
        t.ignoresInterrupt(Thread.State.WAITING).ignoresInterrupt(Thread.State.WAITING);
        lock.unlock();
        t.result();
        yes(t.interruptedAtEnd(), "flag");
        equal(t.thread, lock.owner());
    }

    void interrupt_ofSome_keepsTheOrderOfTheRest() {
        Open lock = held();
        List<Integer> order = new ArrayList<>();
        List<Task<Object>> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            all.add(run(() -> {
                lock.lockInterruptibly();
                order.add(number);
                lock.unlock();
            }));
            all.get(i).parked();
            queueLength(lock, i + 1);
        }
        for (int i : new int[] {3, 0, 5}) {
            all.get(i).interruptThrows(InterruptedException.class);
        }
        queueLength(lock, 3);
        lock.unlock();
        for (int i : new int[] {1, 2, 4}) {
            all.get(i).result();
        }
        equal(List.of(1, 2, 4), order);
    }

    void interrupt_racingWithUnlock_losesNoLock() {
        for (int i = 0; i < 50; i++) {
            Open lock = new Open(fair);
            AtomicBoolean waited = new AtomicBoolean();
            AtomicBoolean interrupted = new AtomicBoolean();
            Task<Object> holder = run(() -> {
                lock.lock();
                until("waiter", waited::get);
                lock.unlock();
            });
            until("locked", lock::isLocked);
            Task<Object> t = run(() -> {
                lock.lockInterruptibly();
                until("interrupt", interrupted::get);
                lock.unlock();
            });
            t.parked();
            waited.set(true);
            t.thread.interrupt();
            interrupted.set(true);
            holder.result();
            t.grantedDespiteInterrupt();
            no(lock.isLocked(), "isLocked");
            yes(lock.tryLock(), "free again");
        }
    }

    // ---------------------------------------------------------------- time limits

    void timedTryLock_longestTime_waitsInEveryUnit() {
        for (TimeUnit unit : UNITS) {
            Open lock = held();
            Task<Boolean> t = call(() -> lock.tryLock(Long.MAX_VALUE, unit)).parkedTimed();
            lock.unlock();
            equal(true, t.result());
        }
    }

    void timedTryLock_zeroOrLess_neverWaits() {
        Open lock = held();
        run(() -> {
                    for (TimeUnit unit : UNITS) {
                        for (long timeout : new long[] {0, -1, Long.MIN_VALUE}) {
                            no(lock.tryLock(timeout, unit), "tryLock");
                        }
                    }
                })
                .result();
        queueLength(lock, 0);
    }

    void timeout_ofOne_leavesTheOthersWaiting() {
        Open lock = held();
        Task<Boolean> timed = call(() -> lock.tryLock(SHORT_MS, TimeUnit.MILLISECONDS));
        Task<Object> patient = run(lock::lock).parked();
        equal(false, timed.result());
        patient.parked();
        queueLength(lock, 1);
        lock.unlock();
        patient.result();
        equal(patient.thread, lock.owner());
    }

    void timeout_racingWithUnlock_losesNoLock() {
        for (int i = 0; i < 50; i++) {
            Open lock = held();
            long nanos = 2_000L * i;
            Task<Boolean> t = call(() -> lock.tryLock(nanos, TimeUnit.NANOSECONDS));
            lock.unlock();
            equal(t.result() ? t.thread : null, lock.owner());
        }
    }

    // ---------------------------------------------------------------- order of service

    void waiters_servedFirstInFirstOut() {
        Open lock = held();
        List<Integer> order = new ArrayList<>();
        List<Task<Object>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            all.add(run(() -> {
                lock.lock();
                order.add(number);
                lock.unlock();
            }));
            all.get(i).parked();
            queueLength(lock, i + 1);
        }
        lock.unlock();
        all.forEach(Task::result);
        equal(List.of(0, 1, 2, 3, 4, 5, 6, 7), order);
    }

    void lock_rightAfterUnlock_letsTheWaiterGoFirstIfFair() throws Exception {
        for (int way = 0; way < 3; way++) {
            Open lock = held();
            AtomicBoolean first = new AtomicBoolean();
            Task<Object> waiter = run(() -> {
                lock.lock();
                first.set(true);
                lock.unlock();
            });
            waiter.parked();
            lock.unlock();
            switch (way) {
                case 0 -> lock.lock();
                case 1 -> lock.lockInterruptibly();
                default -> yes(lock.tryLock(1, TimeUnit.HOURS), "timed");
            }
            yes(first.get() || !fair, "the waiter came first");
            lock.unlock();
            waiter.result();
        }
    }

    void timedTryLock_rightAfterUnlock_doesNotPassTheWaiterIfFair() throws Exception {
        Open lock = held();
        AtomicBoolean leave = new AtomicBoolean();
        Task<Object> waiter = run(() -> {
            lock.lock();
            until("leave", leave::get);
            lock.unlock();
        });
        waiter.parked();
        lock.unlock();
        boolean passed = lock.tryLock(0, TimeUnit.SECONDS) || lock.tryLock(SHORT_MS, TimeUnit.MILLISECONDS);
        no(passed && fair, "passed the waiter");
        if (passed) {
            lock.unlock();
        }
        leave.set(true);
        waiter.result();
    }

    void tryLock_rightAfterUnlock_neverFailsOnAFreeLockWithoutWaiters() {
        Open lock = new Open(fair);
        for (int i = 0; i < 1_000; i++) {
            yes(lock.tryLock(), "tryLock");
            lock.unlock();
        }
    }

    // ---------------------------------------------------------------- inspection

    void queries_whileWaited_tellTheQueue() {
        Open lock = held();
        Task<Object> a = waiter(lock);
        Task<Object> b = run(lock::lockInterruptibly).parked();
        Task<Boolean> c = call(() -> lock.tryLock(1, TimeUnit.HOURS)).parkedTimed();
        queueLength(lock, 3);
        count(3, lock.queued().size());
        equal(Set.of(a.thread, b.thread, c.thread), Set.copyOf(lock.queued()));
        yes(lock.hasQueuedThread(a.thread), "a queued");
        yes(lock.hasQueuedThread(b.thread), "b queued");
        yes(lock.hasQueuedThread(c.thread), "c queued");
        no(lock.hasQueuedThread(Thread.currentThread()), "owner queued");
        b.interruptThrows(InterruptedException.class);
        c.interruptThrows(InterruptedException.class);
        queueLength(lock, 1);
        no(lock.hasQueuedThread(b.thread), "b queued");
        equal(List.of(a.thread), List.copyOf(lock.queued()));
        lock.unlock();
        a.result();
        queueLength(lock, 0);
        no(lock.hasQueuedThread(a.thread), "a queued");
        yes(lock.queued().isEmpty(), "getQueuedThreads");
    }

    void serialise_whileWaited_dropsOwnerAndQueue() throws Exception {
        Open lock = held();
        Task<Object> t = waiter(lock);
        Open back = copy(lock);
        no(back.isLocked(), "isLocked");
        no(back.hasQueuedThreads(), "hasQueuedThreads");
        yes(back.queued().isEmpty(), "getQueuedThreads");
        back.lock();
        Task<Object> other = waiter(back);
        back.unlock();
        other.result();
        lock.unlock();
        t.result();
    }

    // ---------------------------------------------------------------- reports of the JVM

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static boolean deadlocked(Task<?> task) {
        long[] found = THREADS.findDeadlockedThreads();
        return found != null && Arrays.stream(found).anyMatch(id -> id == task.thread.getId());
    }

    @PlatformOnly
    void deadlock_ofTwo_isReportedWithItsOwners() {
        Open one = new Open(fair);
        Open two = new Open(fair);
        Task<Object> a = crossing(one, two);
        Task<Object> b = crossing(two, one);
        a.parked();
        b.parked();
        until("deadlock report", () -> deadlocked(a) && deadlocked(b));
        ThreadInfo info = THREADS.getThreadInfo(a.thread.getId());
        count(b.thread.getId(), info.getLockOwnerId());
        equal(b.thread.getName(), info.getLockOwnerName());
        count(
                System.identityHashCode(LockSupport.getBlocker(a.thread)),
                info.getLockInfo().getIdentityHashCode());
        a.interruptThrows(InterruptedException.class);
        b.result();
        no(deadlocked(a) || deadlocked(b), "deadlock after its end");
    }

    private Task<Object> crossing(ReentrantLock first, ReentrantLock second) {
        Task<Object> t = run(() -> {
            first.lock();
            try {
                until("both held", () -> second.isLocked());
                second.lockInterruptibly();
                second.unlock();
            } finally {
                first.unlock();
            }
        });
        until("first lock", () -> first.isLocked() || t.hasEnded());
        return t;
    }

    @PlatformOnly
    void deadlock_onlyWaiting_isNotReported() {
        Open lock = held();
        Task<Object> t = waiter(lock);
        no(deadlocked(t), "deadlock");
        ThreadInfo info = THREADS.getThreadInfo(t.thread.getId());
        equal(Thread.currentThread().getId(), info.getLockOwnerId());
        lock.unlock();
        t.result();
    }

    @PlatformOnly
    void ownedLocks_ofAThread_areListed() {
        Open lock = held();
        long[] me = {Thread.currentThread().getId()};
        LockInfo[] owned = THREADS.getThreadInfo(me, false, true)[0].getLockedSynchronizers();
        count(1, owned.length);
        Task<Object> t = waiter(lock);
        count(System.identityHashCode(LockSupport.getBlocker(t.thread)), owned[0].getIdentityHashCode());
        lock.unlock();
        t.result();
        count(0, THREADS.getThreadInfo(me, false, true)[0].getLockedSynchronizers().length);
    }

    // ---------------------------------------------------------------- programs

    void program_counter_losesNoIncrement() {
        Open lock = new Open(fair);
        int[] counter = new int[1];
        List<Task<Object>> workers = new ArrayList<>();
        for (int w = 0; w < 4; w++) {
            workers.add(run(() -> {
                for (int i = 0; i < 200; i++) {
                    if (i % 3 != 0 || !lock.tryLock()) {
                        lock.lock();
                    }
                    try {
                        counter[0]++;
                    } finally {
                        lock.unlock();
                    }
                }
            }));
        }
        workers.forEach(Task::result);
        count(800, counter[0]);
        no(lock.isLocked(), "isLocked");
    }
}
