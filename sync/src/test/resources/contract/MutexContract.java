// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A lock without waiters: ownership, holds, errors, printing, serialisation, subclasses. */
public final class MutexContract extends Contract {

    /** Opens what is protected. */
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

    /** The four ways to lock; each succeeds on a lock that is free or held by the caller. */
    private static List<Body> waysToLock(ReentrantLock lock) {
        return List.of(
                lock::lock,
                lock::lockInterruptibly,
                () -> yes(lock.tryLock(), "tryLock"),
                () -> yes(lock.tryLock(1, TimeUnit.HOURS), "timed tryLock"),
                () -> yes(lock.tryLock(0, TimeUnit.SECONDS), "timed tryLock(0)"),
                () -> yes(lock.tryLock(-1, TimeUnit.SECONDS), "timed tryLock(-1)"),
                () -> yes(lock.tryLock(Long.MIN_VALUE, TimeUnit.NANOSECONDS), "timed tryLock(MIN)"),
                () -> yes(lock.tryLock(Long.MAX_VALUE, TimeUnit.DAYS), "timed tryLock(MAX)"));
    }

    private void heldBy(Thread owner, Open lock) {
        equal(owner, lock.owner());
        equal(owner != null, lock.isLocked());
        equal(owner == Thread.currentThread(), lock.isHeldByCurrentThread());
    }

    // ---------------------------------------------------------------- construction

    @Once
    void construct_withoutFairness_isNotFair() {
        no(new ReentrantLock().isFair(), "isFair");
    }

    void construct_withFairness_tellsIt() {
        equal(fair, new ReentrantLock(fair).isFair());
    }

    void construct_fresh_isFree() {
        Open lock = new Open(fair);
        heldBy(null, lock);
        count(0, lock.getHoldCount());
        no(lock.hasQueuedThreads(), "hasQueuedThreads");
        no(lock.hasQueuedThread(Thread.currentThread()), "hasQueuedThread");
        count(0, lock.getQueueLength());
        yes(lock.queued().isEmpty(), "getQueuedThreads");
    }

    // ---------------------------------------------------------------- ownership and holds

    void lock_free_isHeldByTheCaller() throws Throwable {
        Open lock = new Open(fair);
        for (Body way : waysToLock(lock)) {
            way.run();
            heldBy(Thread.currentThread(), lock);
            count(1, lock.getHoldCount());
            lock.unlock();
            heldBy(null, lock);
            count(0, lock.getHoldCount());
        }
    }

    void lock_heldByTheCaller_countsHolds() throws Throwable {
        Open lock = new Open(fair);
        List<Body> ways = waysToLock(lock);
        int holds = 0;
        for (Body way : ways) {
            way.run();
            count(++holds, lock.getHoldCount());
        }
        while (holds > 0) {
            heldBy(Thread.currentThread(), lock);
            lock.unlock();
            count(--holds, lock.getHoldCount());
        }
        heldBy(null, lock);
    }

    void lock_heldManyTimes_isFreeAfterAsManyUnlocks() {
        Open lock = new Open(fair);
        for (int i = 0; i < 100_000; i++) {
            lock.lock();
        }
        count(100_000, lock.getHoldCount());
        for (int i = 0; i < 99_999; i++) {
            lock.unlock();
        }
        equal(false, call(() -> lock.tryLock()).result());
        lock.unlock();
        equal(true, call(() -> lock.tryLock()).result());
    }

    void queries_fromAnotherThread_seeTheOwner() {
        Open lock = new Open(fair);
        lock.lock();
        lock.lock();
        Thread owner = Thread.currentThread();
        run(() -> {
                    heldBy(owner, lock);
                    no(lock.isHeldByCurrentThread(), "isHeldByCurrentThread");
                    count(0, lock.getHoldCount());
                })
                .result();
    }

    void tryLock_heldByAnother_isFalse() throws Exception {
        Open lock = new Open(fair);
        Task<Object> owner = run(lock::lock);
        owner.result();
        no(lock.tryLock(), "tryLock");
        no(lock.tryLock(0, TimeUnit.SECONDS), "timed");
        no(lock.tryLock(-1, TimeUnit.SECONDS), "timed");
        no(lock.tryLock(Long.MIN_VALUE, TimeUnit.DAYS), "timed");
        no(lock.tryLock(1, TimeUnit.NANOSECONDS), "timed");
        tookAtLeast(SHORT_MS, () -> no(lock.tryLock(SHORT_MS, TimeUnit.MILLISECONDS), "timed"));
        heldBy(owner.thread, lock);
        count(0, lock.getHoldCount());
        no(lock.hasQueuedThreads(), "hasQueuedThreads");
    }

