// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Consumer;

/** Many elements with one step on the counter of a {@link CellChannel}. */
abstract class CellBatches<E> extends CellReceives<E> {
    /* Implementation notes
     * Idea         A run of tickets is taken by one compare-and-set: of senders up to the limit, so none of them waits; of
     *              receivers up to the senders' counter, so none of them waits either. What waits goes one by one, in order.
     * Order        An element that meets a dead cell goes to the next cell of the run and shifts those behind it; what is
     *              left over takes new tickets.
     * New segments While a segment is not linked nobody is in its cells. So a run of sends that comes to the end of the list
     *              puts its elements into a new segment and links that: one step in the place of a compare-and-set each. If
     *              a receiver that has a ticket there has come first, or another sender, it goes on cell by cell.
     * Waiters      A run of receives is taken only while nobody waits to send; the array for it is there before.
     */
    private static final int LONGEST_RUN = 256; // elements, of a receive

    CellBatches(long room, int segmentSize, Consumer<? super E> onUndelivered) {
        super(room, segmentSize, onUndelivered);
    }

    // ---- sending

    @Override
    @SuppressWarnings("unchecked") // the array holds the elements only
    public final void sendAll(Iterable<? extends E> elements) throws InterruptedException {
        if (!(elements instanceof Collection<? extends E> collection)) {
            super.sendAll(elements);
            return;
        }
        Object[] all = withoutNulls(collection);
        if (all.length == 0) {
            failIfInterrupted();
        }
        for (int i = 0; i < all.length; ) {
            int sent = Thread.currentThread().isInterrupted() ? 0 : sendRun(all, i);
            i += sent;
            if (sent == 0) {
                send((E) all[i]); // waits, or throws
                i++;
            }
        }
    }

    /** How many were sent without waiting. */
    private int sendRun(Object[] all, int from) {
        Threads.reserveStack();
        Segment start;
        long first;
        long end;
        do { // ends: repeats when another sender has taken a ticket
            start = start(SEND);
            first = sends;
            if (first < 0) {
                return 0;
            }
            end = Math.min(first + all.length - from, limit());
            if (end <= first) {
                return 0;
            }
        } while (!casSends(first, end)); // LP of all of them
        return fill(start, first, end, all, from);
    }

    private int fill(Segment start, long first, long end, Object[] all, int from) {
        Segment s = start;
        AbortableFuture<?> chain = null;
        int next = from;
        for (long t = first; t < end; t++) {
            if (!s.isAt(t)) {
                int linked = linkFilled(s, t, end, all, next);
                s = locate(SEND, s, t);
                if (linked > 0) {
                    next += linked;
                    t += linked - 1;
                    continue;
                }
            }
            if (s.firstIndex() > t) { // all dead
                t = s.firstIndex() - 1;
                raiseSends(s.firstIndex());
                continue;
            }
            int o = s.offsetOf(t);
            Object x = null;
            boolean sent = s.casCell(o, null, all[next]); // HB: pairs with the read in receive
            if (!sent) {
                x = s.cell(o);
                if (x instanceof ReceiveWaiter receiver && receiver.claim(all[next])) {
                    s.setCellRelease(o, CellState.DONE); // GC
                    chain = receiver.wake(chain);
                    sent = true;
                }
            }
            if (x == CellState.CLOSED) {
                break; // those behind too
            }
            next += sent ? 1 : 0;
        }
        settled(null, chain); // when no ticket is left
        return next - from;
    }

    /** How many elements, from this ticket on, were sent by linking their segment with them in it; 0: it was there. */
    private int linkFilled(Segment near, long ticket, long end, Object[] all, int from) {
        Segment last = near;
        while (last != null && last.id() < near.idOf(ticket) - 1) {
            last = behind(last);
        }
        if (last == null || last.id() != near.idOf(ticket) - 1 || last.next() != null) {
            return 0;
        }
        int o = last.offsetOf(ticket);
        int n = (int) Math.min(end - ticket, last.size() - o);
        try {
            return last.append(all, from, o, n) ? n : 0; // HB: pairs with the read in receive
        } catch (OutOfMemoryError retried) {
            return 0; // one by one: that waits for memory
        }
    }

    // ---- receiving

    @Override
    public final int receiveMany(Collection<? super E> target, int max) throws InterruptedException {
        int taken = super.receiveMany(target, Math.min(max, 1));
        while (taken < max) {
            int run = receiveRun(target, max - taken);
            if (run == 0) {
                E one = receiveIfPresent();
                if (one == null) {
                    break;
                }
                add(target, one);
                run = 1;
            }
            taken += run;
        }
        return taken;
    }

    /** How many were received at once; 0: one by one, if there are any. */
    private int receiveRun(Collection<? super E> target, int max) {
        Threads.reserveStack();
        long there = sent() - next();
        if (there < 2 || there > room) {
            return 0;
        }
        Object[] run = new Object[(int) Math.min(Math.min(max, there), LONGEST_RUN)]; // before the tickets
        Segment start = start(RECEIVE); // before the counter
        long first = receives;
        long end = Math.min(first + run.length, sent());
        if (first < 0 || end <= first || !casReceives(first, end)) { // LP of all of them
            return 0;
        }
        int n = empty(start, first, end, run);
        for (int i = 0; i < n; i++) {
            try {
                add(target, element(run[i]));
            } catch (Throwable refused) { // the hook has that one: the others have left the channel too
                for (Object each : Arrays.asList(run).subList(i + 1, n)) {
                    undelivered(element(each), refused);
                }
                throw refused;
            }
        }
        return n;
    }

    /** Receives with the tickets from {@code first} to {@code end}: how many elements that gave. */
    final int empty(Segment start, long first, long end, Object[] run) {
        Segment s = start;
        int n = 0;
        for (long t = first; t < end; ) {
            s = locate(RECEIVE, s, t);
            int there = takeThere(s, t, end, run, n);
            n += there;
            t += there;
            if (there == 0) {
                Object x = visit(s, t++, true, null);
                if (!(x instanceof CellState)) {
                    run[n++] = x;
                }
            }
        }
        return n;
    }
}
