// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Cursor;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Settlement;
import dev.heddle.sync.internal.Threads;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** The algorithm of {@link CancellableQueueSynchronizer}; that class is its front and states the contract. */
abstract class CellQueue<T> {
    /* Implementation notes
     * Source         PLDI 2023, sections 3 (the queue), 4 (cancellation), 5 (synchronous resumption).
     * Idea           Two counters deal out the cells of one infinite array: one to sleepers, one to wakers. All that can
     *                happen between two partners happens on their one cell.
     * State machine  by:      suspend        resume                  abort
     *   null                  w | -          v                       -
     *   v (came first)        TAKEN          BROKEN (SYNC)           -
     *   w                     -              v | RESUMED (future)    CANCELLING (SMART), CANCELLED (SIMPLE)
     *   CANCELLING            -              v (ASYNC)               CANCELLED | REFUSE
     *   v (delegated)         -              -                       CANCELLED | REFUSE, then completes that resume
     *   v (delivered)         TAKEN          -                       -
     *   TAKEN, RESUMED, BROKEN, CANCELLED, REFUSE: final
     *                A thread waits as itself: the cell holds the Thread, and it parks until the cell holds something
     *                else. A future is an AsyncWaiter. A third kind (a clause of a select) would be an object with a
     *                claim word of its own, tried by resume after its compare-and-set on the cell; a lost claim counts
     *                as CANCELLED there.
     * Invariants     sync 3   a value reaches one waiter or completeRefusedResume: the cell changes hands by CAS or swap
     *                sync 4   only abort writes CANCELLED, and counts the cell dead if no resume has passed it
     *                sync 14  a SYNC resume waits at most `spins` rounds for a sleeper, or for a running handler
     *                no value is ever read as a state: a value that is a Thread or an AsyncWaiter travels in a Box
     * Linearization  suspend: its ticket. resume: its ticket. abort: the compare-and-set that takes the waiter out.
     * Ordering       Tickets and cells are volatile ("my ticket, then your cell": litmus L2). Only the clearing of a
     *                delivered value is a release: nobody but its owner looks at that cell again.
     * Memory errors  Before the ticket the segment of the next index is linked (Cursor.reserve): running out of memory
     *                there leaves nothing behind. Other threads may push our ticket past it; then there is no way back,
     *                and locate() allocates until somebody has linked the segment. A sleeper that fails before its
     *                ticket passes through the queue as a waiter that aborts at once (withdraw), without allocation.
     * Spinning       Only a sleeper that is next in line spins, before it installs itself: a grant that comes meanwhile
     *                costs no unpark. Never on a virtual thread, never on one processor.
     * Deviations     Both ends are allocated together at first use: an idle queue has no array.
     *                A resume under SMART raises the counter past a removed segment (the paper's compare-and-set on
     *                the own ticket can't succeed after a fetch-and-add).
     */

    static final int SEGMENT_SIZE = 16; // as in the paper
    static final int SPINS = 64; // rounds of onSpinWait, one to three microseconds
    private static final int SPIN_NANOS = 10_000; // whatever the rounds: about what a park and an unpark cost
    private static final Object DONE = new Object(); // resumeOne: succeeded, nothing to settle

    private final boolean sync;
    private final boolean smart;
    private final byte sizeShift; // log2 of the cells in a segment
    private final short spins;
    private volatile Ends ends; // null until first use

    CellQueue(boolean sync, boolean smart, int segmentSize, int spins) {
        this.sync = sync;
        this.smart = smart;
        this.sizeShift = (byte) Integer.numberOfTrailingZeros(segmentSize);
        this.spins = (short) spins;
    }

    // ---- hooks

    abstract boolean onCancellation();

    abstract void completeRefusedResume(T value);

    abstract Object blocker();

    /** Asked before a waiter is taken out; false: its outcome is decided, it goes on waiting. */
    boolean claimAbort() {
        return true;
    }

    /** Whether the sleeper of cell {@code index} can expect its resume soon, when {@code resumed} have gone out. */
    boolean isNext(long index, long resumed) {
        return index == resumed;
    }

    /** Called after a waiter has been taken out and its cell is final. */
    void abortDone() {}

    // ---- suspend

    /** Fails now or not at all, if it is memory that is missing; for stack see {@link CancellableQueueSynchronizer#prepare}. */
    final void reserve() {
        Threads.reserveStack();
        Cursor sleepers = ends().sleepers;
        sleepers.reserve(sleepers.segment());
    }

