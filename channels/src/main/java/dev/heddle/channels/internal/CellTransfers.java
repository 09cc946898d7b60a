// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;
import java.util.function.Consumer;

/** Sends of a {@link CellChannel} that end when their element is received, though there is room: no limit, or no buffer. */
abstract class CellTransfers<E> extends CellSends<E> {
    /* Implementation notes
     * Idea         Without a buffer every send is a transfer: its limit is the next receive. A transfer on a channel without
     *              limit is such a send among others. Its element goes into the cell inside a waiter, which a receiver
     *              claims like any other. The plain ways to send and to receive know nothing of it.
     * Giving up    as without a buffer: if a receiver has the ticket of the cell, the element is received, and the abort
     *              comes too late. Else the cell is dead; nothing is counted where there is no limit.
     * Removal      of the element by a view is an abort by another, after which the transfer ends as if it were received.
     * Closing      A transfer that waits is an earlier send: it is delivered. A cancel refuses it.
     */
    CellTransfers(long room, int segmentSize, Consumer<? super E> onUndelivered) {
        super(room, segmentSize, onUndelivered);
    }

    /** Null: received, or removed; else CLOSED, TIMED_OUT or INTERRUPTED. */
    final CellState transfer(E element, Deadline deadline) {
        if (room == 0) {
            return send(element, deadline, true);
        }
        Threads.reserveStack();
        Transfer waiter = new Transfer(element, null); // alloc: before the ticket
        Segment start = start(SEND); // before the ticket
        return ended(sendSlow(start, takeSend(), element, waiter), deadline, true); // LP of its place in the order
    }

    /** Null: received. CLOSED. TIMED_OUT if no receiver waits. */
    final CellState transferNow(E element) {
        if (room == 0) {
            return sendNow(element);
        }
        Threads.reserveStack();
        for (; ; ) { // ends: repeats when another thread has made progress
            Segment start = start(SEND);
            long s = sends; // before the next receive
            if (s < 0) {
                return CellState.CLOSED;
            }
            if (s >= next()) { // LP
                return CellState.TIMED_OUT;
            }
            if (casSends(s, s + 1)) { // LP, if the cell does not turn out to be dead
                CellState result = visit(start, s, element, null);
                if (result != CellState.BROKEN) {
                    return result;
                }
            }
        }
    }
}
