// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The receivers of a {@link CellChannel}. */
abstract class CellReceives<E> extends CellReservations<E> {
    /* Implementation notes
     * Results      an element. CLOSED. A ReceiveWaiter: it stands in its cell, or did. BROKEN: take another ticket.
     *              NOTHING only without an owner: TIMED_OUT.
     * The cell     of a ticket belongs to its receiver: an element is taken by a plain store, since nobody else changes a
     *              cell that holds an element and lies before the next receive.
     * Errors       The stack is reserved before the ticket; memory for segments is waited for; a receiver without memory
     *              for a waiter leaves its cell as one that gave up. So no sender leaves an element there for nobody.
     */
    private static final Object[] MANY_DONE = new Object[CellChannel.SEGMENT_SIZE]; // constant
    private static final int POISON_SPINS = 32; // rounds of onSpinWait before a sender in flight is passed over

    static {
        Arrays.fill(MANY_DONE, CellState.DONE);
    }

    CellReceives(long room, int segmentSize, Consumer<? super E> onUndelivered) {
        super(room, segmentSize, onUndelivered);
    }

    // ---- the core

    /** The element of a ticket, if that is all there is to do; else null, and {@link #receiveSlow} follows. */
    @SuppressWarnings("unchecked") // what is no state is an element
    final E receiveFast(Segment start, long ticket) {
        if (start.isAt(ticket)) {
            int o = start.offsetOf(ticket);
            Object x = start.cell(o); // HB: pairs with the CAS of the sender
            if (x != null && !(x instanceof CellState) && !waitsBehind(ticket)) {
                start.setCellRelease(o, CellState.DONE); // GC; whoever sees the element there still, knows what follows
                letGoIfPassed(start);
                return (E) x;
            }
        }
        return null;
    }

    /** As many elements of tickets from {@code ticket} to {@code end} as there is nothing else to do for, in one segment. */
    final int takeThere(Segment s, long ticket, long end, Object[] into, int from) {
        if (!s.isAt(ticket) || waitsBehind(ticket)) {
            return 0;
        }
        int o = s.offsetOf(ticket);
        int most = (int) Math.min(end - ticket, Math.min(s.size() - o, MANY_DONE.length));
        int n = 0;
        for (; n < most; n++) { // ends: a bounded number of cells
            Object x = s.cell(o + n); // HB: pairs with the CAS of the sender
            if (x == null || x instanceof CellState) {
                break;
            }
            into[from + n] = x;
        }
        s.setCellsRelease(o, MANY_DONE, n); // GC; whoever sees an element there still, knows what follows
        letGoIfPassed(s);
        return n;
    }

    /**
     * Whether there may be a sender that only the receiver of this ticket, or of one before it, admits. If not, there never
     * will be: the counter of receivers was raised before, and senders that come later see that.
     */
    private boolean waitsBehind(long ticket) {
        return (sends & Long.MAX_VALUE) - ticket > room && room != 0;
    }

    /**
     * Receives with this first ticket, or puts a waiter into a cell.
     *
     * @param owner who would wait: a thread, a {@link ReceiveFuture} or a waiter. An {@link OutOfMemoryError} says that no
     *     waiter could be made; it is thrown if this would have to wait, and the cell is left as by a receiver that gave up
     */
    final Object receiveSlow(Segment start, long ticket, Object owner) {
        Segment from = start;
        long r = ticket;
        for (; ; ) { // ends: repeats when a sender in flight was passed over, or gave up
            boolean calm = r >= 0;
            if (!calm) {
                r = windowTicket(r, false);
            }
            Object result = CellState.BROKEN;
            if (r == NO_MORE) {
                return CellState.CLOSED;
            } else if (r >= 0) {
                result = visit(from, r, calm, owner);
            }
            if (result != CellState.BROKEN) {
                return result;
            }
            from = start(RECEIVE);
            r = takeReceive();
        }
    }

    /** One cell of a receiver. No owner: the caller knows that a sender has this ticket. */
    final Object visit(Segment start, long ticket, boolean calm, Object owner) {
        if (sends < 0 && ticket >= closing.sent) {
            return CellState.CLOSED; // before segments are linked for nothing
        }
        Segment s = locate(RECEIVE, start, ticket);
        if (s.firstIndex() > ticket) { // the cell became final, and it was not me: its sender gave up, or cancel
            raiseReceives(s.firstIndex());
            return passed(s, ticket, calm);
        }
        int o = s.offsetOf(ticket);
        for (; ; ) { // ends: a cell changes a few times only
            Object x = s.cell(o); // HB: pairs with the CAS of the sender
            if (x == null) {
                Object result = visitEmpty(s, o, ticket, calm, owner);
                if (result != null) {
                    return result;
                }
            } else if (!(x instanceof CellState)) {
                s.setCellRelease(o, CellState.DONE);
                return taken(s, ticket, calm, x, null);
            } else if (x instanceof SendWaiter sender) {
                Object result = meet(s, o, ticket, calm, sender);
                if (result != null) {
                    return result;
                }
            } else if (x == CellState.CLOSED) {
                return CellState.CLOSED;
            } else {
                return passed(s, ticket, calm);
            }
        }
    }