    /** {@link #await(Deadline, boolean)} for a limited time. */
    final Object await(long nanos, boolean interruptible) {
        Deadline deadline;
        try {
            deadline = Deadline.after(nanos);
        } catch (OutOfMemoryError failure) {
            return withdraw(failure);
        }
        return await(deadline, interruptible);
    }

    /** The core of all blocking forms: a cell state that holds a value, or BROKEN, INTERRUPTED, TIMED_OUT. */
    final Object await(Deadline deadline, boolean interruptible) {
        try {
            reserve();
        } catch (OutOfMemoryError | StackOverflowError failure) {
            return withdraw(failure);
        }
        Ends e = ends;
        Segment start = e.sleepers.segment();
        long i = e.sleepers.take(); // LP
        Segment s = locate(e.sleepers, start, i);
        int o = s.offsetOf(i);
        if (isNext(i, e.wakers.index()) && Threads.maySpin()) {
            spinWhile(s, o, null);
        }
        Thread me = Thread.currentThread();
        return s.casCell(o, null, me) ? park(s, o, me, deadline, interruptible) : s.swapCell(o, CellState.TAKEN);
    }

    private Object park(Segment s, int o, Thread me, Deadline deadline, boolean interruptible) {
        boolean interrupted = false;
        Object outcome = null;
        while (outcome == null) { // ends: by resume, or by our own abort
            Object x = s.cell(o); // HB: pairs with the CAS in meet()
            if (x != me) {
                s.setCellRelease(o, CellState.TAKEN); // GC: the segment may outlive the value
                outcome = x;
            } else if (Thread.interrupted()) {
                interrupted = true; // restored below, unless it is the outcome
                outcome = interruptible && abort(s, o, me) ? CellState.INTERRUPTED : null;
            } else {
                boolean over = deadline.passed(); // and still here: abort was refused, the outcome is on its way
                outcome = over && abort(s, o, me) ? CellState.TIMED_OUT : null;
                if (outcome == null) {
                    parkOnce(s, o, me, over ? Deadline.NEVER : deadline);
                }
            }
        }
        if (interrupted && outcome != CellState.INTERRUPTED) {
            me.interrupt();
        }
        return outcome;
    }

    private void parkOnce(Segment s, int o, Thread me, Deadline deadline) {
        try {
            deadline.park(blocker());
        } catch (OutOfMemoryError | StackOverflowError failure) { // parking a virtual thread allocates
            if (abort(s, o, me)) {
                throw failure;
            }
        }
    }

    final CompletableFuture<T> installPlain() {
        AsyncWaiter<T, T> waiter;
        try {
            waiter = new AsyncWaiter.Plain<>();
        } catch (OutOfMemoryError failure) {
            return completed(withdraw(failure));
        }
        return install(waiter) ? waiter : null;
    }

    /** Puts the waiter into a cell; false: the partner gave up (SYNC). The waiter may be granted already on return. */
    final boolean install(AsyncWaiter<T, ?> waiter) {
        try {
            reserve();
        } catch (OutOfMemoryError | StackOverflowError failure) {
            return grantNow(waiter, withdraw(failure));
        }
        Ends e = ends;
        Segment start = e.sleepers.segment();
        long i = e.sleepers.take(); // LP
        Segment s = locate(e.sleepers, start, i);
        int o = s.offsetOf(i);
        waiter.place(this, s, o);
        if (s.casCell(o, null, waiter)) {
            return true;
        }
        waiter.detach();
        return grantNow(waiter, s.swapCell(o, CellState.TAKEN));
    }

    private boolean grantNow(AsyncWaiter<T, ?> waiter, Object state) {
        if (state == CellState.BROKEN) {
            return false;
        }
        settle(waiter, value(state));
        return true;
    }

    /** Completes a waiter that stands in no cell. */
    static <T> void settle(AsyncWaiter<T, ?> waiter, T value) {
        acceptSurely(waiter, value);
        Settlement.run(Settlement.append(null, waiter));
    }

