// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Covers sync 18, 23: however many waiters one operation serves or breaks, it needs the same small stack. */
@Timeout(120)
class ConstantStackTest {
    private static final int MANY = 1_000_000;
    private static final int CHAIN = 100_000; // dependents that serve the next one: ten times what the stack could hold
    private static final int SMALL_STACK = 256 << 10; // bytes

    private static void onSmallStack(Runnable operation) {
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(null, operation, "small stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
        thread.start();
        Await.ended(thread);
        assertNull(failure[0], () -> "failed with " + failure[0]);
    }

    private static <T> List<CompletableFuture<T>> many(int number, Supplier<CompletableFuture<T>> wait) {
        List<CompletableFuture<T>> futures = new ArrayList<>(number);
        for (int i = 0; i < number; i++) {
            futures.add(wait.get());
        }
        return futures;
    }

    private static void done(List<? extends CompletableFuture<?>> futures) {
        assertEquals(0, futures.stream().filter(f -> !f.isDone()).count(), "not served");
    }

    @Test
    void release_ofAMillion_servesAll() {
        var semaphore = new Semaphore(0);
        var waiters = many(MANY, semaphore::acquireAsync);
        onSmallStack(() -> semaphore.release(MANY));
        done(waiters);
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void countDown_withAMillion_servesAll() {
        var latch = new CountDownLatch(1);
        var waiters = many(MANY, latch::awaitAsync);
        onSmallStack(latch::countDown);
        done(waiters);
    }

    @Test
    void reset_withAMillion_breaksAll() {
        var barrier = new CyclicBarrier(MANY + 1);
        var waiters = many(MANY, barrier::awaitAsync);
        onSmallStack(barrier::reset);
        done(waiters);
        assertTrue(waiters.stream().allMatch(CompletableFuture::isCompletedExceptionally));
    }

    @Test
    void writeUnlock_withHalfAMillionReaders_servesAll() {
        var both = new ReadWriteMutex(true);
        var writer = both.writeLockAsync().join();
        var readers = many(MANY / 2, both::readLockAsync); // about as many as can wait
        onSmallStack(writer::close);
        done(readers);
    }

    @Test
    void release_byDependents_servesAll() {
        var semaphore = new Semaphore(0);
        var waiters = chain(semaphore::acquireAsync, none -> semaphore::release);
        onSmallStack(semaphore::release);
        done(waiters);
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void close_byDependents_servesAll() {
        var mutex = new Mutex();
        var first = mutex.lockAsync().join();
        var waiters = chain(mutex::lockAsync, permit -> permit::close);
        onSmallStack(first::close);
        done(waiters);
        assertTrue(mutex.tryLock());
    }

    @Test
    void readWriteClose_byDependents_servesAll() {
        var both = new ReadWriteMutex(true);
        var first = both.writeLockAsync().join();
        var waiters = chain(both::writeLockAsync, permit -> permit::close);
        onSmallStack(first::close);
        done(waiters);
        assertTrue(both.writeLock().tryLock());
    }

    @Test
    void put_byDependents_servesAll() {
        BlockingPool<Integer> pool = BlockingPool.fifo();
        var waiters = chain(pool::takeAsync, element -> () -> pool.put(element));
        onSmallStack(() -> pool.put(1));
        done(waiters);
        assertEquals(1, pool.tryTake());
    }

    private static <T> List<CompletableFuture<Void>> chain(
            Supplier<CompletableFuture<T>> wait, Function<T, Runnable> serveNext) {
        return many(
                CHAIN, () -> wait.get().thenAccept(got -> serveNext.apply(got).run()));
    }
}
