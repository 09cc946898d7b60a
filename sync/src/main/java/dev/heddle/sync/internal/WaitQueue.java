// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Waiters in arrival order, over an infinite array: any thread enlists, any waiter leaves in O(1), and one thread at a
 * time, the <em>drainer</em>, serves the head.
 *
 * <p>A waiter is the {@code Thread} itself or a {@link Waiter} made for this one operation. This class knows nothing of
 * permits or locks: an {@link Owner} says what an arrival and an abort mean, and its own word decides who drains.
 */
public final class WaitQueue {
    /* Implementation notes
     * Source         Infinite array of PPoPP 2023; abort by marking the cell as in the CancellableQueueSynchronizer,
     *                PLDI 2023.
     * Idea           No grant ever rests in an empty cell: only an installed waiter is served. An enlisting thread puts
     *                itself into the first empty cell by compare-and-set and then moves the tail, so there are no holes:
     *                a thread that stalls or fails before that step is simply not in the queue.
     * State machine  null      -> waiter                          enlist
     *                waiter    -> SELECTED | CANCELLED | GRANTED  drainer | abort | the waiter itself, if barging
     *                SELECTED  -> GRANTED | waiter | ABORTING     drainer | drainer | abort
     *                ABORTING  -> GRANTED | CANCELLED             drainer
     *                GRANTED, CANCELLED are final. CANCELLED counts as dead; a GRANTED cell lies behind the head.
     * Invariants     sync 3, 4   GRANTED and CANCELLED exclude each other; each CANCELLED is counted once
     *                sync 9      cells fill in order, and the drainer passes none that is not final
     *                sync 12     an enlisting thread that stops before its compare-and-set hinders nobody
     * Linearization  a waiter's place in the order: the compare-and-set that fills its cell
     * Progress       Enlisting is lock-free. An abort takes one compare-and-set; one that meets SELECTED waits for the
     *                drainer to decide that cell (a few steps, no user code): the only place that blocks.
     * Deviations     PLDI 2023 takes tickets by fetch-and-add and so must let grants wait in empty cells, or break
     *                them. Here the owner's word is changed by compare-and-set on this path anyway.
     */

    /** The drainer is deciding whether this waiter gets what it waits for. */
    private static final Marker SELECTED = new Marker("SELECTED");
    /** As {@link #SELECTED}, and the waiter wants to leave. */
    private static final Marker ABORTING = new Marker("ABORTING");
    /** Served. */
    private static final Marker GRANTED = new Marker("GRANTED");
    /** Left. */
    private static final Marker CANCELLED = new Marker("CANCELLED");

    /** How long the first in line waits actively before it parks: less than a park and an unpark cost. */
    private static final long SPIN_NANOS = 4_000;

    /** What the owner of a queue does when the queue changes. */
    public interface Owner {
        /** This waiter was enlisted: perhaps it can be served. */
        void enlisted(Object waiter);

        /** A waiter whose arrival the owner had counted is gone: it left cell {@code index}, or never got one (-1). */
        void left(long index);

        /**
         * A waiting thread is awake and may serve itself, if the owner lets waiters compete.
         *
         * @param stays whether it is going to ask again at once, so that nobody need wake it meanwhile
         * @return true if it has what it waits for; its cell is {@linkplain #served(Segment, int) marked} then
         */
        default boolean compete(Object waiter, Segment segment, int offset, boolean stays) {
            return false;
        }
    }

    /** A waiter that is more than a thread. Made for one operation, never used again. */
    public interface Waiter {
        /**
         * Tells the waiter its cell, once, by the thread that enlisted it. It may have been served by then; but who
         * enlists a waiter gives it to nobody who would abort it before this call.
         */
        void place(Segment segment, int offset);

        /** The thread to unpark; null if there is none. */
        Thread thread();
    }

    private final Cursor tail;
    private final Cursor head; // moved by the drainer only

    /** Makes an empty queue whose segments have {@code segmentSize} cells. */
    public WaitQueue(int segmentSize) {
        Cursor[] ends = Cursor.of(2, segmentSize);
        tail = ends[0];
        head = ends[1];
    }

    /* Waiters. */

    /**
     * Enlists the calling thread, as itself or as a waiter of its own, and waits until it is served, interrupted (if
     * {@code interruptible}) or the deadline has passed.
     *
     * @return true if served. False if it left without: the thread was interrupted (the flag is set) or the deadline
     *     has passed
     */
    public boolean await(Object waiter, Owner owner, Object blocker, Deadline deadline, boolean interruptible) {
        return enlist(waiter, owner, blocker, deadline, interruptible);
    }

