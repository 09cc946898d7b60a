// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The senders of a {@link CellChannel}. */
abstract class CellSends<E> extends CellClosing<E> {
    /* Implementation notes
     * Results      null: sent. CLOSED. A SendWaiter: it stands in its cell, or did. BROKEN: take another ticket.
     * Errors       The stack is reserved before the ticket, since a receiver that was claimed must be woken. A sender that
     *              ends by an error between its ticket and its cell harms nobody: the receiver of that cell passes it.
     */

    CellSends(long room, int segmentSize, Consumer<? super E> onUndelivered) {
        super(room, segmentSize, onUndelivered);
    }

    // ---- the core

    /** Sends, or puts a waiter for {@code owner} (a thread, a {@link SendFuture}, the waiter) into a cell. */
    final CellState sendOrInstall(E element, Object owner) {
        Threads.reserveStack();
        Segment start = start(SEND);
        long s = takeSend(); // LP, if the cell does not turn out to be dead
        return sendFast(start, s, element) ? null : sendSlow(start, s, element, owner);
    }

    /** Whether that was all there is to do; else {@link #sendSlow} follows. */
    final boolean sendFast(Segment start, long ticket, E element) {
        return start.isAt(ticket)
                && ticket < limit()
                && start.casCell(start.offsetOf(ticket), null, element); // HB: pairs with the read in receive
    }

    final CellState sendSlow(Segment start, long ticket, E element, Object owner) {
        Segment from = start;
        long s = ticket;
        for (; ; ) { // ends: repeats when a receiver did not wait, or gave up
            CellState result = s < 0 ? CellState.CLOSED : visit(from, s, element, owner);
            if (result != CellState.BROKEN) {
                return result;
            }
            from = start(SEND);
            s = takeSend(); // LP, as above
        }
    }

    /** One cell of a sender. No owner: the caller knows that there is room. */
    final CellState visit(Segment start, long ticket, E element, Object owner) {
        Segment s = locate(SEND, start, ticket);
        if (s.firstIndex() > ticket) {
            raiseSends(s.firstIndex());
            return CellState.BROKEN;
        }
        int o = s.offsetOf(ticket);
        for (; ; ) { // ends: a cell changes a few times only
            Object x = s.cell(o);
            if (x == null) {
                if (ticket < limitFor(owner)) {
                    if (s.casCell(o, null, element)) { // HB: pairs with the read in receive
                        return null;
                    }
                } else {
                    SendWaiter waiter = place(element, owner, s, o);
                    if (s.casCell(o, null, waiter)) {
                        return installed(waiter, ticket);
                    }
                }
            } else if (x instanceof ReceiveWaiter receiver) {
                return serve(s, o, receiver, element);
            } else {
                return x == CellState.CLOSED ? CellState.CLOSED : CellState.BROKEN;
            }
        }
    }

    /** Without limit a transfer may leave its element only if a receiver has the ticket, as if there were no buffer. */
    private long limitFor(Object owner) {
        return owner instanceof Transfer ? next() : limit();
    }

    private CellState serve(Segment s, int o, ReceiveWaiter receiver, E element) {
        if (!receiver.claim(element)) { // it gave up
            return CellState.BROKEN;
        }
        s.setCellRelease(o, CellState.DONE); // GC
        letGoIfPassed(s);
        settled(null, receiver.wake(null));
        return null;
    }

    @SuppressWarnings("unchecked") // the owner of a send of this channel
    private SendWaiter place(E element, Object owner, Segment s, int o) {
        SendFuture<?> future = owner instanceof SendFuture<?> f ? f : null;
        SendWaiter waiter =
                owner instanceof SendWaiter ready ? ready : new SendWaiter(element, future); // alloc: once a wait
        waiter.place(s, o);
        if (future != null) {
            future.waitsAs(waiter);
        }
        return waiter;
    }

    /** The other half of the limit's handshake: it may have been raised by somebody who found the cell empty. */
    private CellState installed(SendWaiter waiter, long ticket) {
        if (ticket < limitFor(waiter) && waiter.claim(SendWaiter.BY_EXPANSION)) {
            waiter.segment()
                    .casCell(waiter.offset(), waiter, waiter.element); // fails if a receiver has taken it, or cancel
            return null;
        }
        letGoOfPassed();
        pokeTwoWays(waiter);
        return waiter;
    }

    // ---- blocking

    /** Null: sent; else CLOSED, TIMED_OUT or INTERRUPTED. */
    final CellState send(E element, Deadline deadline, boolean interruptible) {
        return ended(sendOrInstall(element, Thread.currentThread()), deadline, interruptible);
    }

    /** The outcome of a send that has got this far. */
    final CellState ended(CellState result, Deadline deadline, boolean interruptible) {
        return result instanceof SendWaiter waiter ? await(waiter, deadline, interruptible) : result;
    }

