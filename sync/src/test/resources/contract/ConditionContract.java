// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A condition: who may call what, time limits that pass, inspection. */
public final class ConditionContract extends Contract {

    private static final class Open extends ReentrantLock {
        private static final long serialVersionUID = 1L;

        Open(boolean fair) {
            super(fair);
        }

        Collection<Thread> waiting(Condition condition) {
            return getWaitingThreads(condition);
        }
    }

    /** A condition that no lock made. */
    private static final class Foreign implements Condition {
        @Override
        public void await() {}

        @Override
        public void awaitUninterruptibly() {}

        @Override
        public long awaitNanos(long nanosTimeout) {
            return 0;
        }

        @Override
        public boolean await(long time, TimeUnit unit) {
            return false;
        }

        @Override
        public boolean awaitUntil(Date deadline) {
            return false;
        }

        @Override
        public void signal() {}

        @Override
        public void signalAll() {}
    }

    private static Date inMillis(long millis) {
        return new Date(System.currentTimeMillis() + millis);
    }

    /** Every way to wait that can be interrupted; none of them waits long. */
    private static List<Body> interruptibleWaits(Condition condition) {
        return List.of(
                condition::await,
                () -> condition.await(1, TimeUnit.SECONDS),
                () -> condition.await(0, TimeUnit.SECONDS),
                () -> condition.await(-1, TimeUnit.SECONDS),
                () -> condition.awaitNanos(1_000_000),
                () -> condition.awaitNanos(0),
                () -> condition.awaitUntil(inMillis(1_000)),
                () -> condition.awaitUntil(new Date(0)));
    }

    // ---------------------------------------------------------------- who may call

    void newCondition_always_isAnother() {
        ReentrantLock lock = new ReentrantLock(fair);
        Condition one = lock.newCondition();
        Condition two = lock.newCondition();
        yes(one != null && two != null && one != two, "two conditions");
    }

    void newCondition_lockHeldByAnother_isLegal() {
        ReentrantLock lock = new ReentrantLock(fair);
        lock.lock();
        call(lock::newCondition).result();
    }

    void anyCall_lockNotHeld_isRefused() {
        ReentrantLock lock = new ReentrantLock(fair);
        Condition condition = lock.newCondition();
        refusedWithoutLock(condition);
        lock.lock();
        run(() -> refusedWithoutLock(condition)).result();
        count(1, lock.getHoldCount());
        no(lock.hasWaiters(condition), "hasWaiters");
        no(lock.hasQueuedThreads(), "hasQueuedThreads");
        lock.unlock();
        refusedWithoutLock(condition);
        no(lock.isLocked(), "isLocked");
    }

    private static void refusedWithoutLock(Condition condition) {
        interruptibleWaits(condition).forEach(wait -> threw(IllegalMonitorStateException.class, wait));
        threw(IllegalMonitorStateException.class, condition::awaitUninterruptibly);
        threw(IllegalMonitorStateException.class, condition::signal);
        threw(IllegalMonitorStateException.class, condition::signalAll);
    }

    void await_lockNotHeldAndInterrupted_theInterruptComesFirst() {
        Condition condition = new ReentrantLock(fair).newCondition();
        interruptibleWaits(condition).forEach(wait -> interruptedOnEntry(wait));
    }

    void awaitUninterruptibly_lockNotHeldAndInterrupted_isRefusedAndKeepsTheFlag() throws Exception {
        Condition condition = new ReentrantLock(fair).newCondition();
        yes(
                interruptedRun(() -> threw(IllegalMonitorStateException.class, condition::awaitUninterruptibly)),
                "flag kept");
    }