    /** Enlists a waiter that does not block. */
    public void enlist(Waiter waiter, Owner owner) {
        enlist(waiter, owner, null, null, false);
    }

    private boolean enlist(Object waiter, Owner owner, Object blocker, Deadline deadline, boolean interruptible) {
        Segment segment;
        int offset;
        try {
            for (; ; ) { // ends: whoever loses a cell has helped another waiter into the queue
                long i = tail.index();
                segment = tail.locate(tail.segment(), i);
                if (segment.firstIndex() > i) {
                    tail.raiseTo(segment.firstIndex()); // all between are dead
                    continue;
                }
                offset = segment.offsetOf(i);
                boolean mine = segment.cell(offset) == null && segment.casCell(offset, null, waiter);
                tail.advance(i);
                if (mine) {
                    if (waiter instanceof Waiter w) {
                        w.place(segment, offset);
                    }
                    break;
                }
            }
        } catch (Throwable t) { // no memory for a segment: it is not in the queue
            owner.left(-1);
            throw t;
        }
        owner.enlisted(waiter);
        return deadline == null || awaitVerdict(waiter, segment, offset, owner, blocker, deadline, interruptible);
    }

    /**
     * Waits in a cell until it is decided; see {@link #await}. Also for a waiter that another thread has enlisted on
     * its behalf.
     */
    public boolean awaitVerdict(
            Object waiter,
            Segment segment,
            int offset,
            Owner owner,
            Object blocker,
            Deadline deadline,
            boolean interruptible) {
        boolean interrupted = false;
        Error failure = null;
        Object state = segment.cell(offset);
        while (state != GRANTED && state != CANCELLED) { // ends: by a grant, or by our own abort
            interrupted |= Thread.interrupted();
            if ((interruptible && interrupted) || failure != null || deadline.passed()) {
                leave(state, waiter, segment, offset, owner);
            } else if (watchIfNext(waiter, segment, offset, owner, deadline)) {
                break;
            } else if (segment.cell(offset) == state) {
                failure = park(blocker, deadline);
            }
            state = segment.cell(offset);
        }
        if (interrupted) {
            Thread.currentThread().interrupt(); // sync 21: kept for the caller, whatever the verdict
        }
        if (failure != null && state == CANCELLED) {
            throw failure;
        }
        return state != CANCELLED;
    }

    /** Parks, perhaps for no time. The error, if parking failed: a virtual thread needs memory for it. */
    public static Error park(Object blocker, Deadline deadline) {
        try {
            deadline.park(blocker);
            return null;
        } catch (OutOfMemoryError | StackOverflowError e) {
            return e;
        }
    }

    /** One step of an abort. */
    private static void leave(Object state, Object waiter, Segment segment, int offset, Owner owner) {
        if (state == SELECTED) {
            segment.casCell(offset, SELECTED, ABORTING);
        } else if (state == ABORTING) {
            Threads.giveWay(); // the drainer is a few steps from its verdict
        } else {
            cancel(waiter, segment, offset, owner);
        }
    }

    /** Waits actively for a moment before the first in line parks; true if it has served itself. */
    private boolean watchIfNext(Object waiter, Segment segment, int offset, Owner owner, Deadline deadline) {
        if (isHead(segment.firstIndex() + offset) && deadline.maySpin()) {
            Object before = segment.cell(offset);
            long start = System.nanoTime();
            while (segment.cell(offset) == before && System.nanoTime() - start < SPIN_NANOS) { // ends: by time
                if (owner.compete(waiter, segment, offset, true)) {
                    return true;
                }
                Thread.onSpinWait();
            }
        }
        return owner.compete(waiter, segment, offset, false);
    }

    private static boolean cancel(Object waiter, Segment segment, int offset, Owner owner) {
        if (!segment.casCell(offset, waiter, CANCELLED)) {
            return false;
        }
        segment.onDeadCell();
        owner.left(segment.firstIndex() + offset);
        return true;
    }

