// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** The operations of latch, barrier, pools and a user's primitive in {@link EveryDepth}. */
final class OthersAtEveryDepth {
    private static final int MANY = 2_000; // more than there are levels

    private OthersAtEveryDepth() {}

    static void all(boolean fair) {
        countDown();
        awaitLatch();
        arrive();
        breakBarrier();
        users();
        for (BlockingPool<Integer> pool : List.of(
                BlockingPool.<Integer>fifo(fair ? Fairness.FIFO : Fairness.BARGING),
                BlockingPool.<Integer>lifo(fair ? Fairness.FIFO : Fairness.BARGING))) {
            pool(pool);
            poolWithTakers(pool);
        }
    }

    /** The last count of many latches: whoever waits is served if it succeeded, and else it is still to be made. */
    private static void countDown() {
        List<CountDownLatch> latches = new ArrayList<>();
        List<CompletableFuture<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            latches.add(new CountDownLatch(1));
            waiters.add(latches.get(i).awaitAsync());
        }
        var next = new int[1];
        var run = EveryDepth.run(() -> {
            latches.get(next[0]).countDown();
            next[0]++;
        });
        for (int i = 0; i < MANY; i++) {
            boolean open = i < next[0];
            run.check(latches.get(i).getCount() == (open ? 0 : 1), "countDown: " + i + " of " + next[0]);
            run.check(waiters.get(i).isDone() == open, "countDown: waiter " + i + " of " + next[0]);
        }
    }

    private static void awaitLatch() {
        var latch = new CountDownLatch(1);
        var run = EveryDepth.run(() -> {
            try {
                latch.await(1, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        List<CompletableFuture<Void>> waiters = new ArrayList<>();
        var async = EveryDepth.run(() -> waiters.add(latch.awaitAsync()));
        List<CompletableFuture<Void>> left = new ArrayList<>(waiters);
        var cancel = EveryDepth.run(() -> {
            if (!left.isEmpty()) {
                left.get(left.size() - 1).cancel(false);
                left.remove(left.size() - 1);
            }
        });
        var last = latch.awaitAsync();
        latch.countDown();
        run.check(last.isDone(), "latch: not served");
        for (CompletableFuture<Void> waiter : waiters) {
            async.check(waiter.isDone(), "latch: not served");
        }
        cancel.check(latch.getCount() == 0, "latch: " + latch);
    }

    private static void arrive() {
        var barrier = new CyclicBarrier(2);
        var before = barrier.awaitAsync();
        before.cancel(false); // breaks it
        barrier.reset();
        List<CompletableFuture<Integer>> arrivals = new ArrayList<>(2 * MANY);
        var run = EveryDepth.run(() -> arrivals.add(barrier.awaitAsync()));
        run.check(!barrier.isBroken(), "arrive: broken");
        run.check(barrier.getNumberWaiting() == run.successes() % 2, "arrive: " + barrier.getNumberWaiting());
        if (run.successes() % 2 != 0) {
            run.check(barrier.awaitAsync().join() == 0, "arrive: not the last");
        }
        for (CompletableFuture<Integer> arrival : arrivals) {
            run.check(arrival.isDone() && !arrival.isCompletedExceptionally(), "arrive: not served");
        }
    }

    private static void breakBarrier() {
        var barrier = new CyclicBarrier(3);
        var run = EveryDepth.run(() -> {
            try {
                barrier.await(0, TimeUnit.NANOSECONDS);
            } catch (TimeoutException | BrokenBarrierException e) {
                barrier.reset();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        barrier.reset();
        run.check(!barrier.isBroken() && barrier.getNumberWaiting() == 0, "break: " + barrier.getNumberWaiting());
        var first = barrier.awaitAsync();
        var second = barrier.awaitAsync();
        run.check(barrier.awaitAsync().join() == 0 && first.isDone() && second.isDone(), "break: not served");
    }

    /** A semaphore as a user may write it; see {@link CancellableQueueSynchronizer#prepare()}. */
    private static final class Permits extends CancellableQueueSynchronizer<Boolean> {
        private final AtomicInteger state = new AtomicInteger();

        Permits() {
            super(Resumption.ASYNC, Cancellation.SMART);
        }

        void acquireTimed() {
            prepare();
            if (state.getAndDecrement() <= 0) {
                try {
                    suspend(1, TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }

        CompletableFuture<Boolean> acquireAsync() {
            var taken = CompletableFuture.completedFuture(true);
            prepare();
            return state.getAndDecrement() > 0 ? taken : suspendAsync();
        }

        void release() {
            prepare();
            if (state.getAndIncrement() < 0) {
                resume(true);
            }
        }

        @Override
        protected boolean onCancellation() {
            return state.getAndIncrement() < 0;
        }

        @Override
        protected void completeRefusedResume(Boolean permit) {}
    }

    private static void users() {
        var permits = new Permits();
        var timed = EveryDepth.run(permits::acquireTimed);
        timed.check(permits.state.get() == 0, "suspend: " + permits.state);
        List<CompletableFuture<Boolean>> waiters = new ArrayList<>(MANY);
        var async = EveryDepth.run(() -> waiters.add(permits.acquireAsync()));
        async.check(permits.state.get() == -waiters.size(), "suspendAsync: " + permits.state);
        var release = EveryDepth.run(permits::release);
        release.check(permits.state.get() == release.successes() - waiters.size(), "resume: " + permits.state);
        while (permits.state.get() < 0) {
            permits.release();
        }
        for (CompletableFuture<Boolean> waiter : waiters) {
            release.check(waiter.isDone(), "resume: not served");
        }
    }

    private static void pool(BlockingPool<Integer> pool) {
        List<Integer> taken = new ArrayList<>(2 * MANY);
        var next = new int[1];
        var put = EveryDepth.run(() -> {
            pool.put(next[0]);
            next[0]++;
        });
        put.check(pool.size() == next[0], "put: " + pool);
        var take = EveryDepth.run(() -> {
            Integer element = pool.tryTake();
            if (element != null) {
                taken.add(element);
            }
        });
        Integer rest = pool.tryTake();
        while (rest != null) {
            taken.add(rest);
            rest = pool.tryTake();
        }
        taken.sort(null);
        take.check(taken.size() == next[0], "take: " + taken.size() + " of " + next[0]);
        for (int i = 0; i < next[0]; i++) {
            take.check(taken.get(i) == i, "take: " + taken);
        }
    }

    private static void poolWithTakers(BlockingPool<Integer> pool) {
        List<CompletableFuture<Integer>> takers = new ArrayList<>(MANY);
        var wait = EveryDepth.run(() -> takers.add(pool.takeAsync()));
        var timed = EveryDepth.run(() -> {
            try {
                if (pool.poll(1, TimeUnit.NANOSECONDS) != null) {
                    throw new AssertionError("took what is not there");
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        timed.check(pool.size() == 0, "poll: " + pool);
        var next = new int[1];
        EveryDepth.run(() -> {
            pool.put(next[0]);
            next[0]++;
        });
        while (next[0] < takers.size()) {
            pool.put(next[0]++);
        }
        int size = next[0] - takers.size();
        wait.check(pool.size() == size, "put: " + pool + " instead of " + size);
        List<Integer> taken = new ArrayList<>();
        for (CompletableFuture<Integer> taker : takers) {
            wait.check(taker.isDone(), "put: not served");
            taken.add(taker.join());
        }
        for (int i = 0; i < size; i++) {
            taken.add(pool.tryTake());
        }
        taken.sort(null);
        for (int i = 0; i < next[0]; i++) {
            wait.check(taken.get(i) == i, "put: " + taken);
        }
    }

    static void inAnotherThread(Runnable action) {
        Thread thread = new Thread(action);
        thread.start();
        join(thread);
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
