// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Cursor;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;

/**
 * A store that gives out elements in the order of their inserts.
 *
 * @param <T> the elements
 */
final class QueueStore<T> extends ElementStore<T> {
    /* Implementation notes
     * Source         PLDI 2023, queue-based pool: an infinite array with a ticket for each insert and each fetch.
     * Idea           A fetch whose insert has its ticket but has not reached its cell yet does not wait for it: it spoils
     *                the cell and takes another ticket, and so does the insert.
     * State machine  cell: null -> element (insert) -> TAKEN (fetch);   null -> BROKEN (fetch)
     * Invariants     a cell sees one insert and one fetch; whoever comes second decides
     *                fetch tickets never overtake insert tickets: the pool has counted an element that was inserted
     *                before, and of the cells from the next fetch ticket on one holds it
     * Linearization  insert, fetch: its change of the cell. The order of elements is that of the tickets: first in,
     *                first out for inserts and fetches that do not overlap.
     * Ordering       the element is published by a compare-and-set and read volatile; the clearing is a release write:
     *                nobody looks at that cell again
     * Progress       Lock-free: an insert starts over only if a fetch has passed its cell, a fetch only if an insert has
     *                stopped before its own. Without a stop both are wait-free, but for the segment list.
     */
    static final int SEGMENT_SIZE = 32; // as in the channels: a new segment every 32 elements
    private static final int SPINS = 64; // an insert has a few steps to go, if its thread runs

    private final Cursor inserts;
    private final Cursor fetches;
    private final int spins;

    QueueStore() {
        this(SEGMENT_SIZE, SPINS);
    }

    QueueStore(int segmentSize, int spins) {
        Cursor[] ends = Cursor.of(2, segmentSize);
        this.inserts = ends[0];
        this.fetches = ends[1];
        this.spins = spins;
    }

    @Override
    void insert(T element) {
        for (; ; ) { // ends: repeats only if a fetch has passed the cell
            inserts.reserve(inserts.segment()); // alloc: before the ticket is taken
            Segment start = inserts.segment();
            long i = inserts.take();
            Segment s = locate(inserts, start, i);
            if (s.casCell(s.offsetOf(i), null, element)) {
                return;
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked") // insert stores elements only
    T fetch() {
        for (; ; ) { // ends: an element is there, behind at most as many spoilt cells as there are stopped inserts
            Segment start = fetches.segment();
            long i = fetches.take();
            assert i < inserts.index() : "fetched more than was inserted";
            Segment s = locate(fetches, start, i);
            s.cutPrev();
            int o = s.offsetOf(i);
            Object x = s.cell(o);
            if (x != null || (x = awaitInsert(s, o)) != null) {
                s.setCellRelease(o, CellState.TAKEN); // GC: the segment may outlive the element
                return (T) x;
            }
        }
    }

    /** The insert has its ticket, so it is a few steps away unless its thread was stopped. Null: the cell is spoilt. */
    private Object awaitInsert(Segment s, int o) {
        if (Threads.maySpin()) {
            for (int k = spins; k > 0 && s.cell(o) == null; k--) {
                Thread.onSpinWait();
            }
        }
        return s.casCell(o, null, CellState.BROKEN) ? null : s.cell(o);
    }

    /** The ticket is taken: there is no way back, so allocation is repeated until it succeeds. */
    private static Segment locate(Cursor cursor, Segment start, long index) {
        for (; ; ) {
            try {
                return cursor.locate(start, index);
            } catch (OutOfMemoryError retried) {
                Threads.giveWay();
            }
        }
    }
}