    void query_lockNotHeld_isRefused() {
        Open lock = new Open(fair);
        Condition condition = lock.newCondition();
        threw(IllegalMonitorStateException.class, () -> lock.hasWaiters(condition));
        threw(IllegalMonitorStateException.class, () -> lock.getWaitQueueLength(condition));
        threw(IllegalMonitorStateException.class, () -> lock.waiting(condition));
        lock.lock();
        run(() -> {
                    threw(IllegalMonitorStateException.class, () -> lock.hasWaiters(condition));
                    threw(IllegalMonitorStateException.class, () -> lock.getWaitQueueLength(condition));
                    threw(IllegalMonitorStateException.class, () -> lock.waiting(condition));
                })
                .result();
    }

    void query_conditionOfAnother_isRefused() {
        Open lock = new Open(fair);
        Lock other = new ReentrantLock(fair);
        for (boolean held : new boolean[] {false, true}) {
            for (Condition c : new Condition[] {other.newCondition(), new Foreign()}) {
                threw(IllegalArgumentException.class, () -> lock.hasWaiters(c));
                threw(IllegalArgumentException.class, () -> lock.getWaitQueueLength(c));
                threw(IllegalArgumentException.class, () -> lock.waiting(c));
            }
            threw(NullPointerException.class, () -> lock.hasWaiters(null));
            threw(NullPointerException.class, () -> lock.getWaitQueueLength(null));
            threw(NullPointerException.class, () -> lock.waiting(null));
            if (!held) {
                lock.lock();
            }
        }
    }

    void nullArgument_everyWait_isRefusedAndKeepsTheLock() throws Exception {
        ReentrantLock lock = new ReentrantLock(fair);
        Condition condition = lock.newCondition();
        threw(NullPointerException.class, () -> condition.await(1, null));
        threw(NullPointerException.class, () -> condition.awaitUntil(null));
        lock.lock();
        lock.lock();
        threw(NullPointerException.class, () -> condition.await(1, null));
        threw(NullPointerException.class, () -> condition.await(0, null));
        threw(NullPointerException.class, () -> condition.awaitUntil(null));
        yes(interruptedRun(() -> threw(NullPointerException.class, () -> condition.await(1, null))), "flag kept");
        yes(interruptedRun(() -> threw(NullPointerException.class, () -> condition.awaitUntil(null))), "flag kept");
        count(2, lock.getHoldCount());
        no(lock.hasWaiters(condition), "hasWaiters");
    }

    void interruptedOnEntry_interruptibleWaits_throwAndKeepTheLock() {
        ReentrantLock lock = new ReentrantLock(fair);
        Condition condition = lock.newCondition();
        lock.lock();
        lock.lock();
        interruptibleWaits(condition).forEach(wait -> {
            interruptedOnEntry(wait);
            count(2, lock.getHoldCount());
            no(lock.hasWaiters(condition), "hasWaiters");
        });
    }

    // ---------------------------------------------------------------- signals without waiters

    void signal_noWaiter_isForgotten() throws Exception {
        ReentrantLock lock = new ReentrantLock(fair);
        Condition condition = lock.newCondition();
        lock.lock();
        condition.signal();
        condition.signalAll();
        count(1, lock.getHoldCount());
        no(condition.await(1, TimeUnit.NANOSECONDS), "a signal was kept");
        yes(condition.awaitNanos(1) <= 0, "a signal was kept");
    }

    void signal_interruptedCaller_worksAndKeepsTheFlag() throws Exception {
        ReentrantLock lock = new ReentrantLock(fair);
        Condition condition = lock.newCondition();
        lock.lock();
        yes(interruptedRun(condition::signal), "flag");
        yes(interruptedRun(condition::signalAll), "flag");
    }

    // ---------------------------------------------------------------- time limits that pass

    void timedAwait_elapsed_tellsItAndHoldsTheLockAgain() throws Exception {
        ReentrantLock lock = new ReentrantLock(fair);
        Condition condition = lock.newCondition();
        lock.lock();
        lock.lock();
        tookAtLeast(SHORT_MS, () -> no(condition.await(SHORT_MS, TimeUnit.MILLISECONDS), "signalled"));
        tookAtLeast(SHORT_MS, () -> yes(condition.awaitNanos(SHORT_MS * 1_000_000) <= 0, "signalled"));
        tookAtLeast(SHORT_MS - 1, () -> no(condition.awaitUntil(inMillis(SHORT_MS)), "signalled"));
        count(2, lock.getHoldCount());
        no(lock.hasWaiters(condition), "hasWaiters");
        no(lock.hasQueuedThreads(), "hasQueuedThreads");
        lock.unlock();
        lock.unlock();
        no(lock.isLocked(), "isLocked");
    }

