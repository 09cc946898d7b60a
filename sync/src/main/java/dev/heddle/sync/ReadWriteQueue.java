// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static dev.heddle.sync.ReadWriteWord.DIRTY;
import static dev.heddle.sync.ReadWriteWord.DRAIN;
import static dev.heddle.sync.ReadWriteWord.GRANT;
import static dev.heddle.sync.ReadWriteWord.ONE_READ;
import static dev.heddle.sync.ReadWriteWord.READS;
import static dev.heddle.sync.ReadWriteWord.TURN;
import static dev.heddle.sync.ReadWriteWord.WAITING_READS;
import static dev.heddle.sync.ReadWriteWord.WAITING_WRITES;
import static dev.heddle.sync.ReadWriteWord.WOKEN;
import static dev.heddle.sync.ReadWriteWord.WRITER;
import static dev.heddle.sync.ReadWriteWord.servable;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Settlement;
import dev.heddle.sync.internal.Threads;
import dev.heddle.sync.internal.WaitQueue;
import java.io.Serial;
import java.io.Serializable;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The core of {@link ReadWriteMutex}: how many readers and writers are inside, the queues of those who wait, and the
 * phases in which they are let in. Knows nothing of owners and reentrancy.
 */
final class ReadWriteQueue implements Serializable {
    /* Implementation notes
     * Source         The word, the two queues and the alternation of phases: the ReadWriteMutex of
     *                Kotlin/kotlinx.coroutines#2045, by the authors of the CancellableQueueSynchronizer, PLDI 2023; the
     *                phases themselves: B. Brandenburg, J. Anderson, Spin-Based Reader-Writer Synchronization for
     *                Multiprocessor Real-Time Systems, Real-Time Systems 46, 2010. How waiters are served: the drained
     *                queue, as in PermitQueue, so that try-operations are linearizable.
     *
     * Idea           One word says who is inside and how many wait; every step is a compare-and-set on it. One thread at a
     *                time, the drainer, looks at the heads of the queues. It selects a waiter's cell first, so that the
     *                waiter can't leave any more, and only then lets it in by changing the word; what the word says is
     *                therefore always true. A step that may let somebody in hands the drain to the running drainer
     *                (DIRTY) or becomes the drainer, with the same compare-and-set that makes the step.
     *                A batch is the part of the readers' queue that may enter now: all cells below batchEnd, the end of
     *                the queue when the drainer first saw TURN, or when it last saw no waiting writer. So a stream of
     *                readers can't keep a waiting writer out, nor a stream of writers a waiting reader.
     *
     * State machine  W, R    a writer is inside; holds of readers inside. R > 0 beside W: reads of the writer itself
     *                w, r    waiting writers, waiting readers
     *                TURN    readers waited when a writer left, or the last waiting writer gave up: they are next
     *                read enters     !W, w = 0                       R + 1
     *                write enters    !W, R = 0, w = 0, r = 0         W
     *                wait            otherwise                       r + 1 or w + 1, then install, then drain
     *                read leaves     R - 1                           drain if servable
     *                write leaves    !W, and TURN if r > 0           drain if servable
     *                abort           r - 1 or w - 1                  drain if servable
     *                                then !TURN if r = 0, else TURN if it was the last waiting writer
     *                tryRead         !W                              R + 1        whoever waits
     *                tryWrite        !W, R = 0                       W            whoever waits
     *                servable        !W and (r > 0 and (TURN or w = 0), or w > 0 and R = 0)
     *                drainer         W: stop. TURN: batchEnd = end of the readers' queue, !TURN. w = 0: batchEnd likewise.
     *                                a reader stands below batchEnd: select, then R + 1, r - 1, granted
     *                                else R = 0 and a writer stands in its queue: select, then W, w - 1, granted
     *                                else stop. A selected waiter that may not enter any more (a try came first) is
     *                                deselected. Stop: DRAIN off, by compare-and-set from the value that was examined
     *
     * Barging        (fair = false) A writer enters whenever !W and R = 0; a reader also in the readers' TURN. Who leaves
     *                lets no thread in but wakes the one that a drainer would choose (WOKEN, until that thread is awake);
     *                a thread that is awake in the queue drains, and so may let in itself and the rest of its batch. If
     *                another thread is draining just then it leaves it the order to grant (GRANT).
     *
     * Invariants     sync 1   W excludes R, but for the writer's own reads, and W
     *                sync 2   R and W are the holds given and not returned; r and w the operations that count as waiting
     *                sync 4   a waiter is counted out of r or w once: by the grant, by its abort, or by the drainer that
     *                         lets it go
     *                sync 6   the last waiting writer gives up: the same step gives the readers their turn and drains
     *                sync 8   the word counts a waiter as inside only after its cell is selected
     *                sync 9   writers enter in the order of their cells, readers of one batch too
     *                sync 11  without DRAIN and WOKEN: not servable, or a counted waiter is about to install and drain
     *                TURN implies r > 0; DRAIN implies not WOKEN; batchEnd is the drainer's
     *                Phase: a reader installed when a writer leaves enters before any writer that is let in from the queue
     *                afterwards; a writer at the head waits for the readers inside and for at most one batch
     *
     * Linearization  entering without a wait, leaving, tries: the compare-and-set; a failing try: its last read of the word.
     *                A waiter: the drainer's compare-and-set that counts it as inside.
     * Ordering       The word is volatile; cells carry the rest (see WaitQueue). batchEnd is passed on by DRAIN.
     * Progress       Lock-free but for the wait itself: a drainer that stalls delays waiters, and an abort of the waiter it
     *                has just selected, never a leave or a try.
     * Deviations     The source counts waiting readers apart from the word and lets a whole batch in before its members
     *                are known, so it must take back what aborted members got; and its grants rest in cells of waiters
     *                that have not come. A batch that meets the greatest number of read holds is cut there; its rest
     *                enters after the next writer.
     */
    @Serial
    private static final long serialVersionUID = 1L;

