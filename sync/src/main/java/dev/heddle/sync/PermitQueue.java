// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Settlement;
import dev.heddle.sync.internal.Threads;
import dev.heddle.sync.internal.WaitQueue;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number of permits and the queue of those who wait for some: one <em>epoch</em> of a {@link Semaphore}, or a
 * {@link Mutex} (one permit, for ever in the same epoch). Serves waiters first in, first out.
 */
class PermitQueue implements WaitQueue.Owner {
    /* Implementation notes
     * Source         The fetch-and-add of PLDI 2023 for permits that are there; for those who wait a queue that is
     *                drained, so that a permit stays visible until a waiter that can't leave any more takes it.
     *
     * Idea           While an epoch is OPEN, `fast` holds the permits, nobody waits, and a unit acquire or release is
     *                one fetch-and-add. A fetch-and-add that finds nothing to take (or nowhere to give) is VOID: it
     *                changed a number that no longer means anything, and is not undone. What a void step spoils can
     *                only be a negative number, and a negative number means "no permit" as long as the epoch is open.
     *                Who has to wait closes the epoch: one compare-and-set freezes the permits that are left in the
     *                low bits of `fast`, out of the reach of fetch-and-adds, and moves the rest of the word so far
     *                down that it never looks open again. From then on `slow` counts, changed by compare-and-set
     *                only; the permits are frozen + change. A new epoch is a new object, so a late fetch-and-add on
     *                an old one hits nothing.
     *
     * State machine  OPEN(p)    -> OPEN(p')                by fetch-and-add or compare-and-set; permits = max(p, 0)
     *                OPEN(p)    -> CLOSED(max(p, 0), 0)    by who must wait, or reduces below zero
     *                CLOSED(f, x, waiters, flags)          permits = f + x; by compare-and-set on slow
     *                CLOSED     -> FROZEN(f, x)            only with no waiter and no flag
     *                FROZEN     -> replaced in the semaphore by a new epoch OPEN(f + x), by anybody who sees it
     *
     * Flags of slow  DRAIN   a thread serves the head of the queue; no other may
     *                DIRTY   something changed since it looked: it looks again before it stops
     *                WOKEN   barging only: the head was woken and is going to compete
     *                ZERO    an acquire(0) has waited in this epoch: even with no permit somebody may be served
     *                FROZEN  (a number of waiters that nothing else can be) see above; final
     *
     * Invariants     sync 1, 2  permits = OPEN: max(p, 0); CLOSED, FROZEN: f + x. Every step below keeps initial +
     *                           released - acquired equal to that
     *                sync 8     permits are taken out of the word only for a waiter that can't leave any more, so a
     *                           failing try saw too few at one instant
     *                sync 9     waiters > 0 closes the epoch, and a newcomer that sees waiters > 0 queues (not barging)
     *                sync 11    DRAIN is only given up by a compare-and-set from a value of slow that was read before
     *                           the head was examined and found not to fit
     *                sync 12    nothing above waits for a thread that has not installed itself
     *
     * Linearization  acquire: the fetch-and-add or compare-and-set that takes permits; of a waiter: the drainer's
     *                compare-and-set on slow. Release: the step that adds permits. A failing try: its last read.
     * Ordering       both words are volatile; cells carry the rest (see WaitQueue).
     * Progress       Acquire and release in an OPEN epoch with permits: wait-free, one step. Otherwise lock-free, but
     *                for the wait itself: waiters are served by the drainer, so a drainer that stalls delays waiters,
     *                and an abort of the waiter that it has just selected; never a release or a try.
     * Deviations     PLDI 2023 keeps permits minus waiters in one counter. That can't express JDK semantics for bulk
     *                waiters (a permit stays free while acquire(3) waits for three), nor negative permits.
     */