    void owner_threadEnded_keepsTheLock() {
        Open lock = new Open(fair);
        Task<Object> owner = run(lock::lock);
        owner.result();
        heldBy(owner.thread, lock);
        threw(IllegalMonitorStateException.class, lock::unlock);
        equal(identity(lock) + "[Locked by thread " + owner.thread.getName() + "]", lock.toString());
    }

    // ---------------------------------------------------------------- bad input

    void unlock_notOwner_isRefusedAndChangesNothing() {
        Open lock = new Open(fair);
        threw(IllegalMonitorStateException.class, lock::unlock);
        heldBy(null, lock);
        lock.lock();
        run(() -> threw(IllegalMonitorStateException.class, lock::unlock)).result();
        heldBy(Thread.currentThread(), lock);
        count(1, lock.getHoldCount());
        lock.unlock();
        threw(IllegalMonitorStateException.class, lock::unlock);
        heldBy(null, lock);
    }

    void nullArgument_everyMethod_isRefused() throws Exception {
        Open lock = new Open(fair);
        threw(NullPointerException.class, () -> lock.tryLock(1, null));
        threw(NullPointerException.class, () -> lock.tryLock(0, null));
        yes(interruptedRun(() -> threw(NullPointerException.class, () -> lock.tryLock(1, null))), "flag kept");
        threw(NullPointerException.class, () -> lock.hasQueuedThread(null));
        threw(NullPointerException.class, () -> lock.hasWaiters(null));
        threw(NullPointerException.class, () -> lock.getWaitQueueLength(null));
        heldBy(null, lock);
        lock.lock();
        threw(NullPointerException.class, () -> lock.tryLock(1, null));
        count(1, lock.getHoldCount());
        threw(NullPointerException.class, () -> lock.hasWaiters(null));
        threw(NullPointerException.class, () -> lock.getWaitQueueLength(null));
    }

    // ---------------------------------------------------------------- interrupt on entry

    void interruptedOnEntry_interruptibleForms_throwAndTakeNothing() {
        Open lock = new Open(fair);
        interruptedOnEntry(lock::lockInterruptibly);
        interruptedOnEntry(() -> lock.tryLock(1, TimeUnit.SECONDS));
        interruptedOnEntry(() -> lock.tryLock(0, TimeUnit.SECONDS));
        interruptedOnEntry(() -> lock.tryLock(-1, TimeUnit.SECONDS));
        heldBy(null, lock);
        lock.lock();
        interruptedOnEntry(lock::lockInterruptibly);
        interruptedOnEntry(() -> lock.tryLock(1, TimeUnit.SECONDS));
        count(1, lock.getHoldCount());
    }

    void interruptedOnEntry_otherForms_succeedAndKeepTheFlag() throws Exception {
        Open lock = new Open(fair);
        yes(interruptedRun(lock::lock), "lock");
        yes(interruptedRun(lock::lock), "lock again");
        yes(interruptedRun(() -> yes(lock.tryLock(), "taken")), "tryLock");
        count(3, lock.getHoldCount());
        yes(interruptedRun(lock::unlock), "unlock");
    }

    // ---------------------------------------------------------------- printing, serialisation

    void toString_always_tellsTheOwner() {
        Open lock = new Open(fair);
        equal(identity(lock) + "[Unlocked]", lock.toString());
        lock.lock();
        String name = Thread.currentThread().getName();
        equal(identity(lock) + "[Locked by thread " + name + "]", lock.toString());
        Thread.currentThread().setName("renamed");
        equal(identity(lock) + "[Locked by thread renamed]", lock.toString());
        Thread.currentThread().setName(name);
        lock.lock();
        equal(
                identity(lock) + "[Locked by thread " + name + "]",
                call(lock::toString).result());
        lock.unlock();
        lock.unlock();
        equal(identity(lock) + "[Unlocked]", lock.toString());
    }

    void serialise_always_comesBackUnlocked() throws Exception {
        Open lock = new Open(fair);
        for (int holds = 0; holds < 3; holds++) {
            Open back = copy(lock);
            heldBy(null, back);
            count(0, back.getHoldCount());
            equal(fair, back.isFair());
            equal(identity(back) + "[Unlocked]", back.toString());
            threw(IllegalMonitorStateException.class, back::unlock);
            back.lock();
            equal(false, call(back::tryLock).result());
            back.unlock();
            lock.lock();
        }
        count(3, lock.getHoldCount());
        equal(fair, copy(new ReentrantLock(fair)).isFair());
    }

