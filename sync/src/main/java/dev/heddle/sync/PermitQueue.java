// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static dev.heddle.sync.PermitWords.DIRTY;
import static dev.heddle.sync.PermitWords.DRAIN;
import static dev.heddle.sync.PermitWords.ONE;
import static dev.heddle.sync.PermitWords.WAITER;
import static dev.heddle.sync.PermitWords.WOKEN;
import static dev.heddle.sync.PermitWords.ZERO;
import static dev.heddle.sync.PermitWords.isFrozen;
import static dev.heddle.sync.PermitWords.waitersOf;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Settlement;
import dev.heddle.sync.internal.WaitQueue;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Permits and the queue of those who wait for some: one <em>epoch</em> of a {@link Semaphore}, or a {@link Mutex} (one
 * permit, for ever in the same epoch). Serves waiters first in, first out.
 */
class PermitQueue extends PermitEpoch implements WaitQueue.Owner {
    /* Implementation notes
     * Source         Abortable FIFO waiting of PLDI 2023, as a queue that is drained.
     * Idea           A permit stays visible in the word until a waiter that can't leave any more takes it. Whoever adds
     *                permits, arrives or leaves sees to it that the head is looked at: it takes DRAIN and does so
     *                itself, or tells the thread that has it, by DIRTY. A drainer selects the head, which can't leave
     *                from then on, and takes the permits for it, or lets go of it if a try was faster.
     *                Barging: a thread at the head is only woken (WOKEN), and competes; while it stays awake it keeps
     *                WOKEN set, so that nobody wakes it again.
     * Invariants     sync 8     permits are taken out of the word only for a waiter that can't leave any more, so a
     *                           failing try saw too few at one instant
     *                sync 11    DRAIN is only given up by a compare-and-set from a value of slow that was read before
     *                           the head was examined and found not to fit; WOKEN is set only by a drain that wakes the
     *                           head, or by the head that competes, and every new drain forgets it
     *                sync 12    nothing here waits for a thread that has not installed itself
     *                sync 22    a drain allocates nothing, and every caller has its stack reserved
     * Linearization  of an acquire that waited: the drainer's, or its own, compare-and-set on slow
     * Progress       A drainer that stalls delays waiters, and an abort of the waiter that it has just selected; never a
     *                release or a try.
     */
    static final int SEGMENT_SIZE = 32; // a wait costs about 6 bytes of segment

    /** A waiter for more or fewer permits than one, or without a thread, or that gets more than permits. */
    interface PermitWaiter extends WaitQueue.Waiter {
        int permits();

        /** The permits were taken for this waiter, which learns of it next. Must not fail or wait. */
        default void granted() {}
    }

    private volatile WaitQueue cells; // null until somebody waits; handed on to the next epoch

    /** An epoch with this many permits, over the queue of the epoch before, if there was any. */
    PermitQueue(int permits, WaitQueue cells) {
        super(permits);
        CELLS.set(this, cells);
    }

    /** The only epoch of a lock. */
    static PermitQueue forLock(boolean barging, WaitQueue cells) {
        PermitQueue q = of(barging, 0, cells);
        q.startAsLock();
        return q;
    }

    static PermitQueue of(boolean barging, int permits, WaitQueue cells) {
        return barging ? new Barging(permits, cells) : new PermitQueue(permits, cells);
    }

    /** An epoch whose waiting threads are woken to compete instead of being served. */
    private static final class Barging extends PermitQueue {
        Barging(int permits, WaitQueue cells) {
            super(permits, cells);
        }

        @Override
        boolean barging() {
            return true;
        }
    }

    @Override
    boolean barging() {
        return false;
    }

    /** The epoch that follows this one, which is frozen. */
    PermitQueue successor() {
        return of(barging(), permits(), cells);
    }

    WaitQueue cells() {
        return cells;
    }

    @Override
    final void ensureCells() {
        if (cells == null) {
            CELLS.compareAndSet(this, null, new WaitQueue(SEGMENT_SIZE));
        }
    }

    @Override
    public void enlisted(Object waiter) {
        for (; ; ) {
            long s = slow();
            if (isFrozen(s)) {
                return; // this waiter was served, and the epoch ended: its permits are elsewhere
            }
            if ((s & WOKEN) != 0 || permitsAt(s) < need(waiter)) {
                return; // a woken head passes on what is left; whoever adds permits from now on sees this waiter
            }
            if (startDrain(s, s)) {
                return;
            }
        }
    }

    @Override
    public void left(long index) {
        for (; ; ) {
            long s = slow();
            long after = s - WAITER;
            // Read after slow: if this waiter was examined as the head, or woken, before slow got this value, it shows.
            boolean wasHead = index >= 0 && cells.isHead(index);
            if (wasHead) {
                after &= ~WOKEN;
            }
            if (!wasHead || !mustLook(s, after)) {
                if (casSlow(s, after)) {
                    return;
                }
            } else if (startDrain(s, after)) { // sync 10: the next may fit where this one did not
                return;
            }
        }
    }

