// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Latch, barrier and a user's primitive without memory. */
final class ScarceMemoryOthers {
    private ScarceMemoryOthers() {}

    static Map<String, Runnable> cases() {
        return new ScarceMemory()
                .add("latch awaitAsync", ScarceMemoryOthers::awaitAsync)
                .add("latch await, timed", ScarceMemoryOthers::awaitTimed)
                .addSure("latch countDown", ScarceMemoryOthers::countDown)
                .add("barrier, first arrives", ScarceMemoryOthers::firstArrives)
                .add("barrier, last arrives", a -> lastArrives(a, null))
                .add("barrier, last arrives, action", a -> lastArrives(a, () -> {}))
                .add("barrier await, timed", ScarceMemoryOthers::barrierTimed)
                .add("barrier reset", ScarceMemoryOthers::reset)
                .add("suspendAsync", ScarceMemoryOthers::suspendAsync)
                .add("suspend, timed", ScarceMemoryOthers::suspendTimed)
                .addSure("resume first", ScarceMemoryOthers::resumeFirst)
                .addSure("resume", ScarceMemoryOthers::resume)
                .cases();
    }

    private static void awaitAsync(ScarceMemory.Attempt a) throws Exception {
        var latch = new CountDownLatch(1, 1, 0);
        var before = latch.awaitAsync();
        var future = a.future(latch::awaitAsync);
        var after = latch.awaitAsync();
        latch.countDown();
        a.check(before.isDone() && after.isDone() && (future == null || future.isDone()), "not served");
    }

    private static void awaitTimed(ScarceMemory.Attempt a) throws Exception {
        var latch = new CountDownLatch(1, 1, 0);
        var before = latch.awaitAsync();
        a.make(() -> a.check(!latch.await(1, TimeUnit.NANOSECONDS), "open"));
        var after = latch.awaitAsync();
        latch.countDown();
        a.check(before.isDone() && after.isDone(), "not served");
    }

    private static void countDown(ScarceMemory.Attempt a) throws Exception {
        var latch = new CountDownLatch(1, 1, 0);
        var first = latch.awaitAsync();
        var second = latch.awaitAsync();
        a.make(latch::countDown);
        a.check(latch.getCount() == 0 && first.isDone() && second.isDone(), "not served");
    }

    private static void firstArrives(ScarceMemory.Attempt a) throws Exception {
        var barrier = new CyclicBarrier(2, null, 1, 0);
        var first = a.future(barrier::awaitAsync);
        a.check(!barrier.isBroken(), "broken");
        a.check(barrier.getNumberWaiting() == (first == null ? 0 : 1), "waiting " + barrier.getNumberWaiting());
        trips(a, barrier, first);
    }

    private static void lastArrives(ScarceMemory.Attempt a, Runnable action) throws Exception {
        var barrier = new CyclicBarrier(2, action, 1, 0);
        var first = barrier.awaitAsync();
        var last = a.future(barrier::awaitAsync);
        a.check(!barrier.isBroken(), "broken");
        a.check(barrier.getNumberWaiting() == (last == null ? 1 : 0), "waiting " + barrier.getNumberWaiting());
        a.check(first.isDone() == (last != null), "not served");
        trips(a, barrier, last == null ? first : null);
        trips(a, barrier, null);
    }

    private static void trips(ScarceMemory.Attempt a, CyclicBarrier barrier, CompletableFuture<Integer> waiting)
            throws Exception {
        var first = waiting == null ? barrier.awaitAsync() : waiting;
        a.check(a.served(barrier.awaitAsync()) == 0 && a.served(first) == 1, "indexes");
        a.check(barrier.getNumberWaiting() == 0 && !barrier.isBroken(), "not idle");
    }

    private static void barrierTimed(ScarceMemory.Attempt a) throws Exception {
        var barrier = new CyclicBarrier(2, null, 1, 0);
        a.make(() -> {
            try {
                barrier.await(1, TimeUnit.NANOSECONDS);
                a.check(false, "tripped");
            } catch (TimeoutException | BrokenBarrierException expected) {
                a.check(barrier.isBroken(), "not broken");
            }
        });
        if (barrier.isBroken()) {
            barrier.reset();
        }
        a.check(barrier.getNumberWaiting() == 0, "waiting " + barrier.getNumberWaiting());
        trips(a, barrier, null);
    }

    private static void reset(ScarceMemory.Attempt a) throws Exception {
        var barrier = new CyclicBarrier(3, null, 1, 0);
        var first = barrier.awaitAsync();
        boolean done = a.make(barrier::reset);
        a.check(first.isCompletedExceptionally() == done, "not reset, or not served");
        barrier.reset();
        a.check(first.isCompletedExceptionally() && !barrier.isBroken(), "not usable");
        var one = barrier.awaitAsync();
        var two = barrier.awaitAsync();
        a.check(a.served(barrier.awaitAsync()) == 0 && one.isDone() && two.isDone(), "not served");
    }

    /** A semaphore as a user may write it. */
    static final class Permits extends CancellableQueueSynchronizer<Boolean> {
        private final AtomicInteger state = new AtomicInteger();

        Permits() {
            super(Resumption.ASYNC, Cancellation.SMART, 1, 0);
        }

        CompletableFuture<Boolean> acquireAsync() {
            if (state.getAndDecrement() <= 0) {
                return suspendAsync();
            }
            return CompletableFuture.completedFuture(true);
        }

        void release() {
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

    private static void suspendAsync(ScarceMemory.Attempt a) throws Exception {
        var permits = new Permits();
        var before = permits.acquireAsync();
        var future = a.future(permits::acquireAsync);
        a.check(permits.state.get() == (future == null ? -1 : -2), "state " + permits.state);
        permits.release();
        if (future != null) {
            permits.release();
        }
        a.check(before.isDone() && (future == null || future.isDone()), "not served");
        usable(a, permits);
    }

    private static void suspendTimed(ScarceMemory.Attempt a) throws Exception {
        var permits = new Permits();
        var before = permits.acquireAsync();
        a.make(() -> {
            permits.state.getAndDecrement();
            permits.suspend(1, TimeUnit.NANOSECONDS);
        });
        a.check(permits.state.get() == -1, "state " + permits.state);
        permits.release();
        a.check(before.isDone(), "not served");
        usable(a, permits);
    }

    /** Of a resume and a suspend that are certain to come, the resume comes first; the suspend may find no memory. */
    private static void resumeFirst(ScarceMemory.Attempt a) throws Exception {
        var permits = new Permits();
        permits.state.getAndDecrement();
        var future = a.future(() -> {
            permits.release();
            return permits.suspendAsync();
        });
        a.check(future == null || future.isDone(), "not served");
        a.check(future != null || permits.state.get() >= 0, "state " + permits.state);
    }

    private static void resume(ScarceMemory.Attempt a) throws Exception {
        var permits = new Permits();
        var first = permits.acquireAsync();
        var second = permits.acquireAsync();
        a.make(() -> {
            permits.release();
            permits.release();
        });
        a.check(first.isDone() && second.isDone(), "not served");
        usable(a, permits);
    }

    private static void usable(ScarceMemory.Attempt a, Permits permits) {
        a.check(permits.state.get() == 0, "state " + permits.state);
        var waiter = permits.acquireAsync();
        a.check(!waiter.isDone(), "a permit out of nothing");
        permits.release();
        a.check(waiter.isDone() && permits.state.get() == 0, "not usable");
    }
}
