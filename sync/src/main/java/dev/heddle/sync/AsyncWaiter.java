// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;

/**
 * A future in a cell of a {@link CancellableQueueSynchronizer}: one object per wait, never used again.
 *
 * @param <T> what the queue hands out
 * @param <R> what the future is completed with
 */
abstract class AsyncWaiter<T, R> extends AbortableFuture<R> {
    private CellQueue<T> queue;
    private Segment segment; // null before the install and after grant or abort; a stale value only costs a failed CAS
    private int offset;

    AsyncWaiter() {}

    /** Turns the value into the result: calls {@code grant} or {@code grantFailure}. The cell has been won. */
    abstract void accept(T value);

    /** Notes where this waiter is going to stand; the compare-and-set on the cell publishes it. */
    final void place(CellQueue<T> q, Segment s, int o) {
        queue = q;
        segment = s;
        offset = o;
    }

    /** Lets go of the queue: a finished future in a user's hands must not keep segments reachable. */
    final void detach() {
        segment = null; // GC: a segment leads to all that follow it
    }

    @Override
    protected boolean abandon() {
        Threads.reserveStack(); // a cell that is being left must become final
        Segment s = segment;
        if (s == null || !queue.abort(s, offset, this)) {
            return false;
        }
        detach();
        return true;
    }

    /** The usual kind: completed with the value itself. */
    static final class Plain<T> extends AsyncWaiter<T, T> {
        @Override
        void accept(T value) {
            grant(value);
        }
    }
}
