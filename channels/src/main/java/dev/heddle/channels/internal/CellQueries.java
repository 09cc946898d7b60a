// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;
import java.util.function.Consumer;

/** The observers of a {@link CellChannel}. */
abstract class CellQueries<E> extends CellBatches<E> implements Buffered<E> {
    /* Implementation notes
     * Empty        at one instant means: cells seen empty, at that instant or later, and cells seen dead, then or earlier,
     *              are all there are from the next receive to the next send. One look at each is not enough when some are
     *              dead: such a cell may have been alive when an earlier one was still empty. So the cells are looked at
     *              until two looks in a row have seen as many dead ones; the instant lies between these two.
     * Closed       A sender in flight counts as one that comes later, but not when the channel is closed: it has come before.
     * Not empty    A cell seen alive counts if no receiver has it afterwards.
     */
    CellQueries(long room, int segmentSize, Consumer<? super E> onUndelivered) {
        super(room, segmentSize, onUndelivered);
    }

    private static boolean isAlive(Object x) {
        if (x instanceof SendWaiter sender) {
            int outcome = sender.outcome();
            return outcome != SendWaiter.ABORTED && outcome != SendWaiter.REFUSED && outcome != SendWaiter.LOST;
        }
        return x != null && !(x instanceof CellState);
    }

    @Override
    public final boolean isEmpty() {
        long before = -1; // where and how many, at the last look
        long deadBefore = 0;
        for (; ; ) { // ends: repeats when another thread has made progress
            if (sends < 0) {
                return isClosedForReceive();
            }
            Segment from = start(RECEIVE); // before the counter
            long r = next();
            long end = sent(); // after next
            if (end <= r) {
                return true; // LP: the read of receives
            }
            CellScan scan = new CellScan(this, from, r - 1);
            long empty = 0;
            boolean alive = false;
            while (!alive && scan.advance(end)) {
                Object x = scan.cell();
                alive = isAlive(x);
                empty += x == null ? 1 : 0;
            }
            if (alive) {
                if (next() <= scan.index()) {
                    return false;
                }
                continue;
            }
            long dead = scan.seen() - empty;
            boolean sameDead = dead == 0 || (before == r && deadBefore == dead);
            if (sameDead && next() == r && (empty == 0 || sends >= 0)) {
                return true;
            }
            before = r;
            deadBefore = dead;
        }
    }

    @Override
    public final boolean isClosedForReceive() {
        for (; ; ) { // ends: repeats when another thread has made progress, or a sender in flight was passed over
            if (sends >= 0) {
                return false;
            }
            Threads.reserveStack();
            finishClosing();
            if (closing.cancelled) {
                return true;
            }
            Segment from = start(RECEIVE); // before the counter
            long r = next();
            int found = firstAlive(from, r, closing.sent);
            if (found == NOBODY && next() == r) {
                return true;
            } else if (found == SOMEBODY) {
                return false;
            }
        }
    }

    private static final int NOBODY = 0;
    private static final int SOMEBODY = 1;
    private static final int CHANGED = 2;

    /** Looks for an element or a sender in [next, end); a sender in flight is made to fail, or to arrive. */
    private int firstAlive(Segment from, long next, long end) {
        Segment s = from;
        for (long i = next; i < end; i++) {
            s = findSurely(s, i);
            if (s.firstIndex() > i) {
                i = s.firstIndex() - 1; // all dead
                continue;
            }
            Object x = s.cell(s.offsetOf(i));
            if (isAlive(x)) {
                return next() <= i ? SOMEBODY : CHANGED;
            }
            if (x == null) {
                breakCell(s, s.offsetOf(i), null);
                settled(null, expand(null));
                return CHANGED;
            }
        }
        return NOBODY;
    }

    @Override
    public final int size() {
        return clamped(count(true));
    }

    /** Counts the senders that wait. */
    final int waitingSenders() {
        return clamped(count(false));
    }

    private long count(boolean elements) {
        Segment from = start(RECEIVE); // before the counter
        long r = next();
        long end = sent();
        long n = 0;
        CellScan scan = new CellScan(this, from, r - 1);
        while (scan.advance(end)) {
            Object x = scan.cell();
            boolean element = isElement(x);
            if (elements ? element : !element && isAlive(x)) {
                n++;
            }
        }
        return n;
    }

    @Override
    public final int waitingReceivers() {
        Segment from = start(SEND); // before the counter
        long s = sent();
        long end = next();
        long n = 0;
        CellScan scan = new CellScan(this, from, s - 1);
        while (scan.advance(end)) {
            if (scan.cell() instanceof ReceiveWaiter receiver && receiver.outcome() == null) {
                n++;
            }
        }
        return clamped(n);
    }

    private static int clamped(long n) {
        return (int) Math.min(n, Integer.MAX_VALUE);
    }

    // ---- views

    @Override
    public final void discard(E element) {
        rethrow(dropped(element, null));
    }

    @Override
    public final Place<E> oldest() {
        Segment from = start(RECEIVE); // before the counter
        return find(new CellScan(this, from, next() - 1));
    }

    private Place<E> find(CellScan scan) {
        long end = sent();
        while (scan.advance(end)) {
            Object x = scan.cell();
            if (isElement(x)) {
                return new Found(scan.segment(), scan.index(), element(x));
            }
        }
        return null;
    }

    private final class Found implements Place<E> {
        private final Segment segment;
        private final long index;
        private final E element;

        Found(Segment segment, long index, E element) {
            this.segment = segment;
            this.index = index;
            this.element = element;
        }

        @Override
        public E element() {
            return element;
        }

        @Override
        public boolean remove() {
            Threads.reserveStack();
            int o = segment.offsetOf(index);
            if (segment.cell(o) instanceof SendWaiter sender) {
                if (!sender.waitsForRoom() && abortSend(sender)) {
                    settled(null, expandIfWindow(sender.wake(null)));
                    return true;
                }
                if (sender.outcome() == SendWaiter.BY_EXPANSION) {
                    segment.casCell(o, sender, element); // whoever admitted it was about to do this
                }
            }
            if (index < CellQueries.this.next() || !breakCell(segment, o, element)) {
                return false;
            }
            settled(null, expand(null));
            return true;
        }

        @Override
        public Place<E> next() {
            return find(new CellScan(CellQueries.this, segment, Math.max(index, CellQueries.this.next() - 1)));
        }
    }
}