    private CellState await(SendWaiter waiter, Deadline deadline, boolean interruptible) {
        if (waiter.index() <= limitFor(waiter)) {
            patience.watch(waiter, deadline);
        }
        boolean interrupted = false;
        CellState aborted = null;
        while (aborted == null && waiter.outcome() == SendWaiter.WAITING) { // ends: by a claim of somebody's
            if (Thread.interrupted()) {
                interrupted = true; // restored below, unless it is the outcome
                aborted = interruptible && abortSend(waiter) ? CellState.INTERRUPTED : null;
            } else if (deadline.passed()) {
                aborted = abortSend(waiter) ? CellState.TIMED_OUT : null;
            } else {
                parkOnce(waiter, deadline);
            }
        }
        if (interrupted && aborted != CellState.INTERRUPTED) {
            Thread.currentThread().interrupt();
        }
        return aborted == null && waiter.outcome() == SendWaiter.REFUSED ? CellState.CLOSED : aborted;
    }

    private void parkOnce(SendWaiter waiter, Deadline deadline) {
        if (waiter.announcePark()) {
            return;
        }
        try {
            deadline.park(this);
        } catch (OutOfMemoryError | StackOverflowError failure) { // parking a virtual thread allocates
            if (abortSend(waiter)) {
                throw failure;
            }
        }
    }

    // ---- immediate

    /** TIMED_OUT if there is no room, and no receiver waits. */
    final CellState sendNow(E element) {
        Threads.reserveStack();
        for (; ; ) { // ends: repeats when another thread has made progress
            Segment start = start(SEND);
            long s = sends; // before the limit
            if (s < 0) {
                return CellState.CLOSED;
            }
            if (s < limit()) {
                if (casSends(s, s + 1)) { // LP, as above
                    CellState result = visit(start, s, element, null);
                    if (result != CellState.BROKEN) {
                        return result;
                    }
                }
            } else if (room == 0 || isFull()) { // LP: no buffer: the read of receives
                return noRoom(element);
            }
        }
    }

    private CellState noRoom(E element) {
        TwoWay[] selects = twoWays;
        Selection<?> partner = selects == null ? null : TwoWay.offer(selects, element);
        if (partner == null) {
            return CellState.TIMED_OUT;
        }
        settled(null, partner.wake(null));
        return null;
    }

    /**
     * Whether at one instant of this call the buffer held as many elements as it may. False: look again. All senders below
     * the limit that could still fail are made to succeed or to fail.
     */
    final boolean isFull() {
        Segment from = start(RECEIVE); // before the counter
        long r = receives;
        if (r >= 0) {
            return areSettled(from, r, r + room) && receives == r; // that value never comes back
        }
        Window w = official();
        if (w == null || w.isCancelled() || w.mark != null || w.live() < room) {
            settled(null, expand(null)); // nobody may wait for whoever was to do it
            return false;
        }
        return areSettled(from, w.next, w.limit) && window == w;
    }

    /** False: there was a sender in flight. */
    final boolean areSettled(Segment from, long next, long limit) {
        Segment s = from;
        for (long i = Math.max(next, settledTo); i < limit; i++) {
            if (s.id() < s.idOf(i)) {
                s = findSurely(s, i);
            }
            if (s.firstIndex() > i) {
                i = s.firstIndex() - 1; // all dead
                continue;
            }
            int o = s.offsetOf(i);
            Object x = s.cell(o);
            if (x == null) { // a sender in flight: neither a success nor a failure yet
                if (breakCell(s, o, null)) {
                    settled(null, expand(null));
                }
                return false;
            }
            if (x instanceof SendWaiter sender) { // a receiver is on its way to admit it
                settled(null, expandIfWindow(admit(s, o, null)));
                if (sender.outcome() == SendWaiter.LOST) {
                    return false;
                }
            }
        }
        settledTo = limit;
        return true;
    }

    // ---- async

    final CompletableFuture<Void> sendLater(E element) {
        CompletableFuture<Void> done = new CompletableFuture<>(); // alloc: before the ticket
        Threads.reserveStack();
        Segment start = start(SEND);
        long s = takeSend(); // LP, if the cell does not turn out to be dead
        SendFuture<E> future = null;
        CellState result = null;
        if (!sendFast(start, s, element)) {
            future = new SendFuture<>(this); // alloc: only for a wait
            result = sendSlow(start, s, element, future);
        }
        if (result == null) {
            done.complete(null);
        } else if (result == CellState.CLOSED) {
            finishClosing();
            done.completeExceptionally(undelivered(element, closed()));
        } else {
            return future;
        }
        return done;
    }

    /** For a future that gave up: the hook runs in the middle of somebody's cancel, which must not fail. */
    final void reportAborted(SendWaiter waiter) {
        Throwable thrown = dropped(element(waiter), null);
        if (thrown != null) {
            Thread me = Thread.currentThread();
            me.getUncaughtExceptionHandler().uncaughtException(me, thrown);
        }
    }
}
