// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Marker;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Settlement;
import dev.heddle.sync.internal.Threads;
import dev.heddle.sync.internal.WaitQueue;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A receiver that waits in a {@link ReceiverLine}: one thread or one future, for one element. Made for one wait.
 *
 * @param <E> the type of the element
 */
class SlotWaiter<E> {
    /* Implementation notes
     * State machine  null -> element | ABORTED | CLOSED. The one compare-and-set is claim and delivery.
     * Who counts     the cell is made dead, and counted, by the abort that won the word and by nobody else
     */
    /** The receiver gave up. */
    static final Marker ABORTED = new Marker("ABORTED");
    /** The channel was closed. */
    static final Marker CLOSED = new Marker("CLOSED");

    private final Thread thread; // null: a future waits
    private Future<E> future; // null: a thread waits, or the future is out of the line
    private volatile Object verdict;
    private Segment segment; // this and the offset: written before the cell is filled, by whom it is filled
    private int offset;

    SlotWaiter(Thread thread) {
        this.thread = thread;
    }

    /** The calling thread as a waiter. */
    static <E> SlotWaiter<E> ofThread() {
        return new SlotWaiter<>(Thread.currentThread());
    }

    /** A future as a waiter. */
    static <E> SlotWaiter<E> ofFuture(Future<E> future) {
        SlotWaiter<E> waiter = new SlotWaiter<>(null);
        waiter.future = future;
        future.waiter = waiter;
        return waiter;
    }

    /** Notes the cell that this waiter is going to stand in. */
    final void place(Segment s, int o) {
        segment = s;
        offset = o;
    }

    /** The index of its cell. */
    final long index() {
        return segment.firstIndex() + offset;
    }

    /** Writes the last state of its cell; by who has won {@link #claim}. */
    final void finishCell(Marker state) {
        segment.setCellRelease(offset, state);
    }

    /** The element, {@link #ABORTED}, {@link #CLOSED}, or null while it waits. */
    Object verdict() {
        return verdict;
    }

    /** Decides how the wait ends; true for one caller. */
    boolean claim(Object outcome) {
        return VERDICT.compareAndSet(this, null, outcome);
    }

    /** Gives up; false if the wait has ended otherwise. */
    boolean abort() {
        if (!claim(ABORTED)) {
            return false;
        }
        leaveCell();
        return true;
    }

    final void leaveCell() {
        finishCell(ReceiverLine.LEFT); // nobody else writes the cell of a waiter that has left
        segment.onDeadCell();
    }

    final boolean isInCell() {
        return segment != null && segment.cell(offset) == this;
    }

    /** Tells the receiver the verdict. Called once, by whoever has won {@link #claim}; dependents of a future run. */
    final void wake(Throwable closed) {
        Settlement.run(wake(closed, null));
    }

    /** As {@link #wake(Throwable)}, but a future is added to the chain instead of settled. */
    AbortableFuture<?> wake(Throwable closed, AbortableFuture<?> chain) {
        Future<E> f = future;
        if (f == null) {
            LockSupport.unpark(thread);
            return chain;
        }
        f.settle(verdict, closed);
        return Settlement.append(chain, f);
    }

    /** Waits for the verdict of the calling thread's own waiter; aborts it when its time is over. Keeps an interrupt. */
    final Object await(Object blocker, Deadline deadline, boolean interruptible) {
        boolean interrupted = false;
        Error failure = null;
        while (verdict == null) { // ends: by a claim, ours or another's
            interrupted |= Thread.interrupted();
            if ((interruptible && interrupted) || failure != null || deadline.passed()) {
                abort();
            } else {
                failure = WaitQueue.park(blocker, deadline);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt(); // channels 13: kept, whatever the verdict
        }
        if (failure != null && verdict == ABORTED) {
            throw failure;
        }
        return verdict;
    }

    @Override
    public String toString() {
        return "receiver " + (thread == null ? "future" : thread) + " " + verdict;
    }

    /** What a receiver that does not block is given. */
    static final class Future<E> extends AbortableFuture<E> {
        private SlotWaiter<E> waiter; // null once it is out of the line; a stale value only costs a failed claim

        @SuppressWarnings("unchecked") // only elements and markers are verdicts
        void settle(Object verdict, Throwable closed) {
            waiter = null; // GC: a segment leads to all that follow it
            if (verdict == CLOSED) {
                grantFailure(closed);
            } else {
                grant((E) verdict);
            }
        }

        @Override
        protected boolean abandon() {
            Threads.reserveStack(); // a cell that is being left must become final
            SlotWaiter<E> w = waiter;
            if (w == null || !w.abort()) {
                return false;
            }
            waiter = null; // GC
            return true;
        }
    }

    // VarHandle mechanics
    private static final VarHandle VERDICT = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "verdict", VarHandle.class, SlotWaiter.class, Object.class);
}