    /** The ticket is settled; null: the cell has changed. */
    private Object visitEmpty(Segment s, int o, long ticket, boolean calm, Object owner) {
        if (ticket < sent()) { // its sender is on its way, and nobody knows for how long
            if (spinForSender(s, o)) {
                return null;
            }
            return s.casCell(o, null, CellState.BROKEN) ? taken(s, ticket, calm, CellState.BROKEN, null) : null;
        }
        if (sends < 0) { // a sender may have come since, and left its element for this receiver, before the close
            return ticket < closing.sent ? null : CellState.CLOSED;
        }
        ReceiveWaiter waiter;
        try {
            waiter = place(owner, s, o);
        } catch (OutOfMemoryError failure) {
            if (!s.casCell(o, null, CellState.INTERRUPTED_RCV)) {
                return null;
            }
            s.onDeadCell();
            taken(s, ticket, calm, CellState.BROKEN, null);
            throw failure;
        }
        if (!s.casCell(o, null, waiter)) {
            return null;
        }
        AbortableFuture<?> chain = expandFor(s, ticket, calm, null); // before it waits
        letGoOfPassed();
        pokeTwoWays(waiter);
        return settled(waiter, tellIfClosed(waiter, chain));
    }

    /** The ticket is settled; null: the cell has changed. */
    private Object meet(Segment s, int o, long ticket, boolean calm, SendWaiter sender) {
        if (sender.claim(SendWaiter.BY_RECEIVER)) {
            s.setCellRelease(o, CellState.DONE); // GC
            return taken(s, ticket, calm, sender.element, sender.wake(null));
        }
        return switch (sender.outcome()) {
            case SendWaiter.BY_EXPANSION -> {
                s.setCellRelease(o, CellState.DONE); // whoever admitted it may still be about to put the element here
                yield taken(s, ticket, calm, sender.element, null);
            }
            case SendWaiter.ABORTED -> passed(s, ticket, calm);
            case SendWaiter.LOST ->
                sender.claim(SendWaiter.ABORTED) ? buried(s, o, ticket, calm) : passed(s, ticket, calm);
            default -> CellState.CLOSED;
        };
    }

    /** The sender of this cell lost its select, and this is the first to say so: no announcement stands for it. */
    private Object buried(Segment s, int o, long ticket, boolean calm) {
        s.setCellRelease(o, CellState.DONE);
        return taken(s, ticket, calm, CellState.BROKEN, null);
    }

    /** The sender of this cell gave up. In a window with a limit it had announced that while its cell was beyond. */
    private Object passed(Segment s, long ticket, boolean calm) {
        if (!calm && !isUnlimited()) {
            unannounce();
        }
        return taken(s, ticket, calm, CellState.BROKEN, null);
    }

    /** A ticket is settled with this result. */
    private Object taken(Segment s, long ticket, boolean calm, Object result, AbortableFuture<?> chain) {
        letGoIfPassed(s);
        return settled(result, expandFor(s, ticket, calm, chain));
    }

    private ReceiveWaiter place(Object owner, Segment s, int o) {
        if (owner instanceof OutOfMemoryError failure) {
            throw failure;
        }
        ReceiveFuture<?> future = owner instanceof ReceiveFuture<?> f ? f : null;
        ReceiveWaiter waiter = owner instanceof ReceiveWaiter w ? w : new ReceiveWaiter(future); // alloc: once a wait
        waiter.place(s, o);
        if (future != null) {
            future.waitsAs(waiter);
        }
        return waiter;
    }

    private static boolean spinForSender(Segment s, int o) {
        if (!Threads.maySpin()) {
            return false;
        }
        for (int k = POISON_SPINS; k > 0 && s.cell(o) == null; k--) {
            Thread.onSpinWait();
        }
        return s.cell(o) != null;
    }

    // ---- blocking

    /** An element; or CLOSED, TIMED_OUT, INTERRUPTED. */
    final Object receive(Deadline deadline, boolean interruptible) {
        Threads.reserveStack();
        Segment start = start(RECEIVE); // before the ticket
        long r = takeReceive(); // LP, if the cell does not turn out to be dead
        E element = receiveFast(start, r);
        return element != null ? element : receiveSlow(start, r, deadline, interruptible);
    }

    final Object receiveSlow(Segment start, long ticket, Deadline deadline, boolean interruptible) {
        Object result = receiveSlow(start, ticket, Thread.currentThread());
        return result instanceof ReceiveWaiter waiter ? await(waiter, deadline, interruptible) : result;
    }

