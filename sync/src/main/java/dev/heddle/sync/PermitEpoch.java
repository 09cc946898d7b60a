// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static dev.heddle.sync.PermitWords.DIRTY;
import static dev.heddle.sync.PermitWords.DRAIN;
import static dev.heddle.sync.PermitWords.MAX_OPEN;
import static dev.heddle.sync.PermitWords.MAX_WAITERS;
import static dev.heddle.sync.PermitWords.ONE;
import static dev.heddle.sync.PermitWords.WAITER;
import static dev.heddle.sync.PermitWords.WAITERS_MASK;
import static dev.heddle.sync.PermitWords.WOKEN;
import static dev.heddle.sync.PermitWords.ZERO;
import static dev.heddle.sync.PermitWords.closed;
import static dev.heddle.sync.PermitWords.frozen;
import static dev.heddle.sync.PermitWords.hasDrifted;
import static dev.heddle.sync.PermitWords.isFrozen;
import static dev.heddle.sync.PermitWords.isOpenWord;
import static dev.heddle.sync.PermitWords.open;
import static dev.heddle.sync.PermitWords.openPermits;
import static dev.heddle.sync.PermitWords.permitsOf;
import static dev.heddle.sync.PermitWords.waitersOf;

import dev.heddle.sync.internal.Threads;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number of permits, and of those who wait for some. What serves the waiters is {@link PermitQueue}, the only subclass.
 */
abstract class PermitEpoch {
    /* Implementation notes
     * Source         The fetch-and-add of PLDI 2023 for permits that are there, joined with a count for all else.
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
     *                CLOSED     -> FROZEN(f, x)            only with no waiter and no flag but ZERO
     *                FROZEN     -> replaced in the semaphore by a new epoch OPEN(f + x), by anybody who sees it
     *
     * Invariants     sync 1, 2  permits = OPEN: max(p, 0); CLOSED, FROZEN: f + x. Every step below keeps initial +
     *                           released - acquired equal to that
     *                sync 8     an epoch that reads OPEN, or CLOSED and not FROZEN, is the current one: so one read of
     *                           its words is the state of the semaphore at that instant
     *                sync 9     waiters > 0 closes the epoch, and a newcomer that sees waiters > 0 queues (not barging)
     *
     * Linearization  acquire: the fetch-and-add or compare-and-set that takes permits. Release: the step that adds them;
     *                of one that overflowed and still fits, the moment the number sank. A failing try: its last read.
     * Ordering       both words are volatile.
     * Progress       Taking and giving a unit in an OPEN epoch: wait-free, one step. Everything else: lock-free.
     * Deviations     PLDI 2023 keeps permits minus waiters in one counter. That can't express JDK semantics for bulk
     *                waiters (a permit stays free while acquire(3) waits for three), nor negative permits.
     */

    /** Outcomes of {@link #enter} and {@link #tryTake}. */
    static final int TAKEN = 0;

    static final int MUST_WAIT = 1;
    static final int ENLISTED = 2;
    static final int STALE = 3; // frozen: the semaphore needs a new epoch first

    private volatile long fast;
    private volatile long slow;

    /** An epoch with this many permits; open unless that is negative. */
    PermitEpoch(int permits) {
        FAST.set(this, permits >= 0 ? open(permits) : closed(0));
        SLOW.set(this, permits >= 0 ? 0L : permits * ONE);
    }

    /** Makes this the epoch of a lock: closed, with one permit. A lock has nothing to gain from fetch-and-add. */
    final void startAsLock() {
        FAST.set(this, closed(0));
        SLOW.set(this, ONE);
    }

    /** Whether newcomers may pass the queue. */
    abstract boolean barging();

    /** Makes sure that there is a queue to wait in. */
    abstract void ensureCells();

    /**
     * Sets slow from {@code s} to {@code after} and has the head served; false if slow was not {@code s}. The caller has
     * reserved stack: a drain can't be cut off half way.
     */
    abstract boolean startDrain(long s, long after);

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

    /* A lock's fast path: it is always closed, never frozen, and has one permit. */

    /** Takes the permit if it is there and, unless barging, nobody waits. */
    boolean tryLockFast() {
        long s = slow;
        return (s == ONE || (s > ONE && barging())) && SLOW.compareAndSet(this, s, s - ONE);
    }

    /** Gives the permit back, unless that obliges the caller to serve somebody. */
    boolean tryUnlockFast() {
        for (; ; ) { // ends: with every failure another operation has succeeded
            long s = slow;
            if (waitersOf(s) != 0 && (s & WOKEN) == 0) {
                return false;
            }
            if (SLOW.compareAndSet(this, s, s + ONE)) {
                return true;
            }
        }
    }