    /** Passes through the queue as a waiter that gives up at once; returns only if it is granted all the same. */
    private Object withdraw(Error failure) {
        Ends e = endsSurely();
        Segment start = e.sleepers.segment();
        long i = e.sleepers.take();
        Segment s = locate(e.sleepers, start, i);
        int o = s.offsetOf(i);
        Thread me = Thread.currentThread();
        if (s.casCell(o, null, me)) {
            if (abort(s, o, me)) {
                throw failure;
            }
            return park(s, o, me, Deadline.NEVER, false);
        }
        Object state = s.swapCell(o, CellState.TAKEN);
        if (state == CellState.BROKEN) {
            throw failure; // the partner starts over: nothing is owed to either side
        }
        return state;
    }

    // ---- resume

    /** How many of the resumes did not fail; null is allowed. */
    final long resumeMany(T value, long times) {
        Object state = stateOf(value);
        AbortableFuture<?> later = null;
        long resumed = 0;
        for (long k = 0; k < times; k++) {
            Object met = resumeOne(state, value);
            if (met != null) {
                resumed++;
                later = met == DONE ? later : Settlement.append(later, (AbortableFuture<?>) met);
            }
        }
        Settlement.run(later);
        return resumed;
    }

    final boolean resumeValue(T value) {
        return resumeOrFail(stateOf(value), value);
    }

    private boolean resumeOrFail(Object state, T value) {
        Object met = resumeOne(state, value);
        if (met != null && met != DONE) {
            Settlement.run(Settlement.append(null, (AbortableFuture<?>) met));
        }
        return met != null;
    }

    /** Null: failed. DONE: succeeded. A future: succeeded, and the future is still to be settled. */
    private Object resumeOne(Object state, T value) {
        Ends e = endsSurely();
        for (; ; ) { // ends: each round passes cells that are dead for good
            Segment start = e.wakers.segment();
            long i = e.wakers.take(); // LP
            Segment s = locate(e.wakers, start, i);
            s.cutPrev();
            if (s.firstIndex() <= i) {
                Object met = meet(s, s.offsetOf(i), state, value);
                if (met != CellState.CANCELLED) {
                    return met;
                }
            } else if (smart) {
                e.wakers.raiseTo(s.firstIndex()); // every cell in between is dead
            } else {
                return null;
            }
        }
    }

    /** As {@link #resumeOne} for one cell; CANCELLED: it has to be skipped. */
    @SuppressWarnings("FutureReturnValueIgnored") // the caller settles it
    private Object meet(Segment s, int o, Object state, T value) {
        for (int round = 0; ; round++) { // ends: a cell changes a few times only; a handler is being waited for
            Object x = s.cell(o);
            if (x instanceof Thread thread) {
                if (s.casCell(o, x, state)) { // HB: pairs with the read in park()
                    LockSupport.unpark(thread);
                    return DONE;
                }
            } else if (x == null) {
                if (s.casCell(o, null, state)) {
                    return sync ? awaitPartner(s, o, state) : DONE;
                }
            } else if (x instanceof AsyncWaiter) {
                if (s.casCell(o, x, CellState.RESUMED)) { // GC: the future may be large, the cell stays
                    @SuppressWarnings("unchecked") // only install() puts one there
                    AsyncWaiter<T, ?> waiter = (AsyncWaiter<T, ?>) x;
                    waiter.detach();
                    acceptSurely(waiter, value);
                    return waiter;
                }
            } else if (x == CellState.CANCELLED) {
                return smart ? CellState.CANCELLED : null;
            } else if (x == CellState.REFUSE) {
                completeRefusedResume(value);
                return DONE;
            } else { // CANCELLING: nothing else can meet a resume
                if (sync) {
                    pause(round);
                } else if (s.casCell(o, CellState.CANCELLING, state)) {
                    return DONE; // the handler completes this resume
                }
            }
        }
    }

    /** SYNC: waits for the sleeper of this cell for a bounded time; null if it did not come. */
    private Object awaitPartner(Segment s, int o, Object state) {
        if (Threads.maySpin()) {
            spinWhile(s, o, state);
        }
        return s.casCell(o, state, CellState.BROKEN) ? null : DONE;
    }

    // ---- abort

    /** Takes the waiter out of its cell; false: it was or will be resumed. */
    final boolean abort(Segment s, int o, Object waiter) {
        if (s.cell(o) != waiter || !claimAbort()) {
            return false;
        }
        if (!s.casCell(o, waiter, smart ? CellState.CANCELLING : CellState.CANCELLED)) { // LP
            return false;
        }
        if (smart) {
            boolean out = false;
            try {
                out = onCancellation();
            } finally {
                settleAbort(s, o, out);
            }
        } else {
            s.onDeadCell();
        }
        return true;
    }