    void timedAwait_zeroOrLess_returnsAtOnceHoldingTheLock() throws Exception {
        ReentrantLock lock = new ReentrantLock(fair);
        Condition condition = lock.newCondition();
        lock.lock();
        for (long timeout : new long[] {0, -1, Long.MIN_VALUE}) {
            for (TimeUnit unit : UNITS) {
                no(condition.await(timeout, unit), "signalled");
            }
            long left = condition.awaitNanos(timeout);
            yes(left <= timeout, "left " + left + " of " + timeout);
        }
        no(condition.awaitUntil(new Date(0)), "signalled");
        no(condition.awaitUntil(new Date(-1)), "signalled");
        no(condition.awaitUntil(new Date(Long.MIN_VALUE)), "signalled");
        no(condition.awaitUntil(inMillis(-1)), "signalled");
        count(1, lock.getHoldCount());
        no(lock.hasWaiters(condition), "hasWaiters");
    }

    void timedAwait_zero_givesTheLockToAWaiter() throws Exception {
        ReentrantLock lock = new ReentrantLock(fair);
        Condition condition = lock.newCondition();
        lock.lock();
        Task<Object> waiter = run(() -> {
            lock.lock();
            lock.unlock();
        });
        waiter.parked();
        if (fair) {
            no(condition.await(0, TimeUnit.SECONDS), "signalled");
            no(lock.hasQueuedThread(waiter.thread), "still queued");
        }
        lock.unlock();
        waiter.result();
    }

    // ---------------------------------------------------------------- inspection

    void queries_whileWaitedFor_tellTheWaiters() {
        Open lock = new Open(fair);
        Condition condition = lock.newCondition();
        Condition other = lock.newCondition();
        lock.lock();
        no(lock.hasWaiters(condition), "hasWaiters");
        count(0, lock.getWaitQueueLength(condition));
        yes(lock.waiting(condition).isEmpty(), "getWaitingThreads");
        lock.unlock();
        Task<Object> a = awaiting(lock, condition).parked();
        Task<Object> b = awaiting(lock, condition).parked();
        lock.lock();
        yes(lock.hasWaiters(condition), "hasWaiters");
        count(2, lock.getWaitQueueLength(condition));
        count(2, lock.waiting(condition).size());
        equal(Set.of(a.thread, b.thread), Set.copyOf(lock.waiting(condition)));
        no(lock.hasWaiters(other), "hasWaiters of another");
        count(0, lock.getWaitQueueLength(other));
        yes(lock.waiting(other).isEmpty(), "getWaitingThreads of another");
        no(lock.hasQueuedThreads(), "waiters of a condition are not in the queue of the lock");
        condition.signal();
        count(1, lock.getWaitQueueLength(condition));
        equal(Set.of(b.thread), Set.copyOf(lock.waiting(condition)));
        yes(lock.hasQueuedThread(a.thread), "the signalled one waits for the lock");
        no(lock.hasQueuedThread(b.thread), "the other does not");
        count(1, lock.getQueueLength());
        condition.signalAll();
        no(lock.hasWaiters(condition), "hasWaiters");
        count(0, lock.getWaitQueueLength(condition));
        yes(lock.hasQueuedThread(b.thread), "now it does");
        count(2, lock.getQueueLength());
        lock.unlock();
        a.result();
        b.result();
    }

    private Task<Object> awaiting(ReentrantLock lock, Condition condition) {
        return run(() -> {
            lock.lock();
            try {
                condition.await();
            } finally {
                lock.unlock();
            }
        });
    }
}