    /** Outcomes of entering. */
    static final int MUST_WAIT = 0;

    static final int ENLISTED = 1; // counted as waiting: must enlist next
    static final int TAKEN = 2;
    static final int TAKEN_FIRST = 3; // and there was no other read hold

    private static final int SEGMENT_SIZE = 32; // a wait costs about 6 bytes of segment

    final boolean barging;
    private final int segmentSize;
    private transient volatile long word;
    private transient volatile Side readers; // null until a reader waits
    private transient volatile Side writers; // null until a writer waits

    ReadWriteQueue(boolean barging) {
        this(barging, SEGMENT_SIZE);
    }

    /** For tests: segments of {@code segmentSize} cells. */
    ReadWriteQueue(boolean barging, int segmentSize) {
        this.barging = barging;
        this.segmentSize = segmentSize;
    }

    /* Entering. */

    /** Enters as a reader if nobody is inside and nobody waits. */
    boolean tryReadFast() {
        return word == 0 && casWord(0, ONE_READ); // LP of a read that finds the lock idle
    }

    /** Enters as a writer if nobody is inside and nobody waits. */
    boolean tryWriteFast() {
        return word == 0 && casWord(0, WRITER); // LP of a write that finds the lock idle
    }

    /** Enters as a reader if no writer is inside, whoever waits: {@link #TAKEN}, {@link #TAKEN_FIRST}, {@link #MUST_WAIT}. */
    int tryRead() {
        for (; ; ) { // ends: with every failure another operation has succeeded
            long s = word;
            if ((s & WRITER) != 0) {
                return MUST_WAIT; // LP of a failing try
            }
            if (addRead(s)) {
                return taken(s);
            }
        }
    }

