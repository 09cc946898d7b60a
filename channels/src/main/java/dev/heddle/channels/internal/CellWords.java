// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Marker;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Settlement;
import dev.heddle.sync.internal.Threads;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/** The shared words of a {@link CellChannel} and its infinite array. */
abstract class CellWords<E> extends AbstractChannel<E> {
    /* Implementation notes
     * Segments       Three references into one list: near the next send, near the next receive, and near the limit of the
     *                buffer. Each is counted by the segment it refers to. An operation reads its reference before its
     *                index: read later, the segment may already lie past the cell. The first segment is made when the
     *                channel is first used, before the ticket.
     * Limit          The reference near the limit is seldom needed; it would keep every segment since reachable, so
     *                whoever moves the receivers' reference on moves it along.
     * Oldest         From here every segment can be reached in which a cell is not final. What lies before was passed by
     *                all references and is final: its next is cut, since once it is old in the heap, dead or not, a
     *                collector would take all that follows for alive. Whoever comes from there goes on at the oldest; its
     *                own cell, if it was before that, is final, and that is as good as removed.
     * prev           is needed to unlink segments: what is removed must not be reached from a reference further left.
     *                Cut as soon as all three references are there.
     */
    static final int SEND = 0;
    static final int RECEIVE = 1;
    static final int LIMIT = 2;

    static final long UNLIMITED_ROOM = 1L << 61;
    private static final int CURSORS = 3;

    final long room; // capacity, or UNLIMITED_ROOM
    private final int segmentSize;
    final Patience patience = new Patience(); // of those who are next to be served

    volatile long sends; // next ticket of a sender; negative: closed, and whoever gets such a ticket has none
    volatile long receives; // next ticket of a receiver; negative: as above, look at the window
    private volatile Segment sendSegment;
    private volatile Segment receiveSegment;
    private volatile Segment limitSegment;
    private volatile Segment oldest; // set with limitSegment
    volatile Window window; // official while receives is negative and its period is there
    volatile Closing closing; // null, or a candidate until sends is negative
    volatile ReceiverLine<Marker> reservers; // who waits for a place to keep; null until somebody does
    volatile TwoWay[] twoWays; // selects that wait in both directions, no buffer; nearly always null
    volatile long settledTo; // no cell below is empty or holds a sender that waits; may lag, races are harmless

    CellWords(long room, int segmentSize, Consumer<? super E> onUndelivered) {
        super(onUndelivered);
        this.room = room;
        this.segmentSize = segmentSize;
    }

    // ---- counters

    final long takeSend() {
        return (long) SENDS.getAndAdd(this, 1L);
    }

    final boolean casSends(long expected, long value) {
        return SENDS.compareAndSet(this, expected, value);
    }

    final long takeReceive() {
        return (long) RECEIVES.getAndAdd(this, 1L);
    }

    final boolean casReceives(long expected, long value) {
        return RECEIVES.compareAndSet(this, expected, value);
    }

    final boolean casWindow(Window expected, Window value) {
        return WINDOW.compareAndSet(this, expected, value);
    }

    final boolean casClosing(Closing expected, Closing value) {
        return CLOSING.compareAndSet(this, expected, value);
    }

    /** The line of those who wait for a place to keep. */
    final ReceiverLine<Marker> reserverLine() {
        if (reservers == null) {
            RESERVERS.compareAndSet(this, null, new ReceiverLine<Marker>(segmentSize));
        }
        return reservers;
    }

    final boolean casTwoWays(TwoWay[] expected, TwoWay[] value) {
        return TWO_WAYS.compareAndSet(this, expected, value);
    }

    /** For whoever has put a waiter into a cell, or null: those who may be its partner, but stand in no cell, look again. */
    final void pokeTwoWays(CellState waiter) {
        TwoWay[] all = twoWays;
        if (all != null && !(waiter instanceof SelectWaiter)) { // a select does it later, when it can be chosen
            TwoWay.poke(all);
        }
    }

