// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A block of cells of an infinite array: cells {@code id * size .. id * size + size - 1}, linked to its neighbours.
 *
 * <p>A cell is a volatile reference that its owner gives a meaning to; the segment itself knows only how many of its
 * cells are <em>dead</em> (reached a final state in which nobody needs them again) and how many cursors point at it. A
 * segment whose cells are all dead and that no cursor points at is <em>removed</em>: it is unlinked in O(1), whatever
 * stands before and behind it, and never comes alive again.
 *
 * <p>Source: N. Koval, D. Alistarh, R. Elizarov, <i>Fast and Scalable Channels in Kotlin Coroutines</i>, PPoPP 2023,
 * section on the infinite array; also used by the CancellableQueueSynchronizer, PLDI 2023. Every method is lock-free.
 */
public final class Segment {
    /* Implementation notes
     * Source         PPoPP 2023 (segment list), PLDI 2023 (cell counting).
     * Idea           One word holds both counts, so "all dead and no pointer" is one atomic fact: exactly one
     *                increment or decrement makes it true, and whoever made it true unlinks the segment.
     * State machine  alive -> removed. The last segment of the list may be removed in this sense and still be linked:
     *                an append needs something to append to. Whoever appends behind it unlinks it.
     * Invariants     sync 4   each dead cell is counted once, by the thread that made it dead
     *                sync 16  a removed segment is unreachable from every cursor, but for the tail
     * Ordering       next is published by a compare-and-set after plain construction (litmus L4); prev only ever
     *                gets null or a segment further left.
     * Progress       Lock-free: each loop repeats only after another thread removed or appended a segment.
     * Deviations     32 bits for each count: a pointer is counted before the cursor is moved, so the count can be as
     *                high as the number of threads for a moment; a narrow field would overflow into its neighbour.
     */

    private static final int POINTER_SHIFT = 32; // pointers in the upper half, dead cells in the lower
    private static final long ONE_POINTER = 1L << POINTER_SHIFT;

    private final long first; // index of the first cell
    private final int shift; // log2 of the number of cells
    private final int
            mask; // number of cells - 1: at hand sooner than the length of the array, which is found through it
    private final Object[] cells; // by CELLS, but for a racy search
    private volatile Segment next; // set once to a new segment, later moved right over removed ones
    private volatile Segment prev; // null once everything to the left is finished
    private volatile long word; // pointers | dead cells

    private Segment(long id, int shift, Segment prev, int pointers) {
        this.first = id << shift;
        this.shift = shift;
        this.mask = (1 << shift) - 1;
        this.cells = new Object[1 << shift];
        PREV.set(this, prev);
        WORD.set(this, pointers * ONE_POINTER);
    }

    /**
     * Makes the first segment of an array, with {@code pointers} cursors counted.
     *
     * @param size cells in each segment, a power of two
     * @param pointers how many cursors are going to be set on it
     * @throws IllegalArgumentException if {@code size} is not a positive power of two
     */
    public static Segment first(int size, int pointers) {
        if (Integer.bitCount(size) != 1 || size < 1) {
            throw new IllegalArgumentException("segment size " + size + " is not a power of two");
        }
        return new Segment(0, Integer.numberOfTrailingZeros(size), null, pointers);
    }

    /** Position of this segment in the array: its first cell has the index {@code id() * size()}. */
    public long id() {
        return first >>> shift;
    }

    /** Number of cells. */
    public int size() {
        return mask + 1;
    }

    /** Id of the segment that cell {@code index} of the array belongs to. */
    public long idOf(long index) {
        return index >>> shift;
    }

    /** Whether cell {@code index} lies in this segment; never for a negative one. */
    public boolean isAt(long index) {
        return index >= first && index - first <= mask;
    }

    /** Position inside its segment of cell {@code index} of the array. */
    public int offsetOf(long index) {
        return (int) index & mask;
    }

    /** Index in the array of this segment's first cell. */
    public long firstIndex() {
        return first;
    }

    /* Cells. */

    /** Volatile read of a cell. */
    public Object cell(int offset) {
        return CELLS.getVolatile(cells, offset);
    }

    /** The first cell at or behind {@code from} that does not hold {@code state}, as plain reads show it; else the size. */
    public int firstWithout(Object state, int from) {
        Object[] all = cells;
        int offset = from;
        while (offset < all.length && all[offset] == state) {
            offset++;
        }
        return offset;
    }

    /** Volatile write of a cell. */
    public void setCell(int offset, Object state) {
        CELLS.setVolatile(cells, offset, state);
    }

    /** Release write of a cell: only for an owner that nobody else looks at this cell after. */
    public void setCellRelease(int offset, Object state) {
        CELLS.setRelease(cells, offset, state);
    }

    /** As {@link #setCellRelease} for each of {@code count} cells, with the first of these states. */
    public void setCellsRelease(int offset, Object[] states, int count) {
        VarHandle.releaseFence();
        System.arraycopy(states, 0, cells, offset, count);
    }