    /** Enters as a writer if nobody is inside, whoever waits. */
    boolean tryWrite() {
        for (; ; ) { // ends: with every failure another operation has succeeded
            long s = word;
            if ((s & (WRITER | READS)) != 0) {
                return false; // LP of a failing try
            }
            if (casWord(s, s | WRITER)) {
                return true;
            }
        }
    }

    /** One more read hold for somebody who is inside already. */
    int readAgain() {
        for (; ; ) { // ends: with every failure another operation has succeeded
            long s = word;
            if (addRead(s)) {
                return taken(s);
            }
        }
    }

    /**
     * Enters as a reader if no writer is inside or waits. Otherwise counts the caller as a waiting reader, if
     * {@code enlist}: it must wait or enlist next.
     */
    int enterRead(boolean enlist) {
        if (enlist) {
            ensure(false);
        }
        for (; ; ) { // ends: with every failure another operation has succeeded
            long s = word;
            if ((s & WRITER) == 0 && ((s & WAITING_WRITES) == 0 || (barging && (s & TURN) != 0))) {
                if (addRead(s)) {
                    return taken(s);
                }
            } else if (!enlist) {
                return MUST_WAIT;
            } else if (casWord(s, ReadWriteWord.withWaiter(s, false))) {
                return ENLISTED;
            }
        }
    }

    /** Enters as a writer if nobody is inside and, unless barging, nobody waits; otherwise as {@link #enterRead}. */
    int enterWrite(boolean enlist) {
        if (enlist) {
            ensure(true);
        }
        for (; ; ) { // ends: with every failure another operation has succeeded
            long s = word;
            if ((s & (WRITER | READS)) == 0 && (barging || (s & (WAITING_READS | WAITING_WRITES)) == 0)) {
                if (casWord(s, s | WRITER)) {
                    return TAKEN;
                }
            } else if (!enlist) {
                return MUST_WAIT;
            } else if (casWord(s, ReadWriteWord.withWaiter(s, true))) {
                return ENLISTED;
            }
        }
    }

    private boolean addRead(long s) {
        return casWord(s, ReadWriteWord.withRead(s));
    }

    private static int taken(long before) {
        return (before & READS) == 0 ? TAKEN_FIRST : TAKEN;
    }

    /* Waiting, once counted. */

    /** Waits to be let in; see {@link WaitQueue#await}. */
    boolean await(boolean write, Thread thread, Object blocker, Deadline deadline, boolean interruptible) {
        Side side = write ? writers : readers;
        return side.cells.await(thread, side, blocker, deadline, interruptible);
    }

    /** Enlists a waiter that does not block. */
    void enlist(boolean write, WaitQueue.Waiter waiter) {
        Side side = write ? writers : readers;
        side.cells.enlist(waiter, side);
    }

    /** Takes such a waiter out of the queue; see {@link WaitQueue#abandon}. */
    boolean abandon(boolean write, WaitQueue.Waiter waiter, Segment segment, int offset) {
        return WaitQueue.abandon(waiter, segment, offset, write ? writers : readers);
    }

    /** Waits for a waiter of the calling thread that another thread has enlisted as a writer. */
    void awaitVerdict(WaitQueue.Waiter waiter, Segment segment, int offset, Object blocker) {
        writers.cells.awaitVerdict(waiter, segment, offset, writers, blocker, Deadline.NEVER, false);
    }

    /* Leaving. */

    /** Gives back a read hold. */
    void leaveRead() {
        for (; ; ) { // ends: with every failure another operation has succeeded
            long s = word;
            if (leave(s, s - ONE_READ)) {
                return;
            }
        }
    }

    /** Gives the write lock back, and {@code reads} holds of the writer itself. */
    void leaveWrite(int reads) {
        if (reads == 0 && casWord(WRITER, 0)) {
            return;
        }
        for (; ; ) { // ends: with every failure another operation has succeeded
            long s = word;
            if (leave(s, ReadWriteWord.withoutWriter(s, reads))) {
                return;
            }
        }
    }

