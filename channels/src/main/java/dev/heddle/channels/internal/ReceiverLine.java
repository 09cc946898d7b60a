// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Cursor;
import dev.heddle.sync.internal.Marker;
import dev.heddle.sync.internal.Segment;

/**
 * Receivers that wait for an element, in order of arrival; also threads that wait for a place to keep. Any number of
 * threads may add, serve and close at once; a receiver leaves at constant cost. What cells are in the line is said by the
 * owner: it passes their end.
 *
 * @param <E> the type of the elements
 */
final class ReceiverLine<E> {
    /* Implementation notes
     * Source         infinite array of PPoPP 2023
     * State machine  cell: null -> waiter -> SERVED | LEFT | TOLD.  LEFT is counted dead.
     * Invariants     channels 8   cells fill in order without holes; serve claims the first waiter whose claim it wins,
     *                             and every cell before that one is final
     *                channels 17  all cells below the head are final
     * Progress       lock-free. A server that stops anywhere holds up nobody: the next one passes over what it has won.
     * Deviations     WaitQueue (sync) has one drainer, and a word of the owner's to say who; here the element travels in
     *                the claim, so that servers need not exclude each other.
     */
    /** Got an element. */
    private static final Marker SERVED = new Marker("SERVED");
    /** Gave up. */
    static final Marker LEFT = new Marker("LEFT");
    /** Was told that the channel is closed. */
    private static final Marker TOLD = new Marker("TOLD");

    private final Cursor tail;
    private final Cursor head;

    ReceiverLine(int segmentSize) {
        Cursor[] ends = Cursor.of(2, segmentSize);
        tail = ends[0];
        head = ends[1];
    }

    /**
     * Puts a waiter into the first empty cell.
     *
     * @return the index of the cell
     * @throws OutOfMemoryError if there is no memory for a segment; the waiter is not in the line
     */
    long install(SlotWaiter<E> waiter) {
        for (; ; ) { // ends: whoever loses a cell has helped another waiter into the line
            long i = tail.index();
            Segment s = tail.locate(tail.segment(), i);
            if (s.firstIndex() > i) {
                tail.raiseTo(s.firstIndex()); // all between are dead
                continue;
            }
            int offset = s.offsetOf(i);
            waiter.place(s, offset);
            boolean mine = s.cell(offset) == null && s.casCell(offset, null, waiter);
            tail.advance(i);
            if (mine) {
                return i;
            }
        }
    }

    /**
     * Gives an element to the first waiter in a cell below {@code end}.
     *
     * @return false if all of them have been served or have left
     */
    boolean serve(E element, long end) {
        for (; ; ) { // ends: every turn passes a cell for good
            SlotWaiter<E> first = first(end);
            if (first == null) {
                return false;
            }
            boolean won = first.claim(element); // LP of the send
            if (won) {
                first.finishCell(SERVED); // GC: the segment may outlive the element
            }
            head.advance(first.index());
            if (won) {
                first.wake(null);
                return true;
            }
        }
    }

    /**
     * Who has waited longest in a cell below {@code end}, or is just leaving; null if nobody has. Needs no memory if
     * {@link #end} gave the end.
     */
    SlotWaiter<E> first(long end) {
        for (; ; ) { // ends: every turn passes a cell for good
            Segment start = head.segment();
            long i = head.index();
            if (i >= end) {
                return null;
            }
            Segment s = head.locate(start, i);
            s.cutPrev();
            if (s.firstIndex() > i) {
                head.raiseTo(s.firstIndex());
                continue;
            }
            SlotWaiter<E> waiter = waiter(s, s.offsetOf(i));
            if (waiter != null) {
                return waiter;
            }
            head.advance(i);
        }
    }

    /** The end of the cells that are filled by now. */
    long end() {
        return tail.index();
    }

    /**
     * Tells every waiter in a cell below {@code end} that the channel is closed. Any number of threads may do it at once;
     * when one returns, all are told.
     *
     * @return futures that the caller has to settle
     */
    AbortableFuture<?> close(long end, Throwable closed) {
        return tellAll(claimAll(end), end, closed);
    }

    /** From right to left: a sender that is still at work finds the first of those who wait, and nobody behind it. */
    private Segment claimAll(long end) {
        Segment s = tail.segment();
        for (; ; ) {
            for (int offset = s.size() - 1; offset >= 0; offset--) {
                SlotWaiter<E> waiter = s.firstIndex() + offset < end ? waiter(s, offset) : null;
                if (waiter != null) {
                    waiter.claim(SlotWaiter.CLOSED);
                }
            }
            Segment left = s.prev();
            if (left == null) {
                return s;
            }
            s = left;
        }
    }

    private AbortableFuture<?> tellAll(Segment first, long end, Throwable closed) {
        AbortableFuture<?> chain = null;
        for (Segment s = first; s != null && s.firstIndex() < end; s = s.next()) {
            for (int offset = 0; offset < s.size() && s.firstIndex() + offset < end; offset++) {
                SlotWaiter<E> waiter = waiter(s, offset);
                if (waiter != null && waiter.verdict() == SlotWaiter.CLOSED && s.casCell(offset, waiter, TOLD)) {
                    chain = waiter.wake(closed, chain);
                }
            }
        }
        return chain;
    }

    /** How many wait, by a scan. */
    int waiting() {
        int n = 0;
        for (Segment s = head.segment(); s != null; s = s.next()) {
            for (int offset = 0; offset < s.size(); offset++) {
                SlotWaiter<E> waiter = waiter(s, offset);
                n += waiter != null && waiter.verdict() == null ? 1 : 0;
            }
        }
        return n;
    }

    /** Segments between the ends, by a walk. */
    int segments() {
        int n = 0;
        for (Segment s = head.segment(); s != null; s = s.next()) {
            n++;
        }
        return n;
    }

    @SuppressWarnings("unchecked") // install stores waiters for E only
    private SlotWaiter<E> waiter(Segment s, int offset) {
        return s.cell(offset) instanceof SlotWaiter<?> waiter ? (SlotWaiter<E>) waiter : null;
    }
}