    private static final int SHIFT = 31; // permits, in both words: the bits above
    private static final long ONE = 1L << SHIFT;
    private static final long FROZEN_MASK = ONE - 1; // fast, when closed: the permits left at that moment
    private static final long MAX_OPEN = (long) Integer.MAX_VALUE << SHIFT;
    private static final long LEAST_OPEN = -(1L << 62); // fast below this is closed
    private static final long CLOSED_CENTRE = -3L << 61; // half-way between LEAST_OPEN and Long.MIN_VALUE
    private static final long DRIFT_LIMIT = 1L << 59; // 2^28 void steps

    private static final long DIRTY = 1;
    private static final long DRAIN = 2;
    private static final long WOKEN = 4;
    private static final long ZERO = 8;
    private static final int WAITERS_SHIFT = 4;
    private static final long WAITER = 1L << WAITERS_SHIFT;
    private static final long WAITERS_MASK = FROZEN_MASK & -WAITER; // 27 bits; all of them set: FROZEN

    private static final int MAX_WAITERS = (int) (WAITERS_MASK >>> WAITERS_SHIFT) - 1;

    /** Outcomes of {@link #enter}. */
    static final int TAKEN = 0;

    static final int MUST_WAIT = 1;
    static final int ENLISTED = 2;
    static final int STALE = 3;

    static final int SEGMENT_SIZE = 32; // a wait costs about 6 bytes of segment

    /** A waiter for more or fewer permits than one, or without a thread. */
    interface PermitWaiter extends WaitQueue.Waiter {
        int permits();
    }

    private volatile long fast; // OPEN: permits | 0; CLOSED: garbage | frozen permits
    private volatile long slow; // change of permits since the closing | waiters | flags
    private volatile WaitQueue cells; // null until somebody waits; handed on to the next epoch

    /** An epoch with this many permits; open unless that is negative. */
    PermitQueue(int permits, WaitQueue cells) {
        FAST.set(this, permits >= 0 ? (long) permits << SHIFT : CLOSED_CENTRE);
        SLOW.set(this, permits >= 0 ? 0L : (long) permits << SHIFT);
        CELLS.set(this, cells);
    }

    /** A closed epoch with one permit: for a lock, which has nothing to gain from fetch-and-add. */
    static PermitQueue forLock(boolean barging, WaitQueue cells) {
        PermitQueue q = barging ? new Barging(0, cells) : new PermitQueue(0, cells);
        FAST.set(q, CLOSED_CENTRE);
        SLOW.set(q, ONE);
        return q;
    }

    /** An epoch of waiters that are woken to compete instead of being served in order. */
    static final class Barging extends PermitQueue {
        Barging(int permits, WaitQueue cells) {
            super(permits, cells);
        }

        @Override
        boolean barging() {
            return true;
        }
    }

    boolean barging() {
        return false;
    }

    /* Units, in an open epoch: one unconditional step. */

    /** Takes a permit if the epoch is open and has one; otherwise the step is void. */
    boolean takeFast() {
        return (long) FAST.getAndAdd(this, -ONE) >= ONE; // LP of an acquire that finds a permit
    }

    /** Gives a permit back; see {@link #gave} and {@link #overflowed} for what it came to. */
    long giveFast() {
        return (long) FAST.getAndAdd(this, ONE); // LP of a release if gave(result)
    }

    static boolean gave(long before) {
        return before >= 0 && before < MAX_OPEN;
    }

    static boolean overflowed(long before) {
        return before >= MAX_OPEN;
    }

    /**
     * Takes back a {@link #giveFast} that went past the greatest number of permits.
     *
     * @return false if others have taken permits meanwhile: then the release fits, after them
     */
    boolean undoOverflow() {
        for (; ; ) { // ends: with every step the number has changed
            long w = fast;
            if (w <= MAX_OPEN) {
                return false;
            }
            if (FAST.compareAndSet(this, w, w - ONE)) {
                return true;
            }
        }
    }

    /* A lock's fast path: slow is exactly "one permit, nobody waits" or "none, nobody waits". */

    boolean tryLockFast() {
        return slow == ONE && SLOW.compareAndSet(this, ONE, 0L);
    }

    boolean tryUnlockFast() {
        return SLOW.compareAndSet(this, 0L, ONE);
    }

    /* Everything else. */