    private Object await(ReceiveWaiter waiter, Deadline deadline, boolean interruptible) {
        if (waiter.index() <= sends) {
            patience.watch(waiter, deadline);
        }
        boolean interrupted = false;
        Object outcome = waiter.outcome(); // HB: pairs with the claim of the sender
        while (outcome == null) { // ends: by a claim of somebody's
            if (Thread.interrupted()) {
                interrupted = true; // restored below, unless it is the outcome
                outcome = interruptible && waiter.abort() ? CellState.INTERRUPTED : waiter.outcome();
            } else if (deadline.passed()) {
                outcome = waiter.abort() ? CellState.TIMED_OUT : waiter.outcome();
            } else {
                parkOnce(waiter, deadline);
                outcome = waiter.outcome();
            }
        }
        if (interrupted && outcome != CellState.INTERRUPTED) {
            Thread.currentThread().interrupt();
        }
        return outcome;
    }

    private void parkOnce(ReceiveWaiter waiter, Deadline deadline) {
        if (waiter.announcePark()) {
            return;
        }
        try {
            deadline.park(this);
        } catch (OutOfMemoryError | StackOverflowError failure) { // parking a virtual thread allocates
            if (waiter.abort()) {
                throw failure;
            }
        }
    }

    // ---- immediate

    /** An element; CLOSED; TIMED_OUT if there is none. */
    final Object receiveNow() {
        Threads.reserveStack();
        for (; ; ) { // ends: repeats when another thread has made progress, or a sender in flight was passed over
            Segment start = start(RECEIVE); // before the counter
            long r = receives; // before sends
            boolean calm = r >= 0;
            if (calm) {
                long s = sends;
                if (r >= (s >= 0 ? s : closing.sent)) {
                    return s >= 0 ? nothing() : CellState.CLOSED; // LP: the read of receives
                }
                if (!casReceives(r, r + 1)) {
                    continue;
                }
            } else {
                r = windowTicket(0, true);
                if (r == CALM) {
                    continue;
                } else if (r < 0) {
                    letGoOfPassed();
                    return r == NONE ? CellState.TIMED_OUT : CellState.CLOSED;
                }
            }
            Object result = visit(start, r, calm, null);
            if (result != CellState.BROKEN) {
                return result;
            }
        }
    }

    private Object nothing() {
        letGoOfPassed();
        TwoWay[] selects = twoWays;
        TwoWay partner = selects == null ? null : TwoWay.take(selects);
        return partner == null ? CellState.TIMED_OUT : settled(partner.element, partner.selection.wake(null));
    }

    /**
     * Receives the oldest element of a full buffer.
     *
     * @return null if at one instant of the call the buffer was not full
     */
    public final E evictIfFull() {
        Threads.reserveStack();
        for (; ; ) { // ends: repeats when another thread has made progress, or a sender in flight was passed over
            Segment start = start(RECEIVE); // before the counter
            long r = receives;
            boolean calm = r >= 0;
            Window w = calm ? null : official();
            if (!calm && w == null) {
                continue;
            }
            if (sent() < (calm ? r + room : w.limit) || (w != null && w.isCancelled())) {
                return null;
            }
            if (w != null && (w.mark != null || w.live() < room)) {
                settled(null, expand(null));
                continue;
            }
            long from = calm ? r : w.next;
            if (areSettled(start, from, calm ? r + room : w.limit)
                    && (calm ? casReceives(r, r + 1) : takeOrPass(start, w))) { // LP
                Object result = visit(start, from, calm, null);
                if (result != CellState.BROKEN) {
                    return result instanceof CellState ? null : element(result);
                }
            }
        }
    }

    // ---- async

    final CompletableFuture<E> receiveLater() {
        CompletableFuture<E> done = new CompletableFuture<>(); // alloc: before the ticket
        Threads.reserveStack();
        Segment start = start(RECEIVE); // before the ticket
        long r = takeReceive(); // LP, as above
        E element = receiveFast(start, r);
        return element != null ? received(done, element) : receiveLater(start, r, done);
    }

    private CompletableFuture<E> receiveLater(Segment start, long ticket, CompletableFuture<E> done) {
        ReceiveFuture<E> future = null;
        Object owner;
        try {
            future = new ReceiveFuture<>(this); // alloc: only for a wait
            owner = future;
        } catch (OutOfMemoryError failure) {
            owner = failure; // the cell is left, unless there is something in it
        }
        Object result = receiveSlow(start, ticket, owner);
        if (result instanceof ReceiveWaiter) {
            return future;
        }
        if (result != CellState.CLOSED) {
            return received(done, element(result));
        }
        finishClosing();
        done.completeExceptionally(closed());
        return done;
    }

    private CompletableFuture<E> received(CompletableFuture<E> done, E element) {
        done.complete(element);
        return done;
    }
}
