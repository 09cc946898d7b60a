// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;

/** The place of the receivers and of the buffer while the counter of the receivers is out of use. Immutable. */
final class Window {
    /** In use, or about to be. */
    static final byte OPEN = 0;

    /** Over: the counter is going to be set to {@link #next}. */
    static final byte FROZEN = 1;

    /** For ever: nobody receives any more. */
    static final byte CANCELLED = 2;

    /**
     * A cell that is being made BROKEN, and what must be in it for that: an element, or null for an empty cell. Its place is
     * free again by that, or {@code kept} for a reservation.
     */
    record Mark(Segment segment, int offset, Object victim, boolean kept) {}

    final long period; // no two windows of one channel that were entered apart have the same
    final long entry; // next, when it was entered
    final long next; // index of the next cell to receive from
    final long limit; // a sender below may leave its element
    final long gap; // cells in [next, limit) that are dead, less places that are kept for reservations
    final long pending; // cells from limit on that are or will be dead, or were passed; kept places; who waits for one
    final byte kind;
    final Mark mark; // or null

    private Window(long period, long entry, long next, long limit, long gap, long pending, byte kind, Mark mark) {
        this.period = period;
        this.entry = entry;
        this.next = next;
        this.limit = limit;
        this.gap = gap;
        this.pending = pending;
        this.kind = kind;
        this.mark = mark;
    }

    /** Never fails for want of memory: whoever needs a new window may be half way through something. */
    private static Window make(
            long period, long entry, long next, long limit, long gap, long pending, byte kind, Mark mark) {
        for (; ; ) { // ends: when there is memory
            try {
                return new Window(period, entry, next, limit, gap, pending, kind, mark);
            } catch (OutOfMemoryError retried) {
                Threads.pause(Window.class);
            }
        }
    }

    static Window entered(long period, long next, long limit) {
        return make(period, next, next, limit, 0, 0, OPEN, null);
    }

    Window moved(long newNext, long newLimit, long newGap, long newPending) {
        return make(period, entry, newNext, newLimit, newGap, newPending, kind, null);
    }

    Window pending(long change) {
        return make(period, entry, next, limit, gap, pending + change, kind, mark);
    }

    Window marked(Mark cell) {
        return make(period, entry, next, limit, gap, pending, kind, cell);
    }

    Window unmarked(boolean dead) {
        int n = dead ? 1 : 0;
        return mark.kept
                ? make(period, entry, next, limit, gap, pending + n, kind, null)
                : make(period, entry, next, limit, gap + n, pending, kind, null);
    }

    /** With more places kept, or fewer. */
    Window kept(int change) {
        return make(period, entry, next, limit, gap - change, pending + change, kind, mark);
    }

    Window of(byte newKind) {
        return make(period, entry, next, limit, gap, pending, newKind, null);
    }

    /** Places that are free, taken, or on their way to be. */
    long live() {
        return limit - next - gap;
    }

    boolean isCancelled() {
        return kind == CANCELLED;
    }

    @Override
    public String toString() {
        return "window " + period + " [" + next + ", " + limit + ") gap " + gap + " pending " + pending + " kind "
                + kind;
    }
}
