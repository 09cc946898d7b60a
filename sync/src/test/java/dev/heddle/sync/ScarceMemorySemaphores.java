// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@link Semaphore} and {@link BlockingPool} without memory. */
final class ScarceMemorySemaphores {
    private ScarceMemorySemaphores() {}

    static Map<String, Runnable> cases() {
        var all = new ScarceMemory();
        for (boolean fair : new boolean[] {true, false}) {
            String kind = fair ? " fair" : " barging";
            all.add("acquireAsync, free" + kind, a -> acquireAsyncFree(a, fair))
                    .add("acquireAsync, waits" + kind, a -> acquireAsyncWaits(a, fair, 1))
                    .add("acquireAsync(2), waits" + kind, a -> acquireAsyncWaits(a, fair, 2))
                    .add("tryAcquire(1), timed" + kind, a -> acquireTimed(a, fair, 1))
                    .add("tryAcquire(3), timed" + kind, a -> acquireTimed(a, fair, 3))
                    .addSure("release to futures" + kind, a -> releaseToFutures(a, fair))
                    .addSure("release ends epoch" + kind, a -> releaseEndsEpoch(a, fair));
            for (boolean fifo : new boolean[] {true, false}) {
                String pool = (fifo ? ", fifo" : ", lifo") + kind;
                all.add("put" + pool, a -> put(a, pool(fair, fifo)))
                        .add("put to takers" + pool, a -> putToTakers(a, pool(fair, fifo)))
                        .add("takeAsync, there" + pool, a -> takeAsync(a, pool(fair, fifo), 1))
                        .add("takeAsync, waits" + pool, a -> takeAsync(a, pool(fair, fifo), 0))
                        .add("poll" + pool, a -> poll(a, pool(fair, fifo)));
            }
        }
        return all.cases();
    }

    private static void acquireAsyncFree(ScarceMemory.Attempt a, boolean fair) throws Exception {
        var semaphore = Semaphore.withSegmentSize(1, fair, 1, 1);
        var future = a.future(semaphore::acquireAsync);
        a.check(semaphore.availablePermits() == (future == null ? 1 : 0), "a permit is lost: " + semaphore);
    }

    private static void acquireAsyncWaits(ScarceMemory.Attempt a, boolean fair, int permits) throws Exception {
        var semaphore = Semaphore.withSegmentSize(0, fair, 1, 1);
        var before = semaphore.acquireAsync();
        var future = a.future(() -> semaphore.acquireAsync(permits));
        int waiters = future == null ? 1 : 2;
        a.check(semaphore.getQueueLength() == waiters, "queue length " + semaphore.getQueueLength());
        semaphore.release(future == null ? 1 : 1 + permits);
        a.check(before.isDone() && (future == null || future.isDone()), "not served");
        a.check(semaphore.availablePermits() == 0, "a permit is lost: " + semaphore);
        usable(a, semaphore);
    }

    private static void acquireTimed(ScarceMemory.Attempt a, boolean fair, int permits) throws Exception {
        var semaphore = Semaphore.withSegmentSize(0, fair, 1, 1);
        var before = semaphore.acquireAsync();
        a.make(() -> a.check(!semaphore.tryAcquire(permits, 1, TimeUnit.NANOSECONDS), "acquired"));
        a.check(semaphore.getQueueLength() == 1, "queue length " + semaphore.getQueueLength());
        semaphore.release();
        a.check(before.isDone(), "not served");
        usable(a, semaphore);
    }

    private static void releaseToFutures(ScarceMemory.Attempt a, boolean fair) throws Exception {
        var semaphore = Semaphore.withSegmentSize(0, fair, 1, 1);
        List<CompletableFuture<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            waiters.add(semaphore.acquireAsync());
        }
        a.make(() -> {
            semaphore.release(2);
            semaphore.release();
            semaphore.release(3);
        });
        a.check(waiters.stream().allMatch(CompletableFuture::isDone), "not served");
        a.check(semaphore.drainPermits() == 1, "a permit is lost: " + semaphore);
        usable(a, semaphore);
    }

    private static void releaseEndsEpoch(ScarceMemory.Attempt a, boolean fair) throws Exception {
        var semaphore = Semaphore.withSegmentSize(-1, fair, 1, 1);
        a.make(() -> semaphore.release(3));
        a.check(semaphore.availablePermits() == 2, "a permit is lost: " + semaphore);
        a.check(semaphore.tryAcquire(2) && !semaphore.tryAcquire(), "not usable");
        usable(a, semaphore);
    }

    private static void usable(ScarceMemory.Attempt a, Semaphore semaphore) {
        a.check(semaphore.availablePermits() == 0 && semaphore.getQueueLength() == 0, "not idle: " + semaphore);
        var waiter = semaphore.acquireAsync(2);
        semaphore.release();
        a.check(!waiter.isDone(), "acquired");
        semaphore.release(2);
        a.check(waiter.isDone() && semaphore.availablePermits() == 1, "not usable: " + semaphore);
    }

    private static BlockingPool<Integer> pool(boolean fair, boolean fifo) {
        Fairness fairness = fair ? Fairness.FIFO : Fairness.BARGING;
        return fifo ? BlockingPool.fifo(fairness, 1, 0) : BlockingPool.lifo(fairness, 1);
    }

    private static void put(ScarceMemory.Attempt a, BlockingPool<Integer> pool) throws Exception {
        pool.put(1);
        boolean put = a.make(() -> pool.put(2));
        content(a, pool, put ? 3 : 1, put ? 2 : 1);
    }

    private static void putToTakers(ScarceMemory.Attempt a, BlockingPool<Integer> pool) throws Exception {
        pool.put(0);
        pool.tryTake(); // now the next one needs another segment
        var first = pool.takeAsync();
        var second = pool.takeAsync();
        boolean put = a.make(() -> pool.put(1));
        a.check(first.isDone() == put && !second.isDone(), "not served");
        pool.put(2);
        pool.put(4);
        int sum = a.served(first) + a.served(second);
        content(a, pool, (put ? 7 : 6) - sum, put ? 1 : 0);
    }

    private static void takeAsync(ScarceMemory.Attempt a, BlockingPool<Integer> pool, int there) throws Exception {
        if (there > 0) {
            pool.put(1);
        }
        var future = a.future(pool::takeAsync);
        if (there == 0) {
            pool.put(1);
        }
        if (future != null) {
            a.check(a.served(future) == 1, "not what was put");
        }
        content(a, pool, future == null ? 1 : 0, future == null ? 1 : 0);
    }

    private static void poll(ScarceMemory.Attempt a, BlockingPool<Integer> pool) throws Exception {
        a.make(() -> a.check(pool.poll(1, TimeUnit.NANOSECONDS) == null, "took what is not there"));
        pool.put(1);
        content(a, pool, 1, 1);
    }

    private static void content(ScarceMemory.Attempt a, BlockingPool<Integer> pool, int sum, int size)
            throws Exception {
        a.check(pool.size() == size, "size " + pool.size() + " instead of " + size);
        int found = 0;
        for (int i = 0; i < size; i++) {
            found += pool.tryTake();
        }
        a.check(found == sum && pool.tryTake() == null, "an element is lost");
        var taker = pool.takeAsync();
        pool.put(9);
        a.check(a.served(taker) == 9, "not usable");
    }
}