    /** Compare-and-set of a cell. */
    public boolean casCell(int offset, Object expected, Object state) {
        return CELLS.compareAndSet(cells, offset, expected, state);
    }

    /** Swaps the content of a cell. */
    public Object swapCell(int offset, Object state) {
        return CELLS.getAndSet(cells, offset, state);
    }

    /** Counts one more dead cell. The caller has just made a cell dead, and nobody else counts that cell. */
    public void onDeadCell() {
        long after = (long) WORD.getAndAdd(this, 1L) + 1;
        if (after == size()) {
            remove();
        }
    }

    /* The list. */

    /** Whether all cells are dead and no cursor points here. */
    public boolean isRemoved() {
        return word == size();
    }

    /** The segment behind this one, or null. */
    public Segment next() {
        return next;
    }

    /**
     * Lets go of the segments behind this one, which then says that it is its own next: a segment that has grown old in
     * the heap would keep them all, dead as it is. Only where every later walk can begin somewhere else.
     */
    public void cutNext() {
        next = this;
    }

    /** The segment before this one, or null if there is none that anybody still needs. */
    public Segment prev() {
        return prev;
    }

    /** Lets everything left of this segment become garbage: no operation needs an index below this segment any more. */
    public void cutPrev() {
        if (prev != null) {
            prev = null;
        }
    }

    /** The first segment at or right of {@code start} that is not removed and has at least the id {@code wanted}. */
    public static Segment find(Segment start, long wanted) {
        Segment cur = start;
        while (cur.id() < wanted || cur.isRemoved()) {
            Segment right = cur.next;
            cur = right != null ? right : cur.append();
        }
        return cur;
    }

    /** Links a new segment behind this one, unless there is one; returns what is there. */
    public Segment append() {
        Segment fresh = new Segment(id() + 1, shift, this, 0);
        return link(fresh) ? fresh : next;
    }

    /**
     * Links a new segment behind this one whose cells from {@code offset} on hold {@code count} states, those in {@code states}
     * from {@code from} on; false if there is a segment behind this one, which stays as it is.
     */
    public boolean append(Object[] states, int from, int offset, int count) {
        Segment fresh = new Segment(id() + 1, shift, this, 0);
        System.arraycopy(states, from, fresh.cells, offset, count);
        return link(fresh);
    }

    private boolean link(Segment fresh) {
        if (!NEXT.compareAndSet(this, null, fresh)) { // HB: publishes the fresh segment, and what its cells hold
            return false;
        }
        if (isRemoved()) {
            remove(); // it was the tail until now, so nobody else could
        }
        return true;
    }

    /** Counts a cursor that is about to point here; false if this segment is removed. */
    public boolean tryAddPointer() {
        for (; ; ) {
            long w = word;
            if (w == size()) {
                return false;
            }
            if (WORD.compareAndSet(this, w, w + ONE_POINTER)) {
                return true;
            }
        }
    }

    /** Takes a cursor back; unlinks this segment if that was the last thing that held it. */
    public void dropPointer() {
        long after = (long) WORD.getAndAdd(this, -ONE_POINTER) - ONE_POINTER;
        if (after == size()) {
            remove();
        }
    }

    private void remove() {
        while (next != null && next != this) { // the tail stays linked; what was cut off is unlinked already
            Segment left = aliveLeft();
            Segment right = aliveRight();
            right.relinkPrev(left);
            if (left != null && left.next != left) {
                left.next = right;
            }
            // A neighbour that was removed meanwhile may have linked itself back through our write: do its work too.
            boolean rightGone = right.isRemoved() && right.leadsOn();
            boolean leftGone = left != null && left.isRemoved();
            if (!rightGone && !leftGone) {
                return;
            }
        }
    }

    private Segment aliveLeft() {
        Segment cur = prev;
        while (cur != null && cur.isRemoved()) {
            cur = cur.prev;
        }
        return cur;
    }

    private Segment aliveRight() {
        Segment cur = next;
        while (cur.isRemoved() && cur.leadsOn()) {
            cur = cur.next;
        }
        return cur;
    }

    private boolean leadsOn() {
        Segment right = next;
        return right != null && right != this;
    }

    /** Points prev to {@code left}, unless the left side was cut off. */
    private void relinkPrev(Segment left) {
        for (; ; ) {
            Segment p = prev;
            if (p == null || PREV.compareAndSet(this, p, left)) {
                return;
            }
        }
    }

    /** Position, live pointers and dead cells: for messages. */
    @Override
    public String toString() {
        long w = word;
        return "segment " + id() + " [pointers = " + (w >>> POINTER_SHIFT) + ", dead = " + (int) w + "/" + size() + "]";
    }

    // VarHandle mechanics
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle NEXT = field("next", Segment.class);
    private static final VarHandle PREV = field("prev", Segment.class);
    private static final VarHandle WORD = field("word", long.class);

    private static VarHandle field(String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), name, VarHandle.class, Segment.class, type);
    }
}
