// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Settlement;
import dev.heddle.sync.internal.Threads;
import java.util.function.Consumer;

/** The end of a {@link CellChannel}. */
abstract class CellClosing<E> extends CellWindows<E> {
    /* Implementation notes
     * Idea           The sign of sends says closed, and where: every sender with a ticket has one below Closing.sent. What a
     *                receiver finds from there on is the end. Cancel also stops the receivers, by a window that is
     *                CANCELLED: cells from its next on belong to the cancel alone, those before to their receivers, which
     *                is why a receiver may take an element by a plain store.
     * State machine  closing: null -> candidate (another for each value of sends that was met) -> in force: sends is
     *                flagged -> cancelled. As for a window, the flag can't be set unless the candidate is there.
     * Cooperation    Everybody who is going to report "closed" finishes the closing first (channels 11): tells all waiting
     *                receivers, and empties the channel if it is cancelled.
     *                Whoever passes a final cell relies on it that its sender has been refused: that comes first.
     * Late comers    A receiver that installs itself while others are told reads sends afterwards, and tells itself. A
     *                sender with a ticket that counts finds CLOSED in its cell: cancel links the segments up to there.
     * Linearization  close: the flag on sends. cancel: its window, or the flag if that comes later.
     */
    private static final long FLAG = Long.MIN_VALUE;

    CellClosing(long room, int segmentSize, Consumer<? super E> onUndelivered) {
        super(room, segmentSize, onUndelivered);
    }

    @Override
    public final boolean close(Throwable cause) {
        Threads.reserveStack();
        boolean mine = false;
        if (closing == null) {
            mine = casClosing(null, new Closing(cause, false, sends));
        }
        finishClosing();
        return mine;
    }

    @Override
    public final boolean cancel(Throwable cause) {
        Threads.reserveStack();
        boolean mine = false;
        for (Closing c = closing; !mine && (c == null || !c.cancelled); c = closing) { // ends: as closing changes
            mine = casClosing(c, c == null ? new Closing(cause, true, sends) : new Closing(c.cause, true, c.sent));
        }
        finishClosing();
        return mine;
    }

    @Override
    public final boolean isClosedForSend() {
        if (sends >= 0) {
            return false;
        }
        finishClosing();
        return true;
    }

    /** Completes a closing that has begun. */
    final void finishClosing() {
        for (; ; ) { // ends: repeats when a sender took a ticket meanwhile, or a close became a cancel
            Closing c = closing; // before sends
            long s = sends;
            if (s >= 0) {
                if (c.sent == s) {
                    casSends(s, s | FLAG); // LP of close
                } else {
                    casClosing(c, new Closing(c.cause, c.cancelled, s));
                }
            } else if (c.told) {
                if (closing == c) {
                    letGoOfPassed();
                    return;
                }
            } else {
                finish(c);
            }
        }
    }

    private void finish(Closing c) {
        Throwable failure = c.cancelled ? drop(c) : null;
        Settlement.run(tellReceivers(c.sent));
        tellReservers();
        if (c.cancelled) {
            letGo(c.sent);
        }
        pokeTwoWays(null);
        c.told = true;
        rethrow(failure);
    }

    private void tellReservers() {
        ReceiverLine<?> line = reservers;
        if (line != null) {
            Settlement.run(line.close(line.end(), null)); // only threads wait; who comes later reads sends afterwards
        }
    }

    /** GC: moves all references to where senders and receivers would go on. */
    private void letGo(long end) {
        Segment last;
        do {
            last = findSurely(start(SEND), end);
        } while (!moveTo(SEND, last) || !moveTo(RECEIVE, last) || !moveTo(LIMIT, last)); // ends: as in locate
        last.cutPrev();
        letGoOfPassed();
    }

    /** An exception for an operation on this channel, which is closed. */
    final ChannelClosedException closed() {
        Closing c = closing;
        return closedBy(c.cancelled, c.cause);
    }

    // ---- telling receivers

    /** Tells all that wait at or behind {@code sent}; nobody will send there. Left to right: the order of arrival. */
    private AbortableFuture<?> tellReceivers(long sent) {
        AbortableFuture<?> chain = null;
        Segment s = start(SEND); // what lies between sent and this is dead
        while (s != null) { // ends: receivers that come later don't link segments
            for (int o = 0; o < s.size(); o++) {
                if (s.firstIndex() + o >= sent && s.cell(o) instanceof ReceiveWaiter receiver) {
                    chain = tell(s, o, receiver, chain);
                }
            }
            s = behind(s);
        }
        return chain;
    }

    private static AbortableFuture<?> tell(Segment s, int o, ReceiveWaiter receiver, AbortableFuture<?> chain) {
        if (!receiver.claim(CellState.CLOSED)) {
            return chain;
        }
        s.setCell(o, CellState.CLOSED); // nobody else touches it: the claim is lost
        s.onDeadCell();
        return receiver.wake(chain);
    }

    /** For a receiver that has installed itself: if the channel is closed by now, nobody else may have seen it. */
    final AbortableFuture<?> tellIfClosed(ReceiveWaiter receiver, AbortableFuture<?> chain) {
        if (sends >= 0 || receiver.index() < closing.sent) {
            return chain;
        }
        return tell(receiver.segment(), receiver.offset(), receiver, chain);
    }

    // ---- dropping what is in the channel

    /** Stops the receivers and empties the channel; gives what the hook threw. */
    private Throwable drop(Closing c) {
        Segment s = start(RECEIVE); // before the window
        Window w = stopReceivers();
        Throwable failure = null;
        AbortableFuture<?> chain = null;
        long i = w.next;
        while (i < c.sent) {
            s = findSurely(s, i);
            i = Math.max(i, s.firstIndex());
            for (; i < c.sent && s.idOf(i) == s.id(); i++) {
                int o = s.offsetOf(i);
                Object x;
                do { // ends: a cell changes a few times only
                    x = s.cell(o);
                    if (x instanceof SendWaiter sender
                            && sender.claim(SendWaiter.REFUSED)) { // before its cell is final
                        chain = sender.wake(chain);
                        failure = sender.tellsHook() ? failure : dropped(element(sender), failure);
                    }
                } while (!isFinal(x) && !s.casCell(o, x, CellState.CLOSED));
                if (isElement(x)) {
                    failure = dropped(element(x), failure);
                }
            }
        }
        Settlement.run(chain);
        return failure;
    }

    private Window stopReceivers() {
        for (; ; ) { // ends: repeats only when another thread has changed the window
            enter();
            Window w = official();
            if (w != null) {
                Window stopped = w.isCancelled() ? w : w.of(Window.CANCELLED);
                if (w.mark != null) {
                    finishMark(w);
                } else if (w == stopped || casWindow(w, stopped)) { // LP of cancel
                    return stopped;
                }
            }
        }
    }

    /** Whether a cell holds an element, or the waiter of one that is in the buffer. */
    static boolean isElement(Object x) {
        if (x instanceof SendWaiter sender) {
            int how = sender.outcome();
            return how == SendWaiter.BY_EXPANSION || (how == SendWaiter.WAITING && !sender.waitsForRoom());
        }
        return x != null && !(x instanceof CellState);
    }

    private static boolean isFinal(Object x) {
        return x instanceof CellState && !(x instanceof SendWaiter) && !(x instanceof ReceiveWaiter);
    }

    /** The element that a cell holds, itself or in its waiter. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // nothing else is ever put there
    final E element(Object x) {
        return (E) (x instanceof SendWaiter sender ? sender.element : x);
    }
}