    void serialise_withItsCondition_bothWorkTogether() throws Exception {
        ReentrantLock lock = new ReentrantLock(fair);
        lock.lock();
        Object[] back = copy(new Object[] {lock, lock.newCondition()});
        ReentrantLock backLock = (ReentrantLock) back[0];
        Condition condition = (Condition) back[1];
        Task<Object> waiter = run(() -> {
            backLock.lock();
            try {
                condition.await();
            } finally {
                backLock.unlock();
            }
        });
        waiter.parked();
        backLock.lock();
        count(1, backLock.getWaitQueueLength(condition));
        condition.signal();
        backLock.unlock();
        waiter.result();
    }

    // ---------------------------------------------------------------- subclasses

    /** Overrides all that can be overridden and writes down what was called. */
    private static final class Recording extends ReentrantLock {
        private static final long serialVersionUID = 1L;
        private final transient List<String> calls = new ArrayList<>();

        Recording(boolean fair) {
            super(fair);
        }

        @Override
        public void lock() {
            calls.add("lock");
            super.lock();
        }

        @Override
        public void lockInterruptibly() throws InterruptedException {
            calls.add("lockInterruptibly");
            super.lockInterruptibly();
        }

        @Override
        public boolean tryLock() {
            calls.add("tryLock");
            return super.tryLock();
        }

        @Override
        public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
            calls.add("timed");
            return super.tryLock(timeout, unit);
        }

        @Override
        public void unlock() {
            calls.add("unlock");
            super.unlock();
        }

        @Override
        public Condition newCondition() {
            calls.add("newCondition");
            return super.newCondition();
        }

        @Override
        public int getHoldCount() {
            calls.add("getHoldCount");
            return super.getHoldCount() + 100;
        }

        @Override
        public boolean isHeldByCurrentThread() {
            calls.add("isHeld");
            return !super.isHeldByCurrentThread();
        }

        @Override
        public boolean isLocked() {
            calls.add("isLocked");
            return !super.isLocked();
        }

        @Override
        protected Thread getOwner() {
            calls.add("getOwner");
            return null;
        }

        @Override
        protected Collection<Thread> getQueuedThreads() {
            calls.add("getQueuedThreads");
            return super.getQueuedThreads();
        }

        @Override
        public boolean hasWaiters(Condition condition) {
            calls.add("hasWaiters");
            return super.hasWaiters(condition);
        }

        @Override
        public int getWaitQueueLength(Condition condition) {
            calls.add("getWaitQueueLength");
            return super.getWaitQueueLength(condition);
        }

        @Override
        protected Collection<Thread> getWaitingThreads(Condition condition) {
            calls.add("getWaitingThreads");
            return super.getWaitingThreads(condition);
        }
    }

    void subclass_overridingAll_seesEachCallOnce() throws Exception {
        Recording lock = new Recording(fair);
        Condition c = lock.newCondition();
        lock.lock();
        lock.lockInterruptibly();
        lock.tryLock();
        lock.tryLock(1, TimeUnit.SECONDS);
        lock.unlock();
        lock.getHoldCount();
        lock.isHeldByCurrentThread();
        lock.isLocked();
        lock.getOwner();
        lock.getQueuedThreads();
        lock.hasWaiters(c);
        lock.getWaitQueueLength(c);
        lock.getWaitingThreads(c);
        c.signal();
        c.signalAll();
        no(c.await(0, TimeUnit.SECONDS), "signalled");
        lock.hasQueuedThreads();
        lock.hasQueuedThread(Thread.currentThread());
        lock.getQueueLength();
        lock.isFair();
        yes(
                lock.toString()
                        .endsWith("[Locked by thread " + Thread.currentThread().getName() + "]"),
                "toString");
        equal(
                "newCondition lock lockInterruptibly tryLock timed unlock getHoldCount isHeld isLocked getOwner "
                        + "getQueuedThreads hasWaiters getWaitQueueLength getWaitingThreads",
                String.join(" ", lock.calls));
    }

    @Once
    void program_signatures_fitTheSameInterfaces() throws Throwable {
        Lock lock = new ReentrantLock();
        ReentrantLock same = (ReentrantLock) lock;
        Runnable quietly = same::lock;
        Body interruptibly = same::lockInterruptibly;
        java.util.function.BooleanSupplier attempt = same::tryLock;
        quietly.run();
        interruptibly.run();
        yes(attempt.getAsBoolean(), "tryLock");
        count(3, same.getHoldCount());
        Condition condition = lock.newCondition();
        condition.signalAll();
        java.io.Serializable asSerializable = same;
        yes(asSerializable instanceof Lock, "both");
    }
}