    final boolean isUnlimited() {
        return room == UNLIMITED_ROOM;
    }

    /** How many sends have been started: the final number once the channel is closed. */
    final long sent() {
        long s = sends;
        return s >= 0 ? s : closing.sent;
    }

    /** A sender with a ticket below may leave its element. Never too high, and never lower than it was. */
    final long limit() {
        long r = receives;
        return r >= 0 ? r + room : window.limit;
    }

    /** Index of the next cell to receive from. */
    final long next() {
        long r = receives;
        return r >= 0 ? r : window.next;
    }

    /** Passes cells that are dead for senders: all from the next ticket up to {@code target}. */
    final void raiseSends(long target) {
        for (; ; ) { // ends: the counter only grows, or becomes negative for good
            long s = sends;
            if (s < 0 || s >= target || casSends(s, target)) {
                return;
            }
        }
    }

    /** Passes cells that are dead for receivers. */
    final void raiseReceives(long target) {
        for (; ; ) { // ends: as above; in a window receivers look before they take a ticket
            long r = receives;
            if (r < 0 || r >= target || casReceives(r, target)) {
                return;
            }
        }
    }

    // ---- segments

    /** The segment to start a walk from; read it before the index. */
    final Segment start(int which) {
        Segment s = segment(which);
        return s != null ? s : makeFirst(which);
    }

    private Segment segment(int which) {
        return switch (which) {
            case SEND -> sendSegment;
            case RECEIVE -> receiveSegment;
            default -> limitSegment;
        };
    }

    private boolean casSegment(int which, Segment from, Segment to) {
        return switch (which) {
            case SEND -> SEND_SEGMENT.compareAndSet(this, from, to);
            case RECEIVE -> RECEIVE_SEGMENT.compareAndSet(this, from, to);
            default -> LIMIT_SEGMENT.compareAndSet(this, from, to);
        };
    }

    private Segment makeFirst(int which) {
        Segment first = limitSegment;
        if (first == null) {
            Segment fresh = Segment.first(segmentSize, CURSORS); // counted for all three
            first = LIMIT_SEGMENT.compareAndSet(this, null, fresh) ? fresh : limitSegment;
        }
        OLDEST.compareAndSet(this, null, first); // by all, before they use it
        // If the reference read above has moved on, both others have been set before: then these two fail.
        SEND_SEGMENT.compareAndSet(this, null, first);
        RECEIVE_SEGMENT.compareAndSet(this, null, first);
        return segment(which);
    }

    /** The segment of a cell, or a later one if all cells up to there are dead. Moves the reference there. */
    final Segment locate(int which, Segment start, long index) {
        return start.isAt(index) ? start : locateSlow(which, start, index);
    }

    private Segment locateSlow(int which, Segment start, long index) {
        Segment s;
        do {
            s = findSurely(start, index);
        } while (!moveTo(which, s)); // ends: it was removed meanwhile, and the next is further right
        if (which == RECEIVE && start(LIMIT).id() < s.id()) {
            moveTo(LIMIT, s); // if it is removed by now, the next receiver does it
        }
        if (leftmost().id() >= s.id()) {
            s.cutPrev(); // whoever comes last sees the others here
        }
        letGoOfPassed();
        return s;
    }

    /** GC: for who has made a cell in {@code s} final, perhaps long after all others had passed it. */
    final void letGoIfPassed(Segment s) {
        if (s != receiveSegment) {
            letGoOfPassed();
        }
    }

    /** GC: also done by who has time: is about to wait, or leaves with nothing. */
    final void letGoOfPassed() {
        Segment s = oldest;
        if (s == null) {
            return; // never used
        }
        Segment end = leftmost();
        while (s.id() < end.id() && isFinal(s)) {
            Segment right = s.next();
            if (right != s && OLDEST.compareAndSet(this, s, right)) {
                right.cutPrev();
                s.cutNext(); // after the new oldest is there
            }
            s = oldest;
        }
    }

