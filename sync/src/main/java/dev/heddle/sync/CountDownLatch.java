// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Threads;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Lets threads and futures wait until a number of events has happened. Source compatible with
 * {@link java.util.concurrent.CountDownLatch}: a program that changes its import behaves the same.
 *
 * <p>The latch opens when {@link #countDown()} has been called as often as the count given to the constructor, and stays
 * open. Whoever opens it wakes all waiters, in the order of their arrival, in time linear in their number and constant
 * stack; those that have given up cost it nothing.
 *
 * <p><b>Memory effects.</b> What precedes {@code countDown()} happens-before the return of an {@code await} that found the
 * latch open, and before the completion of its futures.
 *
 * <p><b>Progress.</b> {@code countDown} that does not open the latch, {@code getCount} and {@code await} on an open latch
 * are wait-free. A waiter gives up in O(1).
 *
 * <p>Source: PLDI 2023 (the CancellableQueueSynchronizer), section on the count-down latch.
 */
public class CountDownLatch {
    /* Implementation notes
     * Source         PLDI 2023, count-down latch: two counters and a queue.
     * Idea           A waiter announces itself in `waiters`; the opener closes `waiters` for newcomers with OPEN in the
     *                same step that tells it how many announced themselves, and resumes exactly that many.
     * State machine  waiters: n -> n+1 (await) | n-1 (abort) | OPEN+n (opener, once); after OPEN nobody is resumed who
     *                has announced himself later, and nobody waits then.
     * Invariants     sync 3   resumes = waiters in the queue when OPEN was set
     *                sync 6   abort after OPEN: the resume is under way, its cell refuses it
     *                count goes down to zero; calls on an open latch take it below, and back to zero before it wraps
     * Linearization  countDown: its fetch-and-add. await: the read of count <= 0, or the resume.
     * Ordering       count and waiters are volatile: "announce, then look for OPEN" against "OPEN, then the number".
     */
    private static final long OPEN = 1L << 62;
    private static final int LOWEST = -(1 << 30); // of the count: as many threads would have to meet here to wrap it

    private volatile int count; // events still to come; zero or less: open
    private volatile long waiters; // announced waiters, and OPEN
    private final Waiters queue;

    /**
     * Makes a latch that waits for {@code count} events.
     *
     * @param count how many events; an open latch if zero
     * @throws IllegalArgumentException if {@code count} is negative
     */
    public CountDownLatch(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("count < 0: " + count);
        }
        COUNT.set(this, count);
        this.queue = new Waiters();
    }

    /** For tests. */
    CountDownLatch(int count, int segmentSize, int spins) {
        COUNT.set(this, count);
        this.queue = new Waiters(segmentSize, spins);
    }

    /** Counts one event; the last one opens the latch. Without effect on an open latch. */
    public void countDown() {
        Threads.reserveStack(); // an error after the last event would leave the waiters behind
        int before = (int) COUNT.getAndAdd(this, -1); // LP; no look before it, which would fetch the cache line twice
        if (before == 1) {
            open();
        } else if (before < LOWEST) {
            COUNT.compareAndSet(this, before - 1, 0);
        }
    }

    private void open() {
        long announced = (long) WAITERS.getAndAdd(this, OPEN);
        queue.resumeMany(null, announced);
    }

    /**
     * Waits until the latch is open.
     *
     * @throws InterruptedException if interrupted on entry, even if the latch is open, or while waiting
     */
    public void await() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (count > 0 && awaitSlow(Deadline.NEVER, true) == CellState.INTERRUPTED) {
            throw new InterruptedException();
        }
    }

    /**
     * Waits until the latch is open, for a limited time; zero or less does not wait.
     *
     * @param timeout how long to wait
     * @param unit of the timeout
     * @return whether the latch is open
     * @throws InterruptedException as for {@link #await()}
     */
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (count <= 0) {
            return true;
        }
        return nanos > 0 && await(Deadline.after(nanos));
    }

    final boolean await(Deadline deadline) throws InterruptedException {
        Object outcome = awaitSlow(deadline, true);
        if (outcome == CellState.INTERRUPTED) {
            throw new InterruptedException();
        }
        return outcome != CellState.TIMED_OUT;
    }

    /** For the barrier: waits whatever happens. */
    final void awaitUninterruptibly() {
        if (count > 0) {
            awaitSlow(Deadline.NEVER, false);
        }
    }

    private Object awaitSlow(Deadline deadline, boolean interruptible) {
        queue.prepare();
        return announce() ? queue.await(deadline, interruptible) : null;
    }

    /** False if the latch is open: then there is nothing to wait for. */
    private boolean announce() {
        return (long) WAITERS.getAndAdd(this, 1L) < OPEN;
    }

    /**
     * Waits for the latch without blocking.
     *
     * @return a future that is completed when the latch opens. Any other completion of it ({@code cancel},
     *     {@code orTimeout}, …) takes it out of the queue.
     */
    public CompletableFuture<Void> awaitAsync() {
        if (count <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        AsyncWaiter<Void, Void> waiter = new AsyncWaiter.Plain<>();
        queue.prepare();
        if (!announce()) {
            return CompletableFuture.completedFuture(null);
        }
        queue.install(waiter);
        return waiter;
    }

    /** {@return how many events are still to come} Zero for an open latch. */
    public long getCount() {
        return Math.max(count, 0);
    }

    /** {@return the usual identification of an object, followed by {@code [Count = n]}} */
    @Override
    public String toString() {
        return super.toString() + "[Count = " + Math.max(count, 0) + "]"; // not getCount(), which may be overridden
    }

    final Waiters queue() {
        return queue;
    }

    final class Waiters extends CancellableQueueSynchronizer<Void> {
        private Waiters() {
            super(Resumption.ASYNC, Cancellation.SMART);
        }

        private Waiters(int segmentSize, int spins) {
            super(Resumption.ASYNC, Cancellation.SMART, segmentSize, spins);
        }

        @Override
        protected boolean onCancellation() {
            return (long) WAITERS.getAndAdd(CountDownLatch.this, -1L) < OPEN;
        }

        @Override
        protected void completeRefusedResume(Void value) {} // the latch is open, the waiter has left: nothing to undo

        @Override
        protected Object blocker() {
            return CountDownLatch.this;
        }
    }

    // VarHandle mechanics
    private static final VarHandle COUNT = field("count", int.class);
    private static final VarHandle WAITERS = field("waiters", long.class);

    private static VarHandle field(String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), name, VarHandle.class, CountDownLatch.class, type);
    }
}
