// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@link Mutex} and {@link ReadWriteMutex} without memory. */
@SuppressWarnings("LockNotBeforeTry") // each operation by itself
final class ScarceMemoryLocks {
    private static final int MANY_LOCKS = 6; // read at a time: more than a thread's table has room for at first

    private ScarceMemoryLocks() {}

    static Map<String, Runnable> cases() {
        var all = new ScarceMemory();
        for (boolean fair : new boolean[] {true, false}) {
            String kind = fair ? " fair" : " barging";
            all.add("lockAsync" + kind, a -> twoAsync(a, mutex(fair)::lockAsync))
                    .add("readLockAsync" + kind, a -> twoAsync(a, both(fair)::readLockAsync))
                    .add("writeLockAsync" + kind, a -> twoAsync(a, both(fair)::writeLockAsync))
                    .add("readLockAsync, writing" + kind, a -> readBehindWriter(a, both(fair)))
                    .add("tryLock, timed" + kind, a -> tryLockTimed(a, mutex(fair)))
                    .add("read tryLock, timed" + kind, a -> readTimed(a, both(fair)))
                    .add("write tryLock, timed" + kind, a -> writeTimed(a, both(fair)))
                    .add("lock, waits" + kind, a -> lockWaits(a, mutex(fair)))
                    .add("many read locks" + kind, a -> manyReadLocks(a, fair))
                    .addSure("unlock to futures" + kind, a -> unlockToFutures(a, mutex(fair)))
                    .addSure("write unlock to futures" + kind, a -> writeUnlockToFutures(a, both(fair)));
        }
        return all.cases();
    }

    static Mutex mutex(boolean fair) {
        return Mutex.withSegmentSize(fair, 1);
    }

    static ReadWriteMutex both(boolean fair) {
        return ReadWriteMutex.withSegmentSize(fair, 1);
    }

    private static <P extends AutoCloseable> void twoAsync(
            ScarceMemory.Attempt a, Callable<CompletableFuture<P>> lockAsync) throws Exception {
        List<CompletableFuture<P>> futures = new ArrayList<>();
        a.make(() -> {
            futures.add(lockAsync.call());
            futures.add(lockAsync.call());
        });
        futures.add(lockAsync.call());
        for (CompletableFuture<P> future : futures) {
            a.check(future.isDone(), "not served");
            a.served(future).close();
        }
    }

    private static void readBehindWriter(ScarceMemory.Attempt a, ReadWriteMutex both) throws Exception {
        both.writeLock().lock();
        var future = a.future(both::readLockAsync);
        a.check(both.getQueueLength() == (future == null ? 0 : 1), "queue length " + both.getQueueLength());
        both.writeLock().unlock();
        if (future != null) {
            a.served(future).close();
        }
        idle(a, both);
    }

    private static void tryLockTimed(ScarceMemory.Attempt a, Mutex mutex) throws Exception {
        try (Mutex.Permit held = mutex.lockAsync().join()) {
            a.make(() -> a.check(!mutex.tryLock(1, TimeUnit.NANOSECONDS), held + " locked twice"));
        }
        idle(a, mutex);
    }

    private static void readTimed(ScarceMemory.Attempt a, ReadWriteMutex both) throws Exception {
        try (ReadWriteMutex.Permit held = both.writeLockAsync().join()) {
            a.make(() -> a.check(!both.readLock().tryLock(1, TimeUnit.NANOSECONDS), held + " locked twice"));
        }
        idle(a, both);
    }

    private static void writeTimed(ScarceMemory.Attempt a, ReadWriteMutex both) throws Exception {
        try (ReadWriteMutex.Permit held = both.readLockAsync().join()) {
            a.make(() -> a.check(!both.writeLock().tryLock(1, TimeUnit.NANOSECONDS), held + " locked twice"));
        }
        idle(a, both);
    }

    /** The lock is given back when somebody waits for it, or when the attempt to wait is over. */
    private static void lockWaits(ScarceMemory.Attempt a, Mutex mutex) throws Exception {
        Mutex.Permit held = mutex.lockAsync().join();
        mutex.lockAsync().cancel(false); // now the next waiter needs another segment
        boolean[] over = new boolean[1];
        Thread closer = new Thread(() -> {
            while (mutex.getQueueLength() == 0) {
                synchronized (over) {
                    if (over[0]) {
                        break;
                    }
                }
                Thread.onSpinWait();
            }
            held.close();
        });
        closer.start();
        boolean locked = a.make(mutex::lock);
        synchronized (over) {
            over[0] = true;
        }
        closer.join();
        a.check(mutex.getHoldCount() == (locked ? 1 : 0), "holds " + mutex.getHoldCount());
        if (locked) {
            mutex.unlock();
        }
        idle(a, mutex);
    }

    private static void manyReadLocks(ScarceMemory.Attempt a, boolean fair) throws Exception {
        List<ReadWriteMutex> all = new ArrayList<>();
        for (int i = 0; i < MANY_LOCKS; i++) {
            all.add(both(fair));
        }
        Throwable[] failure = new Throwable[1];
        Thread reader = new Thread(
                () -> { // a thread that has not read before
                    try {
                        for (ReadWriteMutex both : all) {
                            var other = both.readLockAsync().join(); // so that this thread is not the first
                            boolean locked = a.make(both.readLock()::lock);
                            a.check(both.getReadHoldCount() == (locked ? 1 : 0), "holds " + both.getReadHoldCount());
                            other.close();
                        }
                        for (ReadWriteMutex both : all) {
                            if (both.getReadHoldCount() > 0) {
                                both.readLock().unlock();
                            }
                            idle(a, both);
                        }
                    } catch (Throwable e) {
                        failure[0] = e;
                    }
                });
        reader.start();
        reader.join();
        if (failure[0] != null) {
            throw new AssertionError(failure[0]);
        }
    }

    private static void unlockToFutures(ScarceMemory.Attempt a, Mutex mutex) throws Exception {
        mutex.lock();
        var first = mutex.lockAsync();
        var second = mutex.lockAsync();
        a.make(() -> {
            mutex.unlock();
            first.getNow(null).close();
        });
        a.served(second).close();
        idle(a, mutex);
    }

    private static void writeUnlockToFutures(ScarceMemory.Attempt a, ReadWriteMutex both) throws Exception {
        both.writeLock().lock();
        var read = both.readLockAsync();
        var write = both.writeLockAsync();
        a.make(() -> {
            both.writeLock().unlock();
            read.getNow(null).close();
        });
        a.served(write).close();
        idle(a, both);
    }

    static void idle(ScarceMemory.Attempt a, Mutex mutex) throws Exception {
        a.check(!mutex.isLocked() && mutex.getQueueLength() == 0, "not idle: " + mutex);
        mutex.lock();
        var next = mutex.lockAsync();
        a.check(!next.isDone(), "locked twice");
        mutex.unlock();
        a.served(next).close();
    }

    static void idle(ScarceMemory.Attempt a, ReadWriteMutex both) throws Exception {
        a.check(!both.isWriteLocked() && both.getReadLockCount() == 0, "not idle: " + both);
        a.check(both.getQueueLength() == 0, "queue length " + both.getQueueLength());
        both.writeLock().lock();
        var read = both.readLockAsync();
        a.check(!read.isDone(), "locked twice");
        both.writeLock().unlock();
        var write = both.writeLockAsync();
        a.check(read.isDone() && !write.isDone(), "locked twice");
        a.served(read).close();
        a.served(write).close();
    }
}
