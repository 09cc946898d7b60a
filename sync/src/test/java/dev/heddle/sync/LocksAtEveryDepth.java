// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The operations of {@link Mutex}, its conditions and {@link ReadWriteMutex} in {@link EveryDepth}. */
@SuppressWarnings({"LockNotBeforeTry", "WaitNotInLoop"}) // each operation by itself
final class LocksAtEveryDepth {
    private static final int WAITERS = 2_000; // more than there are levels
    private static final int THREADS = 60;

    private LocksAtEveryDepth() {}

    static void all(boolean fair) {
        var mutex = new Mutex(fair);
        lock(mutex, mutex::getHoldCount);
        lockAndUnlock(mutex, mutex::isHeldByCurrentThread);
        tryLockTaken(new Mutex(fair));
        permits(new Mutex(fair)::lockAsync);
        cancel(new Mutex(fair)::lockAsync);
        conditions(fair);
        var both = new ReadWriteMutex(fair);
        lock(both.writeLock(), both::getWriteHoldCount);
        lock(both.readLock(), both::getReadHoldCount);
        lockAndUnlock(both.writeLock(), both::isWriteLockedByCurrentThread);
        lockAndUnlock(both.readLock(), () -> both.getReadHoldCount() > 0);
        permits(new ReadWriteMutex(fair)::readLockAsync);
        permits(new ReadWriteMutex(fair)::writeLockAsync);
        var readers = new ReadWriteMutex(fair);
        readers.writeLock().lock();
        cancel(readers::readLockAsync);
        readers.writeLock().unlock();
        cancel(new ReadWriteMutex(fair)::writeLockAsync);
    }

    private static void conditions(boolean fair) {
        var mutex = new Mutex(fair);
        var condition = mutex.newCondition();
        awaitTimed(mutex, condition);
        signal(mutex, condition, () -> mutex.getWaitQueueLength(condition));
        free(mutex);
        var both = new ReadWriteMutex(fair);
        var writers = both.writeLock().newCondition();
        awaitTimed(both.writeLock(), writers);
        both.writeLock().lock();
        both.readLock().lock();
        awaitTimed(both.writeLock(), writers); // reads of the writer's own
        both.readLock().unlock();
        both.writeLock().unlock();
        signal(both.writeLock(), writers, () -> both.getWaitQueueLength(writers));
        free(both.writeLock());
    }

    private static void lock(Lock lock, Supplier<Integer> holds) {
        var run = EveryDepth.run(lock::lock);
        run.check(holds.get() == run.successes(), "lock: " + holds.get() + " holds");
        for (int i = 0; i < run.successes(); i++) {
            lock.unlock();
        }
        free(lock);
    }

    /** One call at a depth: what comes next depends on what the lock says of the caller. */
    private static void lockAndUnlock(Lock lock, BooleanSupplier held) {
        var run = EveryDepth.run(() -> {
            if (held.getAsBoolean()) {
                lock.unlock();
            } else if (!lock.tryLock()) {
                throw new AssertionError("held by nobody: " + lock);
            }
        });
        while (held.getAsBoolean()) { // the unlock has failed: it is ours then
            lock.unlock();
        }
        run.check(lock.tryLock(), "held by nobody: " + lock);
        lock.unlock();
        free(lock);
    }

    private static void tryLockTaken(Mutex mutex) {
        Mutex.Permit permit = mutex.lockAsync().join();
        var run = EveryDepth.run(() -> tryLock(mutex));
        run.check(mutex.getQueueLength() == 0, "tryLock: " + mutex.getQueueLength() + " in the queue");
        permit.close();
        free(mutex);
    }

    private static void tryLock(Mutex mutex) {
        try {
            if (mutex.tryLock(1, TimeUnit.NANOSECONDS)) {
                throw new AssertionError("locked twice");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Each permit is closed at some depth, which gives the lock to the next. */
    private static <P extends AutoCloseable> void permits(Supplier<CompletableFuture<P>> lockAsync) {
        List<CompletableFuture<P>> futures = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            futures.add(lockAsync.get());
        }
        var next = new int[1];
        var run = EveryDepth.run(() -> {
            close(futures.get(next[0]).getNow(null));
            next[0]++;
        });
        for (int i = next[0]; i < WAITERS; i++) {
            run.check(futures.get(i).isDone(), "not served: " + i);
            close(futures.get(i).join());
        }
        var last = lockAsync.get();
        run.check(last.isDone(), "held by nobody");
        close(last.join());
    }

    private static void close(AutoCloseable permit) {
        try {
            permit.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static <P extends AutoCloseable> void cancel(Supplier<CompletableFuture<P>> lockAsync) {
        var holder = lockAsync.get();
        List<CompletableFuture<P>> futures = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            futures.add(lockAsync.get());
        }
        var next = new int[1];
        var run = EveryDepth.run(() -> {
            futures.get(next[0]).cancel(false);
            next[0]++;
        });
        for (CompletableFuture<P> future : futures) {
            run.check(future.cancel(false), "cancel: " + future);
        }
        if (holder.isDone()) {
            close(holder.join());
            var last = lockAsync.get();
            run.check(last.isDone(), "held by nobody");
            close(last.join());
        } else {
            run.check(holder.cancel(false), "cancel: " + holder);
        }
    }

    private static void awaitTimed(Lock lock, Condition condition) {
        lock.lock();
        var run = EveryDepth.run(() -> awaitOnce(condition));
        condition.signalAll(); // nobody is there: nothing happens
        lock.unlock();
        run.check(run.successes() > 0, "await");
        OthersAtEveryDepth.inAnotherThread(() -> {
            if (lock.tryLock()) {
                lock.unlock();
            }
        });
    }

    private static void awaitOnce(Condition condition) {
        try {
            condition.awaitNanos(1);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void signal(Lock lock, Condition condition, Supplier<Integer> waiting) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> {
                lock.lock();
                try {
                    condition.awaitUninterruptibly();
                } finally {
                    lock.unlock();
                }
            }));
        }
        threads.forEach(Thread::start);
        lock.lock();
        while (waiting.get() < THREADS) {
            lock.unlock();
            Thread.onSpinWait();
            lock.lock();
        }
        var run = EveryDepth.run(condition::signal);
        int left = Math.max(THREADS - run.successes(), 0);
        run.check(waiting.get() == left, "signal: " + waiting.get() + " wait");
        condition.signalAll();
        lock.unlock();
        for (Thread thread : threads) {
            OthersAtEveryDepth.join(thread);
        }
    }

    /** Whether another thread can have it. */
    private static void free(Lock lock) {
        OthersAtEveryDepth.inAnotherThread(() -> {
            lock.lock();
            lock.unlock();
        });
    }
}
