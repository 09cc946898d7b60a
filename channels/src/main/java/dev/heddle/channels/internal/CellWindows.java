// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Marker;
import dev.heddle.sync.internal.Segment;
import java.util.function.Consumer;

/** How much of a {@link CellChannel} is its buffer: which senders may leave their element and go. */
abstract class CellWindows<E> extends CellWords<E> {
    /* Implementation notes
     * Idea           While no cell from the next receive on is dead, the limit of the buffer is receives + capacity, so a
     *                fetch-and-add on receives moves both: there is nothing else to count. This is calm. Otherwise (a
     *                suspended sender gave up, an element was removed, a sender in flight was passed over) receives is
     *                flagged, and an immutable Window is moved by compare-and-set until the dead cells are behind.
     * State machine  calm:   receives = r >= 0; window is null, FROZEN, or a candidate
     *                enter   window := candidate(period, r), then receives: r -> FLAG | period. If the second succeeds
     *                        nobody has replaced the candidate: that takes a reader who saw another value of receives.
     *                open:   steps are compare-and-sets from a window that was read before receives was seen flagged with
     *                        its period; that window is official then, and stays so until it is FROZEN.
     *                exit    no gap, nothing pending, limit = next + capacity, and next > entry: window := FROZEN, then
     *                        anybody sets receives := next. next > entry: no value of receives ever comes back.
     *                CANCELLED is the last one.
     *                A fetch-and-add on the flagged counter is void; it soils low bits that mean nothing.
     * Invariants     channels 1  limit - next - gap <= capacity, and < only while a thread is on its way to expand()
     *                gap = dead cells in [next, limit); pending >= dead cells from limit on; calm: there are none
     *                a cell below limit never gets INTERRUPTED_SND: its sender finds that it has been admitted
     *                limit never goes back
     * Expansion      A calm receive with ticket r raises the limit by its ticket; then it looks at cell r + capacity, once.
     *                A sender installs itself, then reads the limit again: one of the two sees the other (litmus L2).
     *                In a window: claim the sender at limit, if there is one, then raise the limit by compare-and-set,
     *                then look once more at that cell.
     * Mark           A cell is made BROKEN in three steps: the window says which, anybody does it, the window counts it. So
     *                no receiver takes the cell in between, and an element is removed exactly if the first step succeeds.
     * Without limit  nothing is counted and no sender waits for room: a window is left as soon as it has moved, whatever
     *                is dead behind it, and receivers pass the dead cells with tickets. It serves marks, and the cancel.
     * Aborts         announce (pending + 1) while the cell is at or beyond the limit; claim the own word; whoever moves the
     *                limit, or a receiver, over the dead cell takes the announcement back.
     * Progress       lock-free; nobody waits for anybody. A thread that stops keeps at most one place from the others.
     */
    private static final long FLAG = Long.MIN_VALUE;
    private static final int PERIOD_SHIFT = 27; // below: fetch-and-adds that were void
    private static final long VOID_MASK = (1L << PERIOD_SHIFT) - 1;
    private static final long MANY_VOID = 1L << (PERIOD_SHIFT - 1);

    /** What who waits for a place to keep is given. */
    static final Marker KEPT = new Marker("KEPT");

    /** windowTicket: it has to be taken from the counter. */
    static final long CALM = -1;

    /** windowTicket: the channel is cancelled. */
    static final long NO_MORE = -2;

    /** windowTicket: there is nothing to receive. */
    static final long NONE = -3;

    CellWindows(long room, int segmentSize, Consumer<? super E> onUndelivered) {
        super(room, segmentSize, onUndelivered);
    }

    // ---- entering and leaving

    private static long flagged(Window w) {
        return FLAG | w.period << PERIOD_SHIFT;
    }

    private static boolean isFlaggedBy(Window w, long word) {
        return (word & ~VOID_MASK) == flagged(w);
    }

    /** The window in force, OPEN or CANCELLED; null if it is calm. */
    final Window official() {
        for (; ; ) { // ends: repeats only when another thread has entered or left a window
            Window w = window; // before the word, see "open" above
            long word = receives;
            if (word >= 0) {
                return null;
            }
            if (w != null && isFlaggedBy(w, word) && w.kind != Window.FROZEN) {
                return w;
            }
            leave();
        }
    }