    /** Takes {@code n} permits if they are there, whoever waits. */
    int tryTake(int n) {
        for (; ; ) {
            long w = fast;
            if (isOpen(w)) {
                long p = openPermits(w);
                if (p < n) {
                    return MUST_WAIT; // LP of a failing try: the read of fast
                }
                if (n == 0 || FAST.compareAndSet(this, w, w - n * ONE)) {
                    return TAKEN;
                }
                continue;
            }
            long s = slow;
            if (isFrozen(s)) {
                return STALE;
            }
            if (permits(w, s) < n) {
                return MUST_WAIT; // LP of a failing try: the read of slow
            }
            if (n == 0 || SLOW.compareAndSet(this, s, s - n * ONE)) {
                return TAKEN;
            }
        }
    }

    /**
     * Takes {@code n} permits if they are there and, unless barging, nobody waits. Otherwise counts the caller as a
     * waiter, if {@code enlist}: it must {@linkplain WaitQueue#enlist enlist} next.
     */
    int enter(int n, boolean enlist) {
        if (enlist) {
            ensureCells();
        }
        for (; ; ) {
            long w = fast;
            if (isOpen(w)) {
                long p = openPermits(w);
                if (p >= n) {
                    if (n == 0 || FAST.compareAndSet(this, w, w - n * ONE)) {
                        return TAKEN;
                    }
                } else if (!enlist) {
                    return MUST_WAIT;
                } else {
                    FAST.compareAndSet(this, w, CLOSED_CENTRE | p);
                }
                continue;
            }
            recentre(w);
            long s = slow;
            if (isFrozen(s)) {
                return STALE;
            }
            if (permits(w, s) >= n && (barging() || waiters(s) == 0)) {
                if (n == 0 || SLOW.compareAndSet(this, s, s - n * ONE)) {
                    return TAKEN;
                }
            } else if (!enlist) {
                return MUST_WAIT;
            } else if (waiters(s) == MAX_WAITERS) {
                throw new Error("Maximum number of waiters exceeded");
            } else if (SLOW.compareAndSet(this, s, (s + WAITER) | (n == 0 ? ZERO : 0))) {
                return ENLISTED;
            }
        }
    }

    /**
     * Adds {@code n} permits and serves the waiters that fit.
     *
     * @return false if this epoch is over
     * @throws Error if there would be more than {@code Integer.MAX_VALUE} permits; nothing is changed
     */
    boolean give(int n) {
        for (; ; ) {
            long w = fast;
            if (isOpen(w)) {
                if (n == 0) {
                    return true; // also if a release that is too much is just being taken back
                }
                long p = checkedSum(openPermits(w), n);
                if (FAST.compareAndSet(this, w, p << SHIFT)) {
                    return true;
                }
                continue;
            }
            recentre(w);
            long s = slow;
            if (isFrozen(s)) {
                return false;
            }
            checkedSum(permits(w, s), n);
            long after = s + n * ONE;
            if (waiters(s) == 0 || (s & WOKEN) != 0) {
                if (SLOW.compareAndSet(this, s, after)) {
                    return true;
                }
            } else if (startDrain(s, after)) {
                return true;
            }
        }
    }

    private static long checkedSum(long permits, int n) {
        long sum = permits + n;
        if (sum > Integer.MAX_VALUE) {
            throw new Error("Maximum permit count exceeded");
        }
        return sum;
    }

    /**
     * Takes {@code n} permits away, below zero if need be.
     *
     * @return false if this epoch is over
     */
    boolean reduce(int n) {
        for (; ; ) {
            long w = fast;
            if (isOpen(w)) {
                long p = openPermits(w);
                long after = p >= n ? w - n * ONE : CLOSED_CENTRE | p;
                if ((n == 0 || FAST.compareAndSet(this, w, after)) && p >= n) {
                    return true;
                }
                continue;
            }
            long s = slow;
            if (isFrozen(s)) {
                return false;
            }
            if (permits(w, s) - n < Integer.MIN_VALUE) {
                throw new Error("Permit count underflow");
            }
            if (SLOW.compareAndSet(this, s, s - n * ONE)) {
                return true;
            }
        }
    }

