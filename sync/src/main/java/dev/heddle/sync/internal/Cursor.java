// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One end of an infinite array: a 64-bit counter that deals out cell indices, and the segment near it.
 *
 * <p>Several cursors share one list of segments; {@link #of(int, int)} makes them together. To visit the next cell an
 * operation must read {@link #segment()} <em>before</em> it takes a ticket and walk from there: read later, the segment
 * may already lie past the ticket's cell.
 *
 * <pre>{@code
 * Segment start = cursor.segment();
 * long ticket = cursor.take();
 * Segment s = cursor.locate(start, ticket);
 * if (s.firstIndex() > ticket) { cursor.raiseTo(s.firstIndex()); } // every cell in between is dead: take a new ticket
 * }</pre>
 */
public final class Cursor {
    /* Implementation notes
     * Source         PPoPP 2023, PLDI 2023: "findAndMoveForward".
     * Invariants     a segment that the cursor refers to has that reference in its pointer count, and is not removed
     *                the counter never goes back; the segment's id never goes back
     * Ordering       the counter is a volatile getAndAdd: "my ticket, then your counter" is a store-buffering pattern
     *                (litmus L2)
     * Progress       take: wait-free. locate, raiseTo: lock-free.
     */
    private volatile long index;
    private volatile Segment segment;

    private Cursor(Segment first) {
        SEGMENT.set(this, first);
    }

    /** Makes {@code count} cursors at index 0 over one fresh list with segments of {@code size} cells. */
    public static Cursor[] of(int count, int size) {
        Segment first = Segment.first(size, count);
        Cursor[] cursors = new Cursor[count];
        for (int i = 0; i < count; i++) {
            cursors[i] = new Cursor(first);
        }
        return cursors;
    }

    /** Takes the next index: one unconditional fetch-and-add. */
    public long take() {
        return (long) INDEX.getAndAdd(this, 1L);
    }

    /**
     * Makes sure, before a ticket is taken, that the next index has a segment. Other threads may take that index first,
     * so this makes a failure after the ticket rare, not impossible.
     *
     * @throws OutOfMemoryError if a segment can't be allocated; nothing has changed then
     */
    public void reserve(Segment start) {
        Segment.find(start, start.idOf(index));
    }

    /** The next index that {@link #take()} would give. */
    public long index() {
        return index;
    }

    /** Moves the counter from {@code expected} to the next index, if nobody else has done so. */
    public boolean advance(long expected) {
        return INDEX.compareAndSet(this, expected, expected + 1);
    }

    /** Moves the counter up to {@code target}, unless it is there or past it already. */
    public void raiseTo(long target) {
        for (; ; ) { // ends: the counter only grows, towards a fixed target
            long i = index;
            if (i >= target || INDEX.compareAndSet(this, i, target)) {
                return;
            }
        }
    }

    /** The segment near the counter: where to start a walk to an index taken afterwards. */
    public Segment segment() {
        return segment;
    }

    /**
     * The segment of cell {@code index}, or, if that segment is removed, the next one that is not. Moves this cursor
     * there. Appends what is missing.
     *
     * @throws OutOfMemoryError if a segment can't be allocated; the list is unchanged then
     */
    public Segment locate(Segment start, long index) {
        long wanted = start.idOf(index);
        if (start.id() == wanted && segment == start) {
            return start; // a segment that a cursor refers to is not removed
        }
        for (; ; ) {
            Segment s = Segment.find(start, wanted);
            if (moveTo(s)) {
                return s;
            }
        }
    }

    /**
     * Moves this cursor to the next segment that is not removed, without appending any.
     *
     * @return that segment; null if there is none
     */
    public Segment stepRight() {
        for (; ; ) { // ends: a segment that fails to be entered is removed, so the next look passes it
            Segment right = segment.next();
            while (right != null && right.isRemoved()) {
                right = right.next();
            }
            if (right == null || moveTo(right)) {
                return right;
            }
        }
    }

    /** Sets the counter. Only for a cursor that one thread at a time owns; ordered by whatever passes the ownership. */
    public void setIndex(long value) {
        INDEX.setRelease(this, value);
    }

    /** False if {@code to} was removed before the cursor could be moved to it. */
    private boolean moveTo(Segment to) {
        for (; ; ) {
            Segment cur = segment;
            if (cur.id() >= to.id()) {
                return true;
            }
            if (!to.tryAddPointer()) {
                return false;
            }
            if (SEGMENT.compareAndSet(this, cur, to)) {
                cur.dropPointer();
                return true;
            }
            to.dropPointer();
        }
    }

    @Override
    public String toString() {
        return "cursor " + index + " in " + segment;
    }

    // VarHandle mechanics
    private static final VarHandle INDEX = field("index", long.class);
    private static final VarHandle SEGMENT = field("segment", Segment.class);

    private static VarHandle field(String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), name, VarHandle.class, Cursor.class, type);
    }
}
