// SPDX-License-Identifier: Apache-2.0
package contract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A read-write lock whose owner overrides all that can be overridden: no method leans on another. */
public final class ReadWriteMutexSubclassContract extends Contract {

    /** Writes down what was called; the answers of the queries are wrong on purpose. */
    private static final class Recording extends ReentrantReadWriteLock {
        private static final long serialVersionUID = 1L;
        private final transient List<String> calls = Collections.synchronizedList(new ArrayList<>());
        private final OwnRead read = new OwnRead(this, calls);
        private final OwnWrite write = new OwnWrite(this, calls);

        Recording(boolean fair) {
            super(fair);
        }

        @Override
        public ReadLock readLock() {
            calls.add("readLock");
            return read;
        }

        @Override
        public WriteLock writeLock() {
            calls.add("writeLock");
            return write;
        }

        @Override
        protected Thread getOwner() {
            calls.add("getOwner");
            return null;
        }

        @Override
        public int getReadLockCount() {
            calls.add("getReadLockCount");
            return super.getReadLockCount() + 100;
        }

        @Override
        public boolean isWriteLocked() {
            calls.add("isWriteLocked");
            return !super.isWriteLocked();
        }

        @Override
        public boolean isWriteLockedByCurrentThread() {
            calls.add("isWriteLockedByCurrentThread");
            return !super.isWriteLockedByCurrentThread();
        }

        @Override
        public int getWriteHoldCount() {
            calls.add("getWriteHoldCount");
            return super.getWriteHoldCount() + 100;
        }

        @Override
        public int getReadHoldCount() {
            calls.add("getReadHoldCount");
            return super.getReadHoldCount() + 100;
        }

        @Override
        protected Collection<Thread> getQueuedWriterThreads() {
            calls.add("getQueuedWriterThreads");
            return super.getQueuedWriterThreads();
        }

        @Override
        protected Collection<Thread> getQueuedReaderThreads() {
            calls.add("getQueuedReaderThreads");
            return super.getQueuedReaderThreads();
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

    private static final class OwnRead extends ReentrantReadWriteLock.ReadLock {
        private static final long serialVersionUID = 1L;
        private final transient List<String> calls;

        OwnRead(ReentrantReadWriteLock lock, List<String> calls) {
            super(lock);
            this.calls = calls;
        }

        @Override
        public void lock() {
            calls.add("r.lock");
            super.lock();
        }

        @Override
        public void lockInterruptibly() throws InterruptedException {
            calls.add("r.lockInterruptibly");
            super.lockInterruptibly();
        }

        @Override
        public boolean tryLock() {
            calls.add("r.tryLock");
            return super.tryLock();
        }

        @Override
        public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
            calls.add("r.timed");
            return super.tryLock(timeout, unit);
        }

        @Override
        public void unlock() {
            calls.add("r.unlock");
            super.unlock();
        }
    }

    private static final class OwnWrite extends ReentrantReadWriteLock.WriteLock {
        private static final long serialVersionUID = 1L;
        private final transient List<String> calls;

        OwnWrite(ReentrantReadWriteLock lock, List<String> calls) {
            super(lock);
            this.calls = calls;
        }

        @Override
        public void lock() {
            calls.add("w.lock");
            super.lock();
        }

        @Override
        public void lockInterruptibly() throws InterruptedException {
            calls.add("w.lockInterruptibly");
            super.lockInterruptibly();
        }

        @Override
        public boolean tryLock() {
            calls.add("w.tryLock");
            return super.tryLock();
        }

        @Override
        public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
            calls.add("w.timed");
            return super.tryLock(timeout, unit);
        }

        @Override
        public void unlock() {
            calls.add("w.unlock");
            super.unlock();
        }

        @Override
        public Condition newCondition() {
            calls.add("w.newCondition");
            return super.newCondition();
        }

        @Override
        public boolean isHeldByCurrentThread() {
            calls.add("w.isHeld");
            return !super.isHeldByCurrentThread();
        }

        @Override
        public int getHoldCount() {
            calls.add("w.getHoldCount");
            return super.getHoldCount() + 100;
        }
    }

