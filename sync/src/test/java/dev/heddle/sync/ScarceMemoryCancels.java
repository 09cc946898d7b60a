// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Futures that are cancelled without memory: a cancel that fails can be repeated. */
@SuppressWarnings("LockNotBeforeTry") // each operation by itself
final class ScarceMemoryCancels {
    private ScarceMemoryCancels() {}

    static Map<String, Runnable> cases() {
        var all = new ScarceMemory();
        for (boolean fair : new boolean[] {true, false}) {
            String kind = fair ? " fair" : " barging";
            all.add("cancel acquireAsync" + kind, a -> semaphore(a, fair))
                    .add("cancel lockAsync" + kind, a -> mutex(a, fair))
                    .add("cancel readLockAsync" + kind, a -> readers(a, fair))
                    .add("cancel takeAsync" + kind, a -> pool(a, fair));
        }
        return all.add("cancel latch awaitAsync", ScarceMemoryCancels::latch)
                .add("cancel barrier awaitAsync", ScarceMemoryCancels::barrier)
                .cases();
    }

    private static void cancel(ScarceMemory.Attempt a, CompletableFuture<?> future) throws Exception {
        boolean cancelled = a.make(() -> a.check(future.cancel(false), "not cancelled"));
        a.check(cancelled || future.cancel(false), "can't be cancelled any more: " + future);
        a.check(future.isCancelled(), "not cancelled: " + future);
    }

    private static void semaphore(ScarceMemory.Attempt a, boolean fair) throws Exception {
        var semaphore = Semaphore.withSegmentSize(1, fair, 1, 1);
        var first = semaphore.acquireAsync(2);
        var second = semaphore.acquireAsync();
        cancel(a, first);
        a.check(second.isDone() && semaphore.getQueueLength() == 0, "not served");
        a.check(semaphore.availablePermits() == 0, "a permit is lost: " + semaphore);
    }

    private static void mutex(ScarceMemory.Attempt a, boolean fair) throws Exception {
        var mutex = ScarceMemoryLocks.mutex(fair);
        mutex.lock();
        var first = mutex.lockAsync();
        var second = mutex.lockAsync();
        cancel(a, first);
        mutex.unlock();
        a.served(second).close();
        ScarceMemoryLocks.idle(a, mutex);
    }

    private static void readers(ScarceMemory.Attempt a, boolean fair) throws Exception {
        var both = ScarceMemoryLocks.both(fair);
        var reader = both.readLockAsync().join();
        var writer = both.writeLockAsync();
        var behind = both.readLockAsync();
        cancel(a, writer);
        a.served(behind).close();
        reader.close();
        ScarceMemoryLocks.idle(a, both);
    }

    private static void pool(ScarceMemory.Attempt a, boolean fair) throws Exception {
        BlockingPool<Integer> pool = BlockingPool.lifo(fair ? Fairness.FIFO : Fairness.BARGING, 1);
        var first = pool.takeAsync();
        var second = pool.takeAsync();
        cancel(a, first);
        pool.put(1);
        a.check(a.served(second) == 1 && pool.size() == 0, "not served");
    }

    private static void latch(ScarceMemory.Attempt a) throws Exception {
        var latch = new CountDownLatch(1, 1, 0);
        var first = latch.awaitAsync();
        var second = latch.awaitAsync();
        cancel(a, first);
        latch.countDown();
        a.check(second.isDone(), "not served");
    }

    private static void barrier(ScarceMemory.Attempt a) throws Exception {
        var barrier = new CyclicBarrier(3, null, 1, 0);
        var first = barrier.awaitAsync();
        var second = barrier.awaitAsync();
        cancel(a, first);
        a.check(second.isCompletedExceptionally() && barrier.isBroken(), "not broken");
        barrier.reset();
        a.check(!barrier.isBroken(), "not usable");
    }
}