    /**
     * Sets the permits to zero and gives what they were, perhaps negative.
     *
     * @return {@code Long.MIN_VALUE} if this epoch is over
     */
    long takeAll() {
        for (; ; ) {
            long w = fast;
            if (isOpen(w)) {
                long p = Math.min(openPermits(w), Integer.MAX_VALUE);
                if (p == 0 || FAST.compareAndSet(this, w, w - p * ONE)) {
                    return p;
                }
                continue;
            }
            long s = slow;
            if (isFrozen(s)) {
                return Long.MIN_VALUE;
            }
            long p = permits(w, s);
            long after = s - p * ONE;
            boolean noneToServe = p > 0 || waiters(s) == 0;
            if (p == 0 || (noneToServe ? SLOW.compareAndSet(this, s, after) : startDrain(s, after))) {
                return p;
            }
        }
    }

    /* The end of an epoch. */

    /** Ends this epoch if it is closed, nobody waits and there are permits. */
    boolean freeze() {
        long w = fast;
        long s = slow;
        return !isOpen(w)
                && (s & (WAITERS_MASK | DIRTY | DRAIN | WOKEN)) == 0
                && permits(w, s) > 0
                && SLOW.compareAndSet(this, s, s | WAITERS_MASK);
    }

    /** The epoch that follows this one, which is frozen. */
    PermitQueue successor() {
        int permits = (int) permits(fast, slow);
        return barging() ? new Barging(permits, cells) : new PermitQueue(permits, cells);
    }

    /* The queue. */

    WaitQueue cells() {
        return cells;
    }

    private void ensureCells() {
        if (cells == null) {
            CELLS.compareAndSet(this, null, new WaitQueue(SEGMENT_SIZE));
        }
    }