    /** Sets the counter again if the window is over. */
    private void leave() {
        long word = receives;
        Window w = window; // after the word: a window that is FROZEN with its word still there
        if (word < 0 && isFlaggedBy(w, word) && w.kind == Window.FROZEN) {
            casReceives(word, w.next);
        }
    }

    /** Makes a window official if there is none. */
    final void enter() {
        while (official() == null) { // ends: repeats only when another thread has made progress
            Window w = window;
            long r = receives;
            if (r >= 0) {
                if (w == null || w.kind == Window.FROZEN || w.entry != r || w.next != r) {
                    casWindow(w, Window.entered(w == null ? 1 : w.period + 1, r, r + room));
                } else {
                    casReceives(r, flagged(w));
                }
            }
        }
    }

    /** Leaves the window if nothing speaks against it. */
    private void exitIfClean(Window w) {
        boolean clean = isUnlimited() || (w.gap == 0 && w.pending == 0 && w.limit == w.next + room);
        if (clean && w.kind == Window.OPEN && w.mark == null && w.next > w.entry && casWindow(w, w.of(Window.FROZEN))) {
            leave();
        }
    }

    // ---- tickets in a window

    /**
     * The ticket of a receiver, or {@link #CALM}, {@link #NO_MORE}, {@link #NONE}. Passes dead cells, without tickets.
     *
     * @param word the void ticket that the receiver has taken, or 0
     * @param ifPresent whether to take one only if a sender has one of that number
     */
    final long windowTicket(long word, boolean ifPresent) {
        if ((word & VOID_MASK) >= MANY_VOID) {
            casReceives(word + 1, word & ~VOID_MASK); // must not run into the period
        }
        for (; ; ) { // ends: each round another thread has changed the window, or a dead cell is passed for good
            Segment from = start(RECEIVE); // before the window
            Window w = official();
            if (w == null || w.isCancelled()) {
                return w == null ? CALM : NO_MORE;
            }
            if (w.mark != null) {
                finishMark(w);
                continue;
            }
            long s = sends;
            if (s < 0 ? w.next >= closing.sent : ifPresent && w.next >= s) {
                return s < 0 ? NO_MORE : NONE; // no ticket: its cell would link a segment that nobody is going to use
            }
            if (takeOrPass(from, w)) {
                return w.next;
            }
        }
    }

    /** Takes the next ticket of this window, unless its cell is dead: then passes that, and what is removed behind it. */
    final boolean takeOrPass(Segment from, Window w) {
        Segment s = locate(RECEIVE, from, w.next);
        long dead = s.firstIndex() > w.next ? s.firstIndex() - w.next : deadAt(s, s.offsetOf(w.next)) ? 1 : 0;
        if (dead == 0) {
            return casWindow(w, w.moved(w.next + 1, Math.max(w.limit, w.next + 1), w.gap, w.pending));
        }
        pass(w, w.next + dead);
        return false;
    }

    private static boolean deadAt(Segment s, int o) {
        Object x = s.cell(o);
        return x instanceof CellState
                && (x == CellState.INTERRUPTED_SND
                        || x == CellState.BROKEN
                        || (x instanceof SendWaiter sender && sender.outcome() == SendWaiter.ABORTED));
    }

    private void pass(Window w, long target) {
        long counted = Math.min(target, w.limit) - w.next; // those below the limit
        long beyond = target - w.next - counted;
        Window after = w.moved(target, Math.max(w.limit, target), w.gap - counted, w.pending - beyond);
        if (casWindow(w, after)) {
            exitIfClean(after);
        }
    }

    /** An announced abort does not count any more: it failed, or its cell has been passed with a ticket. */
    final void unannounce() {
        for (; ; ) { // ends: nobody can leave or replace the window meanwhile, so it repeats on progress only
            Window w = window;
            Window after = w.pending(-1);
            if (casWindow(w, after)) {
                exitIfClean(after);
                return;
            }
        }
    }

    // ---- expansion

    /** What a receiver owes when its ticket is settled, before it waits: maybe one more sender is admitted. */
    final AbortableFuture<?> expandFor(Segment s, long ticket, boolean calm, AbortableFuture<?> chain) {
        AbortableFuture<?> woken = chain;
        if (calm && room > 0 && (sends & Long.MAX_VALUE) - ticket > room) {
            Segment target = existing(s, ticket + room);
            woken = target == null ? chain : admit(target, target.offsetOf(ticket + room), chain);
        }
        return expandIfWindow(woken);
    }

