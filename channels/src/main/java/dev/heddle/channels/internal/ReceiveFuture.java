// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Threads;

/** The result of {@code receiveAsync}. Its waiter, which lies in the cell, is another object: users may send this one. */
final class ReceiveFuture<E> extends AbortableFuture<E> {
    private CellReceives<E> channel;
    private ReceiveWaiter waiter; // null before the wait and after it

    ReceiveFuture(CellReceives<E> channel) {
        this.channel = channel;
    }

    /** Called before the waiter can be seen in its cell. */
    void waitsAs(ReceiveWaiter w) {
        waiter = w;
    }

    @SuppressWarnings("unchecked") // an outcome that is no state is an element
    void decided(Object outcome) {
        if (outcome == CellState.CLOSED) {
            grantFailure(channel.closed());
        } else {
            grant((E) outcome);
        }
        detach();
    }

    private void detach() {
        waiter = null; // GC: a waiter leads to the segments
        channel = null;
    }

    @Override
    protected boolean abandon() {
        Threads.reserveStack(); // a cell that is being left must become final
        ReceiveWaiter w = waiter;
        if (w == null || !w.abort()) {
            return false;
        }
        detach();
        return true;
    }
}