    @Override
    public void enlisted(Object waiter) {
        for (; ; ) {
            long s = slow;
            if ((s & WOKEN) != 0 || permits(fast, s) < need(waiter)) {
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
            long s = slow;
            long after = s - WAITER;
            // Read after slow: if this waiter was examined as the head, or woken, before slow got this value, it shows.
            boolean wasHead = index >= 0 && cells.isHead(index);
            if (wasHead) {
                after &= ~WOKEN;
            }
            if (!wasHead || !mayServe(after)) {
                if (SLOW.compareAndSet(this, s, after)) {
                    return;
                }
            } else if (startDrain(s, after)) { // sync 10: the next may fit where this one did not
                return;
            }
        }
    }

    /** A woken waiter at the head of a barging queue tries to serve itself. */
    @Override
    public boolean compete(Object waiter, Segment segment, int offset) {
        if (!barging() || !cells.isHead(segment.firstIndex() + offset)) {
            return false;
        }
        int need = need(waiter);
        for (; ; ) {
            long s = slow;
            if (permits(fast, s) < need) {
                if ((s & WOKEN) == 0 || SLOW.compareAndSet(this, s, s & ~WOKEN)) {
                    return false; // whoever adds permits from now on wakes the head again
                }
            } else if (SLOW.compareAndSet(this, s, (s - need * ONE - WAITER) | WOKEN)) {
                break; // WOKEN: nobody else is woken until this cell is out of the way
            }
        }
        WaitQueue.served(segment, offset);
        for (; ; ) { // pass the wake-up on if something is left
            long s = slow;
            long after = s & ~WOKEN;
            if (!mayServe(after)) {
                if (SLOW.compareAndSet(this, s, after)) {
                    return true;
                }
            } else if (startDrain(s, after)) {
                return true;
            }
        }
    }

    /** Sets slow from {@code s} to {@code after} and has the head served, by this thread or by the one that is at it. */
    private boolean startDrain(long s, long after) {
        if ((s & DRAIN) != 0) {
            return SLOW.compareAndSet(this, s, after | DIRTY);
        }
        Threads.reserveStack(); // a drain can't be cut off half way
        // Not WOKEN: the head that was woken may be gone, and this drain wakes whoever is the head now.
        if (!SLOW.compareAndSet(this, s, (after & ~WOKEN) | DRAIN)) {
            return false;
        }
        Settlement.run(drain());
        return true;
    }

    /** Serves waiters from the head on while they fit. The caller holds DRAIN; it is given up here. */
    private AbortableFuture<?> drain() {
        AbortableFuture<?> granted = null;
        for (; ; ) { // ends: DRAIN is given up unless something changed, and every change serves or removes a waiter
            long s = slow;
            if ((s & DIRTY) != 0) {
                SLOW.compareAndSet(this, s, s & ~DIRTY);
                continue;
            }
            Object w = cells.peek();
            if (w == null || permits(fast, s) < need(w)) {
                if (SLOW.compareAndSet(this, s, s & ~DRAIN)) {
                    return granted;
                }
            } else if (barging() && WaitQueue.threadOf(w) != null) {
                if (SLOW.compareAndSet(this, s, (s & ~DRAIN) | WOKEN)) {
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
            long s = slow;
            if (permits(fast, s) < need) {
                if (!WaitQueue.deselect(segment, offset, w)) {
                    SLOW.getAndAdd(this, -WAITER);
                }
                return REFUSED;
            }
            long after = s - need * ONE - WAITER;
            boolean done = (after & DIRTY) == 0 && !mayServe(after);
            if (done) {
                cells.passHead(); // before DRAIN is given up: the next drainer must not find this cell
            }
            if (SLOW.compareAndSet(this, s, done ? after & ~DRAIN : after)) { // LP of an acquire that waited
                WaitQueue.served(segment, offset);
                WaitQueue.unpark(w);
                return done ? SERVED_AND_DONE : SERVED;
            }
            if (done) {
                cells.unpassHead();
            }
        }
    }

    /** Whether there is a waiter, and it is not certain without a look at it that it does not fit. */
    private boolean mayServe(long slow) {
        long least = (slow & ZERO) != 0 ? 0 : 1;
        return waiters(slow) > 0 && permits(fast, slow) >= least;
    }

    private static int need(Object waiter) {
        return waiter instanceof PermitWaiter w ? w.permits() : 1;
    }

    /* Queries. */

    /** The permits, at one instant. */
    int permits() {
        long w = fast;
        return (int) (isOpen(w) ? Math.min(openPermits(w), Integer.MAX_VALUE) : permits(w, slow));
    }

    /** Those who wait, at one instant. */
    int waiters() {
        if (isOpen(fast)) {
            return 0;
        }
        long s = slow;
        return isFrozen(s) ? 0 : waiters(s);
    }

    boolean isOpen() {
        return isOpen(fast);
    }

    /* The words. */

    private static boolean isOpen(long fast) {
        return fast >= LEAST_OPEN;
    }

    private static long openPermits(long fast) {
        return Math.max(fast >> SHIFT, 0);
    }

    private static long permits(long fast, long slow) {
        return (fast & FROZEN_MASK) + (slow >> SHIFT);
    }

    private static boolean isFrozen(long slow) {
        return (slow & WAITERS_MASK) == WAITERS_MASK;
    }

    /** Meaningless if frozen. */
    private static int waiters(long slow) {
        return (int) ((slow & WAITERS_MASK) >>> WAITERS_SHIFT);
    }

    /** Void steps on a closed epoch add up; this keeps them from ever reaching the open range. */
    private void recentre(long w) {
        if (Math.abs((w & ~FROZEN_MASK) - CLOSED_CENTRE) > DRIFT_LIMIT) {
            FAST.compareAndSet(this, w, CLOSED_CENTRE | (w & FROZEN_MASK));
        }
    }

    // VarHandle mechanics
    private static final VarHandle FAST = field("fast", long.class);
    private static final VarHandle SLOW = field("slow", long.class);
    private static final VarHandle CELLS = field("cells", WaitQueue.class);

    private static VarHandle field(String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), name, VarHandle.class, PermitQueue.class, type);
    }
}