    private Segment leftmost() {
        Segment s = start(SEND); // whoever makes the first segment may not have come to all three
        Segment r = start(RECEIVE);
        Segment l = start(LIMIT);
        Segment left = s.id() < r.id() ? s : r;
        return left.id() < l.id() ? left : l;
    }

    /** Plain reads do: a state that is seen once is there for good. */
    private static boolean isFinal(Segment s) {
        for (int o = s.firstWithout(CellState.DONE, 0); o < s.size(); o = s.firstWithout(CellState.DONE, o + 1)) {
            if (!CellState.isFinal(s.cell(o))) {
                return false;
            }
        }
        return true;
    }

    /** The segment behind {@code s}, where there is one; if that is cut off, the oldest, which lies further right. */
    final Segment behind(Segment s) {
        Segment right = s.next();
        return right != s ? right : oldest;
    }

    /** A receiver must not end between its ticket and its cell: a sender would leave its element there for nobody. */
    final Segment findSurely(Segment start, long index) {
        for (; ; ) { // ends: when there is memory
            try {
                return find(start, start.idOf(index));
            } catch (OutOfMemoryError retried) {
                Threads.pause(this);
            }
        }
    }

    private Segment find(Segment start, long wanted) {
        Segment s = start;
        while (s.id() < wanted || s.isRemoved()) { // ends: it goes right only
            Segment right = behind(s);
            s = right != null ? right : s.append();
        }
        return s;
    }

    /** The segment of cell {@code index}, if it is linked; {@code near} is left of it and reached only if need be. */
    final Segment existing(Segment near, long index) {
        long wanted = near.idOf(index);
        Segment limit = limitSegment;
        Segment s = limit.id() <= wanted ? limit : near;
        while (s != null && s.id() < wanted) {
            s = behind(s);
        }
        if (s == null || s.id() != wanted) {
            return null;
        }
        moveTo(LIMIT, s);
        return s;
    }

    /** False if {@code to} was removed before the reference could be moved to it. */
    final boolean moveTo(int which, Segment to) {
        for (; ; ) { // ends: each failure means that another thread has moved it right
            Segment cur = segment(which);
            if (cur.id() >= to.id()) {
                return true;
            }
            if (!to.tryAddPointer()) {
                return false;
            }
            if (casSegment(which, cur, to)) {
                cur.dropPointer();
                return true;
            }
            to.dropPointer();
        }
    }

    // ---- the end of an operation

    /** Settles futures; what the operation has received must not get lost if that fails. */
    @SuppressWarnings("unchecked") // only elements and states are results
    final Object settled(Object result, AbortableFuture<?> chain) {
        if (chain != null) {
            try {
                Settlement.run(chain);
            } catch (Throwable failure) {
                if (result != null && !(result instanceof CellState)) {
                    undelivered((E) result, failure);
                }
                throw failure;
            }
        }
        return result;
    }

    // VarHandle mechanics
    private static final VarHandle SENDS = field("sends", long.class);
    private static final VarHandle RECEIVES = field("receives", long.class);
    private static final VarHandle SEND_SEGMENT = field("sendSegment", Segment.class);
    private static final VarHandle RECEIVE_SEGMENT = field("receiveSegment", Segment.class);
    private static final VarHandle LIMIT_SEGMENT = field("limitSegment", Segment.class);
    private static final VarHandle OLDEST = field("oldest", Segment.class);
    private static final VarHandle WINDOW = field("window", Window.class);
    private static final VarHandle RESERVERS = field("reservers", ReceiverLine.class);
    private static final VarHandle CLOSING = field("closing", Closing.class);
    private static final VarHandle TWO_WAYS = field("twoWays", TwoWay[].class);

    private static VarHandle field(String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), name, VarHandle.class, CellWords.class, type);
    }
}