    /** After a claim that may have given a kept place back. */
    final AbortableFuture<?> expandIfWindow(AbortableFuture<?> chain) {
        return receives < 0 ? expand(chain) : chain;
    }

    /** The limit is past this cell: if a sender waits there, its element goes into the buffer. */
    final AbortableFuture<?> admit(Segment s, int o, AbortableFuture<?> chain) {
        return s.cell(o) instanceof SendWaiter sender ? admit(s, o, sender, chain) : chain;
    }

    private AbortableFuture<?> admit(Segment s, int o, SendWaiter sender, AbortableFuture<?> chain) {
        if (!sender.claim(SendWaiter.BY_EXPANSION)) {
            if (sender.outcome() == SendWaiter.LOST) {
                bury(sender); // the caller expands
            }
            return chain;
        }
        s.casCell(o, sender, sender.element); // fails if a receiver has taken it, or cancel
        return sender.wake(chain);
    }

    /** Raises the limit of the window until the buffer has its size again. */
    final AbortableFuture<?> expand(AbortableFuture<?> chain) {
        AbortableFuture<?> woken = chain;
        for (; ; ) { // ends: each round raises the limit, or another thread has made progress
            Segment from = start(LIMIT); // before the window
            Window w = official();
            if (w == null || w.isCancelled()) {
                return woken;
            }
            if (w.mark != null) {
                finishMark(w);
            } else if (w.live() >= room) {
                exitIfClean(w);
                return woken;
            } else if (!grantPlace(w)) {
                woken = expandOnce(from, w, woken);
            }
        }
    }

    /** Gives a place that is free to a reservation that waits for one; false: none does. */
    private boolean grantPlace(Window w) {
        ReceiverLine<Marker> line = reservers;
        if (line == null) {
            return false;
        }
        long end = line.end();
        if (line.first(end) == null) {
            return false;
        }
        if (casWindow(w, w.kept(1)) && !line.serve(KEPT, end)) {
            changeKept(-1); // they have all left
        }
        return true;
    }

    /** Changes the number of kept places. The caller expands next, if there are fewer. */
    final void changeKept(int change) {
        for (; ; ) { // ends: repeats only when another thread has changed the window
            Window w = window; // not over: something is pending
            if (casWindow(w, w.kept(change))) {
                return;
            }
        }
    }

    private AbortableFuture<?> expandOnce(Segment from, Window w, AbortableFuture<?> chain) {
        long t = w.limit;
        Segment s = from;
        while (s != null && s.id() < s.idOf(t)) {
            s = behind(s);
        }
        if (s == null || t >= (sends & Long.MAX_VALUE)) { // nobody there: a sender to come reads the limit
            if (casWindow(w, w.moved(w.next, t + 1, w.gap, w.pending))) {
                Segment linked = t < (sends & Long.MAX_VALUE) ? existing(from, t) : null;
                return linked == null ? chain : admit(linked, linked.offsetOf(t), chain);
            }
            return chain;
        }
        moveTo(LIMIT, s);
        if (s.firstIndex() > t) { // its segment is removed: senders that gave up
            long dead = s.firstIndex() - t;
            casWindow(w, w.moved(w.next, t + dead, w.gap + dead, w.pending - dead));
            return chain;
        }
        return expandOver(s, w, chain);
    }

    /** The cell at the limit is in {@code s}. */
    private AbortableFuture<?> expandOver(Segment s, Window w, AbortableFuture<?> chain) {
        long t = w.limit;
        int o = s.offsetOf(t);
        AbortableFuture<?> woken = admit(s, o, chain); // before the limit is past: its sender may be giving up
        if (deadAt(s, o)) {
            casWindow(w, w.moved(w.next, t + 1, w.gap + 1, w.pending - 1));
            return woken;
        }
        return casWindow(w, w.moved(w.next, t + 1, w.gap, w.pending)) ? admit(s, o, woken) : woken;
    }

    // ---- marks