    /** Adds read holds for the writer that is inside. There is room: they were given back by {@link #leaveWrite}. */
    void readAgain(int reads) {
        WORD.getAndAdd(this, reads * ONE_READ);
    }

    /** Changes the word from {@code s} to {@code after} for one who was inside, and serves whom that lets in. */
    private boolean leave(long s, long after) {
        if (!servable(after) || (after & WOKEN) != 0) {
            return casWord(s, after); // LP of leaving
        }
        Threads.reserveStack(); // a drain can't be cut off half way
        return startDrain(s, after, !barging);
    }

    /* Serving. */

    /** Changes the word and has the queues served, by this thread or the drainer. The caller has reserved the stack. */
    private boolean startDrain(long s, long after, boolean granting) {
        if ((s & DRAIN) != 0) {
            return casWord(s, after | DIRTY | (granting ? GRANT : 0));
        }
        if (!casWord(s, (after | DRAIN) & ~WOKEN)) {
            return false;
        }
        Settlement.run(drain(granting));
        return true;
    }

    /** Lets in whoever may enter; unless {@code granting}, only wakes the first. Holds DRAIN, which is given up here. */
    private AbortableFuture<?> drain(boolean granting) {
        boolean grant = granting;
        AbortableFuture<?> granted = null;
        for (; ; ) { // ends: DRAIN is given up unless something changed, and every change lets in or removes a waiter
            long s = word;
            if ((s & (DIRTY | GRANT)) != 0) {
                grant |= casWord(s, s & ~(DIRTY | GRANT)) && (s & GRANT) != 0;
                continue;
            }
            if (grant && (s & (TURN | WRITER)) == TURN) {
                readers.openBatch();
                casWord(s, s & ~TURN);
                continue;
            }
            Object reader = firstReader(s);
            Object first = reader != null ? reader : firstWriter(s);
            if (first == null) {
                if (casWord(s, s & ~DRAIN)) {
                    return granted;
                }
            } else if (grant) {
                int verdict = serve(reader != null ? readers : writers, first);
                if (verdict != REFUSED && first instanceof AbortableFuture<?> future) {
                    granted = Settlement.append(granted, future);
                }
                if (verdict == SERVED_AND_DONE) {
                    return granted;
                }
            } else if (WaitQueue.threadOf(first) == null) {
                grant = true; // a future can't compete
            } else if (casWord(s, (s & ~DRAIN) | WOKEN)) {
                WaitQueue.unpark(first);
                return granted;
            }
        }
    }

    /** The first waiting reader if it may enter; null if not, or if none is installed. */
    private Object firstReader(long s) {
        if ((s & WRITER) != 0 || (s & WAITING_READS) == 0 || (s & READS) == READS) {
            return null;
        }
        Side r = readers;
        if ((s & TURN) != 0 || (s & WAITING_WRITES) == 0) {
            r.openBatch();
        }
        Object first = r.cells.peek();
        return r.cells.headIndex() < r.batchEnd ? first : null;
    }

    /** The first waiting writer if it may enter; null if not, or if none is installed. */
    private Object firstWriter(long s) {
        boolean mayEnter = (s & (WRITER | READS)) == 0 && (s & WAITING_WRITES) != 0;
        return mayEnter ? writers.cells.peek() : null;
    }

    private static final int REFUSED = 0;
    private static final int SERVED = 1;
    private static final int SERVED_AND_DONE = 2; // DRAIN was given up with the same step