    /** A waiter at the head of a barging queue that is awake tries to serve itself. */
    @Override
    public boolean compete(Object waiter, Segment segment, int offset, boolean stays) {
        if (!barging() || !cells.isHead(segment.firstIndex() + offset)) {
            return false;
        }
        int need = need(waiter);
        for (; ; ) {
            long s = slow();
            if (permitsAt(s) < need) {
                long after = stays ? s | WOKEN : s & ~WOKEN;
                if (after == s || (stays && (s & DRAIN) != 0) || casSlow(s, after)) {
                    return false; // unless it stays, whoever adds permits from now on wakes the head
                }
            } else if (casSlow(s, (s - need * ONE - WAITER) | WOKEN)) {
                break; // WOKEN: nobody else is woken until this cell is out of the way
            }
        }
        WaitQueue.served(segment, offset);
        for (; ; ) { // pass the wake-up on if something is left
            long s = slow();
            long after = s & ~WOKEN;
            if (!mustLook(s, after)) {
                if (casSlow(s, after)) {
                    return true;
                }
            } else if (startDrain(s, after)) {
                return true;
            }
        }
    }

    @Override
    final boolean startDrain(long s, long after) {
        if ((s & DRAIN) != 0) {
            return casSlow(s, after | DIRTY);
        }
        // Not WOKEN: the head that was woken may be gone, and this drain wakes whoever is the head now.
        if (!casSlow(s, (after & ~WOKEN) | DRAIN)) {
            return false;
        }
        Settlement.run(drain());
        return true;
    }

    /** Serves waiters from the head on while they fit. The caller holds DRAIN; it is given up here. */
    private AbortableFuture<?> drain() {
        AbortableFuture<?> granted = null;
        for (; ; ) { // ends: DRAIN is given up unless something changed, and every change serves or removes a waiter
            long s = slow();
            if ((s & DIRTY) != 0) {
                casSlow(s, s & ~DIRTY);
                continue;
            }
            Object w = cells.peek();
            if (w == null || permitsAt(s) < need(w)) {
                if (casSlow(s, s & ~DRAIN)) {
                    return granted;
                }
            } else if (barging() && WaitQueue.threadOf(w) != null) {
                if (casSlow(s, (s & ~DRAIN) | WOKEN)) {
                    if ((s & WOKEN) == 0) {
                        WaitQueue.unpark(w);
                    }
                    return granted;
                }
            } else {
                Segment segment = cells.headSegment();
                int offset = cells.headOffset();
                if (WaitQueue.select(segment, offset, w)) {
                    int verdict = decide(w, segment, offset);
                    if (verdict != REFUSED && w instanceof AbortableFuture<?> future) {
                        granted = Settlement.append(granted, future);
                    }
                    if (verdict == SERVED_AND_DONE) {
                        return granted;
                    }
                }
            }
        }
    }

    private static final int REFUSED = 0;
    private static final int SERVED = 1;
    private static final int SERVED_AND_DONE = 2; // DRAIN was given up with the same step

    /** Takes the permits for a selected waiter, unless others have taken them. */
    private int decide(Object w, Segment segment, int offset) {
        int need = need(w);
        for (; ; ) {
            long s = slow();
            if (permitsAt(s) < need) {
                if (!WaitQueue.deselect(segment, offset, w)) {
                    uncountWaiter();
                }
                return REFUSED;
            }
            long after = s - need * ONE - WAITER;
            boolean done = (after & DIRTY) == 0 && !mayServe(after);
            if (done) {
                cells.passHead(); // before DRAIN is given up: the next drainer must not find this cell
            }
            if (casSlow(s, done ? after & ~DRAIN : after)) { // LP of an acquire that waited
                if (w instanceof PermitWaiter waiter) {
                    waiter.granted();
                }
                WaitQueue.served(segment, offset);
                WaitQueue.unpark(w);
                return done ? SERVED_AND_DONE : SERVED;
            }
            if (done) {
                cells.unpassHead();
            }
        }
    }

    /**
     * Whether there is a waiter, and it is not certain without a look at it that it does not fit. Never in a frozen epoch:
     * the queue is the next one's by then, and so are the permits.
     */
    private boolean mayServe(long slow) {
        if (isFrozen(slow)) {
            return false;
        }
        long least = (slow & ZERO) != 0 ? 0 : 1;
        return waitersOf(slow) > 0 && permitsAt(slow) >= least;
    }

    /**
     * Whether the head has to be looked at after it has gone. A drainer that may be about to wake it must hear of that:
     * slow can get the old value back, and WOKEN would then stand for nobody.
     */
    private boolean mustLook(long before, long after) {
        return mayServe(after) || (before & DRAIN) != 0;
    }

    private static int need(Object waiter) {
        return waiter instanceof PermitWaiter w ? w.permits() : 1;
    }

    // VarHandle mechanics
    private static final VarHandle CELLS = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "cells", VarHandle.class, PermitQueue.class, WaitQueue.class);
}