    /* Everything else. */

    /** Takes {@code n} permits if they are there, whoever waits. */
    int tryTake(int n) {
        for (; ; ) {
            long w = fast;
            if (isOpenWord(w)) {
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
            if (permitsOf(w, s) < n) {
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
            if (isOpenWord(w)) {
                long p = openPermits(w);
                if (p >= n) {
                    if (n == 0 || FAST.compareAndSet(this, w, w - n * ONE)) {
                        return TAKEN;
                    }
                } else if (!enlist) {
                    return MUST_WAIT;
                } else {
                    FAST.compareAndSet(this, w, closed(p));
                }
                continue;
            }
            recentre(w);
            long s = slow;
            if (isFrozen(s)) {
                return STALE;
            }
            if (permitsOf(w, s) >= n && (barging() || waitersOf(s) == 0)) {
                if (n == 0 || SLOW.compareAndSet(this, s, s - n * ONE)) {
                    return TAKEN;
                }
            } else if (!enlist) {
                return MUST_WAIT;
            } else if (waitersOf(s) == MAX_WAITERS) {
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
            if (isOpenWord(w)) {
                if (n == 0) {
                    return true; // also if a release that is too much is just being taken back
                }
                long p = checkedSum(openPermits(w), n);
                if (FAST.compareAndSet(this, w, open(p))) {
                    return true;
                }
                continue;
            }
            recentre(w);
            long s = slow;
            if (isFrozen(s)) {
                return false;
            }
            checkedSum(permitsOf(w, s), n);
            long after = s + n * ONE;
            if (waitersOf(s) == 0 || (s & WOKEN) != 0) {
                if (SLOW.compareAndSet(this, s, after)) {
                    return true;
                }
                continue;
            }
            Threads.reserveStack();
            if (startDrain(s, after)) {
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
            if (isOpenWord(w)) {
                long p = openPermits(w);
                long after = p >= n ? w - n * ONE : closed(p);
                if ((n == 0 || FAST.compareAndSet(this, w, after)) && p >= n) {
                    return true;
                }
                continue;
            }
            long s = slow;
            if (isFrozen(s)) {
                return false;
            }
            if (permitsOf(w, s) - n < Integer.MIN_VALUE) {
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
            if (isOpenWord(w)) {
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
            long p = permitsOf(w, s);
            long after = s - p * ONE;
            if (p >= 0 || waitersOf(s) == 0) {
                if (p == 0 || SLOW.compareAndSet(this, s, after)) {
                    return p;
                }
                continue;
            }
            Threads.reserveStack();
            if (startDrain(s, after)) {
                return p;
            }
        }
    }

    /* The end of an epoch. */

    /** Ends this epoch if it is closed, nobody waits and there are permits. */
    boolean freeze() {
        long w = fast;
        long s = slow;
        return !isOpenWord(w)
                && (s & (WAITERS_MASK | DIRTY | DRAIN | WOKEN)) == 0
                && permitsOf(w, s) > 0
                && SLOW.compareAndSet(this, s, s | WAITERS_MASK);
    }

    /* Queries. */

    /** The permits, at one instant. */
    int permits() {
        long w = fast;
        return (int) (isOpenWord(w) ? Math.min(openPermits(w), Integer.MAX_VALUE) : permitsOf(w, slow));
    }

    /** Those who wait, at one instant. */
    int waiters() {
        if (isOpenWord(fast)) {
            return 0;
        }
        long s = slow;
        return isFrozen(s) ? 0 : waitersOf(s);
    }

    boolean isOpen() {
        return isOpenWord(fast);
    }

    /* The words, for the queue. */

    final long slow() {
        return slow;
    }

    final boolean casSlow(long expected, long fresh) {
        return SLOW.compareAndSet(this, expected, fresh);
    }

    final void uncountWaiter() {
        SLOW.getAndAdd(this, -WAITER);
    }

    /** The permits when slow is {@code s}, in a closed epoch. */
    final long permitsAt(long s) {
        return permitsOf(fast, s);
    }

    /** Void steps on a closed epoch add up; this keeps them from ever reaching the open range. */
    private void recentre(long w) {
        if (hasDrifted(w)) {
            FAST.compareAndSet(this, w, closed(frozen(w)));
        }
    }

    // VarHandle mechanics
    private static final VarHandle FAST = field("fast");
    private static final VarHandle SLOW = field("slow");

    private static VarHandle field(String name) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), name, VarHandle.class, PermitEpoch.class, long.class);
    }
}
