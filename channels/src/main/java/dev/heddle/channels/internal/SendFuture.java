// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Threads;

/** The result of {@code sendAsync}. Its waiter, which lies in the cell, is another object: users may send this one. */
final class SendFuture<E> extends AbortableFuture<Void> {
    private CellSends<E> channel;
    private SendWaiter waiter; // null before the wait and after it

    SendFuture(CellSends<E> channel) {
        this.channel = channel;
    }

    /** Called before the waiter can be seen in its cell. */
    void waitsAs(SendWaiter w) {
        waiter = w;
    }

    void decided(boolean refused) {
        if (refused) {
            grantFailure(channel.closed());
        } else {
            grant(null);
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
        SendWaiter w = waiter;
        CellSends<E> c = channel;
        if (w == null || c == null || !c.abortSend(w)) {
            return false;
        }
        detach();
        c.reportAborted(w);
        return true;
    }
}