    /**
     * Takes a waiter that does not block out of its cell. Waits if the drainer is just deciding the cell.
     *
     * @return true for one caller, and only if the waiter was not and will not be served
     */
    public static boolean abandon(Waiter waiter, Segment segment, int offset, Owner owner) {
        Threads.reserveStack(); // once out of its cell it must be counted out
        boolean asked = false;
        for (; ; ) { // ends: the drainer decides a selected cell without waiting for anybody
            Object state = segment.cell(offset);
            if (state == waiter) {
                if (cancel(waiter, segment, offset, owner)) {
                    return true;
                }
            } else if (state == SELECTED) {
                asked |= segment.casCell(offset, SELECTED, ABORTING);
            } else if (state == ABORTING) {
                Threads.giveWay();
            } else {
                return asked && state == CANCELLED;
            }
        }
    }

    /** Whether the cell at {@code segment}, {@code offset} was served. */
    public static boolean isGranted(Segment segment, int offset) {
        return segment.cell(offset) == GRANTED;
    }

    /** Whether cell {@code index} is the one the drainer looks at next. */
    public boolean isHead(long index) {
        return head.index() == index;
    }

    /* The drainer. */

    /** The first waiter that has not been served and has not left, or null; the head is moved to it. */
    public Object peek() {
        for (; ; ) { // ends: at a live waiter or behind the last cell that was ever filled
            Segment s = head.segment();
            long i = Math.max(head.index(), s.firstIndex());
            if (i == s.firstIndex() + s.size()) {
                Segment right = head.stepRight();
                if (right == null) {
                    return null;
                }
                right.cutPrev();
                head.setIndex(right.firstIndex());
                continue;
            }
            Object state = s.cell(s.offsetOf(i));
            if (state == CANCELLED || state == GRANTED) {
                head.setIndex(i + 1);
            } else {
                head.setIndex(i);
                return state;
            }
        }
    }

    /** The segment of the head, after {@link #peek()} gave a waiter. */
    public Segment headSegment() {
        return head.segment();
    }

    /** The position of the head in its segment, after {@link #peek()} gave a waiter. */
    public int headOffset() {
        return head.segment().offsetOf(head.index());
    }

    /** Passes the head, which is selected: from now on it is out of the next drainer's sight. */
    public void passHead() {
        head.setIndex(head.index() + 1);
    }

    /** Takes back {@link #passHead()}, while nobody else can have become the drainer. */
    public void unpassHead() {
        head.setIndex(head.index() - 1);
    }

    /** The index of the head, after {@link #peek()}. */
    public long headIndex() {
        return head.index();
    }

    /** An index that all waiters who were enlisted by now lie below. */
    public long tailIndex() {
        return tail.index();
    }

    /** Begins to decide a cell; false if its waiter has left. */
    public static boolean select(Segment segment, int offset, Object waiter) {
        return segment.casCell(offset, waiter, SELECTED);
    }

    /**
     * Decides against a selected waiter, for now.
     *
     * @return true if it waits on. False if it wanted to leave: it has left, and the owner's count is still to be put
     *     right
     */
    public static boolean deselect(Segment segment, int offset, Object waiter) {
        if (segment.casCell(offset, SELECTED, waiter)) {
            return true;
        }
        segment.setCell(offset, CANCELLED);
        segment.onDeadCell();
        unpark(waiter);
        return false;
    }

    /** Decides for a selected waiter, or for the calling thread's own cell. */
    public static void served(Segment segment, int offset) {
        segment.setCell(offset, GRANTED);
    }

    /** Wakes a waiter's thread, if it has one. */
    public static void unpark(Object waiter) {
        Thread t = threadOf(waiter);
        if (t != null) {
            LockSupport.unpark(t);
        }
    }

    /** The thread of a waiter; null if it has none, and for a cell that holds no waiter. */
    public static Thread threadOf(Object waiter) {
        if (waiter instanceof Thread t) {
            return t;
        }
        return waiter instanceof Waiter w ? w.thread() : null;
    }

    /* Queries. */

    /** The threads that wait, in order, by a scan: exact if nothing changes meanwhile. */
    public List<Thread> threads() {
        List<Thread> threads = new ArrayList<>();
        for (Segment s = head.segment(); s != null; s = s.next()) {
            for (int offset = 0; offset < s.size(); offset++) {
                Thread t = threadOf(s.cell(offset));
                if (t != null) {
                    threads.add(t);
                }
            }
        }
        return threads;
    }

    /** Segments between the ends, by a walk. */
    int segments() {
        int n = 0;
        for (Segment s = head.segment(); s != null; s = s.next()) {
            n++;
        }
        return n;
    }
}