    private void settleAbort(Segment s, int o, boolean out) {
        Object left = s.swapCell(o, out ? CellState.CANCELLED : CellState.REFUSE);
        if (left != CellState.CANCELLING) { // a resume has left its value to us
            T value = value(left);
            if (out) {
                resumeOrFail(left, value);
            } else {
                completeRefusedResume(value);
            }
        } else if (out) {
            s.onDeadCell();
        }
        abortDone();
    }

    // ---- helpers

    /** The segment of a ticket that is taken: there is no way back, so allocation is repeated until it succeeds. */
    private static Segment locate(Cursor cursor, Segment start, long index) {
        for (; ; ) {
            try {
                return cursor.locate(start, index);
            } catch (OutOfMemoryError retried) { // memory comes back, or the process has other troubles
                Threads.giveWay();
            }
        }
    }

    /** Tells a waiter whose cell is won: there is no way back either. */
    private static <T> void acceptSurely(AsyncWaiter<T, ?> waiter, T value) {
        for (; ; ) {
            try {
                waiter.accept(value);
                return;
            } catch (OutOfMemoryError retried) { // a result that has to be allocated
                Threads.giveWay();
            }
        }
    }

    private static <R> CompletableFuture<R> completed(Object state) {
        for (; ; ) {
            try {
                return CompletableFuture.completedFuture(CellQueue.<R>value(state));
            } catch (OutOfMemoryError retried) {
                Threads.giveWay();
            }
        }
    }

    private void spinWhile(Segment s, int o, Object state) {
        long start = System.nanoTime();
        for (int k = spins; k > 0 && s.cell(o) == state && System.nanoTime() - start < SPIN_NANOS; k--) {
            Thread.onSpinWait();
        }
    }

    /** One round of waiting for a running handler; on one processor or a virtual thread it lets others run. */
    private void pause(int round) {
        if (round < spins && Threads.maySpin()) {
            Thread.onSpinWait();
        } else {
            Threads.giveWay();
        }
    }

    private Object stateOf(T value) {
        if (value == null) {
            return Box.NULL;
        }
        return value instanceof Thread || value instanceof AsyncWaiter ? boxed(value) : value;
    }

    /** The primitive has counted this resume: there is no way back. */
    private static Box boxed(Object value) {
        for (; ; ) {
            try {
                return new Box(value);
            } catch (OutOfMemoryError retried) {
                Threads.giveWay();
            }
        }
    }

    /** The value that a cell state stands for; null for an outcome without one. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // states come from stateOf() only
    static <R> R value(Object state) {
        if (state instanceof CellState) {
            return null;
        }
        return (R) (state instanceof Box box ? box.content : state);
    }

    private Ends ends() {
        Ends e = ends;
        if (e != null) {
            return e;
        }
        Ends fresh = new Ends(1 << sizeShift);
        return ENDS.compareAndSet(this, null, fresh) ? fresh : ends;
    }

    private Ends endsSurely() {
        for (; ; ) {
            try {
                return ends();
            } catch (OutOfMemoryError retried) {
                Threads.giveWay();
            }
        }
    }

    /** Waiters passed and to come, for messages. */
    @Override
    public String toString() {
        Ends e = ends;
        String state = e == null ? "unused" : "sleepers = " + e.sleepers.index() + ", wakers = " + e.wakers.index();
        return getClass().getSimpleName() + "@" + Integer.toHexString(hashCode()) + "[" + state + "]";
    }

    /** For tests: the segment that the next resume starts from, or null before first use. */
    final Segment head() {
        Ends e = ends;
        return e == null ? null : e.wakers.segment();
    }

    private static final class Ends {
        final Cursor sleepers;
        final Cursor wakers;

        Ends(int segmentSize) {
            Cursor[] both = Cursor.of(2, segmentSize);
            sleepers = both[0];
            wakers = both[1];
        }
    }

    /** A value that could be taken for a state of a cell. */
    private static final class Box {
        static final Box NULL = new Box(null);

        final Object content;

        Box(Object content) {
            this.content = content;
        }
    }

    // VarHandle mechanics
    private static final VarHandle ENDS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "ends", VarHandle.class, CellQueue.class, Ends.class);
}