    /** Lets the first waiter of a side in, unless it leaves or another operation has made that illegal. */
    private int serve(Side side, Object waiter) {
        Segment segment = side.cells.headSegment();
        int offset = side.cells.headOffset();
        if (!WaitQueue.select(segment, offset, waiter)) {
            return REFUSED;
        }
        for (; ; ) { // ends: with every failure another operation has succeeded
            long s = word;
            if (!ReadWriteWord.mayEnter(s, side.write)) {
                if (!WaitQueue.deselect(segment, offset, waiter)) {
                    uncount(side);
                }
                return REFUSED;
            }
            long after = ReadWriteWord.entered(s, side.write);
            boolean done = (after & WRITER) != 0 || (after & WAITING_READS) == 0; // then nobody else may enter
            if (done) {
                side.cells.passHead(); // before DRAIN is given up: the next drainer must not find this cell
            }
            if (casWord(s, done ? after & ~(DRAIN | DIRTY | GRANT) : after)) { // LP of an operation that waited
                WaitQueue.served(segment, offset);
                WaitQueue.unpark(waiter);
                return done ? SERVED_AND_DONE : SERVED;
            }
            if (done) {
                side.cells.unpassHead();
            }
        }
    }

    /** A selected waiter left. The drainer goes on, so whom that lets in will be seen. */
    private void uncount(Side side) {
        for (; ; ) { // ends: with every failure another operation has succeeded
            long s = word;
            if (casWord(s, ReadWriteWord.withoutWaiter(s, side.write))) {
                return;
            }
        }
    }

    /* Queries: each exact at one instant. */

    int reads() {
        return ReadWriteWord.reads(word);
    }

    boolean isWriteLocked() {
        return (word & WRITER) != 0;
    }

    int waiters() {
        return ReadWriteWord.waiters(word);
    }

    /** The threads that wait on one side, in order, by a scan. */
    List<Thread> threads(boolean write) {
        Side side = write ? writers : readers;
        return side == null ? new ArrayList<>() : side.cells.threads();
    }

    /** The word in clear. */
    @Override
    public String toString() {
        return ReadWriteWord.describe(word);
    }

    /* The two sides. */

    private void ensure(boolean write) {
        if ((write ? writers : readers) == null) {
            (write ? WRITERS : READERS).compareAndSet(this, null, new Side(write));
        }
    }

    /** The readers or the writers that wait. */
    private final class Side implements WaitQueue.Owner {
        final WaitQueue cells = new WaitQueue(segmentSize);
        final boolean write;
        long batchEnd; // readers: the cells below belong to the batch. The drainer's

        Side(boolean write) {
            this.write = write;
        }

        void openBatch() {
            batchEnd = cells.tailIndex();
        }

        @Override
        public void enlisted(Object waiter) {
            for (; ; ) { // ends: with every failure another operation has succeeded
                long s = word;
                if (!servable(s) || startDrain(s, s, true)) {
                    return; // not servable: whoever makes it so sees this waiter
                }
            }
        }

        @Override
        public void left(long index) {
            for (; ; ) { // ends: with every failure another operation has succeeded
                long s = word;
                long after = ReadWriteWord.withoutWaiter(s, write) & ~WOKEN; // perhaps it was the one that was woken
                boolean look = servable(after) || (s & DRAIN) != 0; // or the one that is just about to be
                if (look ? startDrain(s, after, !barging) : casWord(s, after)) {
                    return;
                }
            }
        }

        /** A waiting thread is awake: it may be the one that a leaving thread has woken. */
        @Override
        public boolean compete(Object waiter, Segment segment, int offset, boolean stays) {
            if (!barging) {
                return false;
            }
            for (; ; ) { // ends: with every failure another operation has succeeded
                long s = word;
                boolean rests = stays || (s & WOKEN) == 0;
                if (servable(s) ? startDrain(s, s & ~WOKEN, true) : rests || casWord(s, s & ~WOKEN)) {
                    return WaitQueue.isGranted(segment, offset);
                }
            }
        }
    }

    private boolean casWord(long expected, long fresh) {
        return WORD.compareAndSet(this, expected, fresh);
    }

    // VarHandle mechanics
    private static final VarHandle WORD = field("word", long.class);
    private static final VarHandle READERS = field("readers", Side.class);
    private static final VarHandle WRITERS = field("writers", Side.class);

    private static VarHandle field(String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), name, VarHandle.class, ReadWriteQueue.class, type);
    }
}