    void locks_overridden_seeEachCallOnce() throws Exception {
        Recording lock = new Recording(fair);
        lock.write.lock();
        lock.write.lockInterruptibly();
        yes(lock.write.tryLock(), "tryLock");
        yes(lock.write.tryLock(1, TimeUnit.SECONDS), "timed tryLock");
        lock.write.unlock();
        Condition condition = lock.write.newCondition();
        no(condition.await(0, TimeUnit.SECONDS), "signalled");
        condition.signal();
        condition.signalAll();
        no(lock.write.isHeldByCurrentThread(), "the wrong answer");
        count(103, lock.write.getHoldCount());
        lock.read.lock();
        lock.read.lockInterruptibly();
        yes(lock.read.tryLock(), "tryLock");
        yes(lock.read.tryLock(1, TimeUnit.SECONDS), "timed tryLock");
        lock.read.unlock();
        equal(identity(lock.read) + "[Read locks = 3]", lock.read.toString());
        String owner = Thread.currentThread().getName();
        equal(identity(lock.write) + "[Locked by thread " + owner + "]", lock.write.toString());
        equal(identity(lock) + "[Write locks = 3, Read locks = 3]", lock.toString());
        equal(
                "w.lock w.lockInterruptibly w.tryLock w.timed w.unlock w.newCondition w.isHeld w.getHoldCount "
                        + "r.lock r.lockInterruptibly r.tryLock r.timed r.unlock",
                String.join(" ", lock.calls));
    }

    void queries_overridden_seeEachCallOnce() {
        Recording lock = new Recording(fair);
        ReentrantReadWriteLock.WriteLock write = lock.writeLock();
        yes(lock.readLock() == lock.read, "readLock");
        write.lock();
        Condition condition = write.newCondition();
        lock.getOwner();
        count(100, lock.getReadLockCount());
        no(lock.isWriteLocked(), "the wrong answer");
        no(lock.isWriteLockedByCurrentThread(), "the wrong answer");
        count(101, lock.getWriteHoldCount());
        count(100, lock.getReadHoldCount());
        lock.getQueuedWriterThreads();
        lock.getQueuedReaderThreads();
        lock.getQueuedThreads();
        lock.hasWaiters(condition);
        lock.getWaitQueueLength(condition);
        lock.getWaitingThreads(condition);
        lock.hasQueuedThreads();
        lock.hasQueuedThread(Thread.currentThread());
        lock.getQueueLength();
        equal(
                "writeLock readLock w.lock w.newCondition getOwner getReadLockCount isWriteLocked "
                        + "isWriteLockedByCurrentThread getWriteHoldCount getReadHoldCount getQueuedWriterThreads "
                        + "getQueuedReaderThreads getQueuedThreads hasWaiters getWaitQueueLength getWaitingThreads",
                String.join(" ", lock.calls));
    }

    void program_waiters_workInASubclassToo() {
        Recording lock = new Recording(fair);
        lock.writeLock().lock();
        Task<Object> reader = run(() -> {
            lock.readLock().lock();
            lock.readLock().unlock();
        });
        Task<Object> writer = run(() -> {
            lock.writeLock().lock();
            lock.writeLock().unlock();
        });
        reader.parked();
        writer.parked();
        lock.writeLock().unlock();
        reader.result();
        writer.result();
        yes(lock.toString().endsWith("[Write locks = 0, Read locks = 0]"), "" + lock);
    }

    void serialise_withItsCondition_bothWorkTogether() throws Exception {
        ReentrantReadWriteLock lock = new ReentrantReadWriteLock(fair);
        lock.writeLock().lock();
        Object[] back = copy(new Object[] {lock, lock.writeLock().newCondition()});
        ReentrantReadWriteLock backLock = (ReentrantReadWriteLock) back[0];
        Condition condition = (Condition) back[1];
        Task<Object> waiter = run(() -> {
            backLock.writeLock().lock();
            try {
                condition.await();
            } finally {
                backLock.writeLock().unlock();
            }
        });
        waiter.parked();
        backLock.writeLock().lock();
        count(1, backLock.getWaitQueueLength(condition));
        condition.signal();
        backLock.writeLock().unlock();
        waiter.result();
    }
}