    /** Does what the mark says and counts it. */
    final void finishMark(Window w) {
        Window.Mark m = w.mark;
        if (m.segment().casCell(m.offset(), m.victim(), CellState.BROKEN)) {
            m.segment().onDeadCell();
        }
        casWindow(w, w.unmarked(m.segment().cell(m.offset()) == CellState.BROKEN));
    }

    /**
     * Makes a cell of the buffer BROKEN, unless it holds something else than {@code victim} (null: a sender in flight) or a
     * receiver has it. The caller expands next.
     */
    final boolean breakCell(Segment s, int o, Object victim) {
        if (room == 0) { // no buffer, nothing to count
            boolean done = s.casCell(o, victim, CellState.BROKEN);
            if (done) {
                s.onDeadCell();
            }
            return done;
        }
        long index = s.firstIndex() + o;
        Window.Mark mark = new Window.Mark(s, o, victim, false);
        for (; ; ) { // ends: repeats only when another thread has changed the window
            enter();
            Window w = official();
            if (w == null) {
                continue;
            }
            if (w.isCancelled() || index < w.next || index >= w.limit) {
                return false;
            }
            if (w.mark != null) {
                finishMark(w);
                continue;
            }
            if (s.cell(o) != victim || (victim instanceof SendWaiter lost && lost.outcome() != SendWaiter.LOST)) {
                return false; // both read after w: nobody takes it, or counts it, while w is there
            }
            Window marked = w.marked(mark);
            if (casWindow(w, marked)) { // LP of remove
                finishMark(marked);
                return true;
            }
        }
    }

    // ---- aborts of senders

    /**
     * Takes a suspended sender out; false: it has been served, admitted or refused.
     *
     * @throws StackOverflowError before anything has changed
     */
    final boolean abortSend(SendWaiter sender) {
        if (room == 0 || isUnlimited()) {
            return abortUnmet(sender);
        }
        long index = sender.index();
        for (; ; ) { // ends: repeats only when another thread has changed the window
            if (sender.outcome() != SendWaiter.WAITING) {
                return false;
            }
            enter();
            Window w = official();
            if (w == null) {
                continue;
            }
            if (w.isCancelled()) {
                return abandonCell(sender);
            }
            if (w.mark != null) {
                finishMark(w);
            } else if (index < w.limit) { // there is room: the abort comes too late
                admitSelf(sender);
                return false;
            } else if (casWindow(w, w.pending(1))) {
                if (abandonCell(sender)) {
                    return true;
                }
                unannounce();
                return false;
            }
        }
    }

    /** A sender that a receiver has the ticket of counts as served: others have been told that nobody sends. */
    private boolean abortUnmet(SendWaiter sender) {
        if (sender.index() >= next()) {
            return abandonCell(sender);
        }
        admitSelf(sender);
        return false;
    }

    private static boolean abandonCell(SendWaiter sender) {
        if (!sender.claim(SendWaiter.ABORTED)) {
            return false;
        }
        sender.segment()
                .setCell(sender.offset(), CellState.INTERRUPTED_SND); // nobody else touches it: the claim is lost
        sender.segment().onDeadCell();
        return true;
    }

    /** Takes out a sender whose select has chosen another clause; by the select, or by whoever meets it. */
    final void retire(SendWaiter lost) {
        bury(lost);
        settled(null, expand(null));
    }

    /** As {@link #retire}, but the limit may be raised after it. Its receiver, if it has one already, sees to it itself. */
    private void bury(SendWaiter lost) {
        if (room == 0) {
            abandonCell(lost);
            return;
        }
        long index = lost.index();
        while (lost.outcome() == SendWaiter.LOST && lost.isInCell() && index >= next()) { // ends: as abortSend
            enter();
            Window w = official();
            if (w == null) {
                continue;
            }
            if (w.isCancelled()) {
                abandonCell(lost);
            } else if (w.mark != null) {
                finishMark(w);
            } else if (index < w.limit) { // it takes a place in the buffer
                breakCell(lost.segment(), lost.offset(), lost);
            } else if (casWindow(w, w.pending(1)) && !abandonCell(lost)) {
                unannounce();
            }
        }
    }

    /** By the owner itself; whether the claim is won or lost, it is not the owner that waits any more. */
    final void admitSelf(SendWaiter sender) {
        settled(null, admit(sender.segment(), sender.offset(), sender, null));
    }
}
