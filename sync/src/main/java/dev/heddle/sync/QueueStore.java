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
     * Source         PLDI 2023, queue-based pool: a second infinite array.
     * State machine  cell: null -> element (insert) -> TAKEN (fetch);   null -> BROKEN (fetch)
     * Invariants     a cell sees one insert and one fetch; whoever comes second decides
     * Ordering       the element is published by a compare-and-set and read volatile; the clearing is a release write:
     *                nobody looks at that cell again
     * Progress       wait-free, but for the segment list, which is lock-free
     */
    static final int SEGMENT_SIZE = 32; // as in the channels: a new segment every 32 elements

    private final Cursor inserts;
    private final Cursor fetches;
    private final int spins;

    QueueStore(int segmentSize, int spins) {
        Cursor[] ends = Cursor.of(2, segmentSize);
        this.inserts = ends[0];
        this.fetches = ends[1];
        this.spins = spins;
    }

    @Override
    Object prepare(T element) {
        inserts.reserve(inserts.segment());
        return element;
    }

    @Override
    boolean tryInsert(Object element) {
        Segment start = inserts.segment();
        long i = inserts.take();
        Segment s = locate(inserts, start, i);
        return s.casCell(s.offsetOf(i), null, element);
    }

    @Override
    @SuppressWarnings("unchecked") // tryInsert stores elements only
    T tryFetch() {
        Segment start = fetches.segment();
        long i = fetches.take();
        Segment s = locate(fetches, start, i);
        s.cutPrev();
        int o = s.offsetOf(i);
        Object x = s.cell(o);
        if (x == null && (x = awaitInsert(s, o)) == null) {
            return null;
        }
        s.setCellRelease(o, CellState.TAKEN); // GC: the segment may outlive the element
        return (T) x;
    }

    /** The insert has been counted, so it is a few steps away unless its thread was stopped. */
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
