// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Marker;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;
import java.util.function.Consumer;

/** Places of a {@link CellChannel} that are kept for a send to come. */
abstract class CellReservations<E> extends CellTransfers<E> {
    /* Implementation notes
     * Idea         A kept place is one that the limit is not raised for: gap - 1. So gap counts dead cells less kept places,
     *              and all that moves the window leaves the kept ones alone. pending + 1 keeps the window open.
     * Taken        from the free places: an empty cell below the limit is made BROKEN and not counted in gap, which is the
     *              same; or, when there is none, by whoever would raise the limit next: for those who wait, in order of
     *              arrival, before it is raised for a waiting sender.
     * Used         by a send with an ordinary ticket. Below the limit it puts its element there and gives the kept place
     *              back. Beyond, it leaves a KeptSend and goes; whoever claims that (the limit passes it, a receiver takes it)
     *              gives the place back.
     * Waiting      in a line of threads, which each leaves at constant cost. An error ends a wait as an interrupt does: a
     *              place that was granted meanwhile is the outcome.
     * Invariant    channels 15  live places + kept ones <= capacity
     */
    CellReservations(long room, int segmentSize, Consumer<? super E> onUndelivered) {
        super(room, segmentSize, onUndelivered);
    }

    /** Null: kept. Else CLOSED, INTERRUPTED or TIMED_OUT. */
    final CellState keepRoom(Deadline deadline) {
        Threads.reserveMoreStack();
        CellState result = keepFree();
        return result == CellState.TIMED_OUT ? waitForRoom(deadline) : result;
    }

    /** Null: kept. CLOSED. TIMED_OUT: at one instant there was no free place. */
    private CellState keepFree() {
        for (; ; ) { // ends: repeats only when another thread has changed the window
            if (sends < 0) {
                return CellState.CLOSED;
            }
            if (isUnlimited()) {
                return null;
            }
            enter();
            Segment from = start(RECEIVE); // before the window
            Window w = official();
            if (w == null) {
                continue;
            }
            if (w.isCancelled()) {
                return CellState.CLOSED;
            }
            if (w.mark != null || w.live() < room) {
                settled(null, expand(null));
                continue;
            }
            Window.Mark mark = freeCell(from, w);
            if (mark == null) {
                return CellState.TIMED_OUT;
            }
            Window marked = w.marked(mark);
            if (casWindow(w, marked)) {
                finishMark(marked);
                if (mark.segment().cell(mark.offset()) == CellState.BROKEN) {
                    return null;
                }
            }
        }
    }

    private Window.Mark freeCell(Segment from, Window w) {
        Segment s = from;
        for (long i = Math.max(sends & Long.MAX_VALUE, w.next); i < w.limit; i++) {
            s = findSurely(s, i);
            if (s.firstIndex() > i) {
                i = s.firstIndex() - 1; // all dead
            } else if (s.cell(s.offsetOf(i)) == null) {
                return new Window.Mark(s, s.offsetOf(i), null, true);
            }
        }
        return null;
    }

    private CellState waitForRoom(Deadline deadline) {
        SlotWaiter<Marker> me = SlotWaiter.ofThread();
        reserverLine().install(me);
        if (!announce()) {
            me.abort();
            return CellState.CLOSED;
        }
        CellState free = null;
        try {
            free = keepFree(); // whoever made room before the announcement did not look into the line
            if (free == CellState.TIMED_OUT) {
                me.await(this, deadline, true);
            }
        } finally {
            if (!me.abort() && free == null && me.verdict() == KEPT) {
                giveBack(); // one is enough; or none is, after an error
            }
            unannounce();
        }
        if (free == null || me.verdict() == KEPT) {
            return null;
        }
        if (free == CellState.CLOSED || me.verdict() == SlotWaiter.CLOSED) {
            return CellState.CLOSED;
        }
        return Thread.interrupted() ? CellState.INTERRUPTED : CellState.TIMED_OUT;
    }

    /** Keeps the window open: whoever makes room from now on looks into the queue. False: cancelled. */
    private boolean announce() {
        for (; ; ) { // ends: repeats only when another thread has changed the window
            enter();
            Window w = official();
            if (w != null && w.isCancelled()) {
                return false;
            }
            if (w != null && casWindow(w, w.pending(1))) {
                return true;
            }
        }
    }

    /** A kept place is not needed any more. */
    final void giveBack() {
        if (!isUnlimited()) {
            changeKept(-1);
            settled(null, expand(null));
        }
    }

    /** Sends with a kept place, which the caller does not have any more afterwards. */
    final void sendIntoKept(E element, KeptSend<E> waiter) {
        Segment start = start(SEND); // before the ticket
        CellState result = sendSlow(start, takeSend(), element, waiter);
        if (result == null || result == CellState.CLOSED) {
            giveBack();
        }
        if (result == CellState.CLOSED) {
            finishClosing();
            throw undelivered(element, closed());
        }
    }
}
