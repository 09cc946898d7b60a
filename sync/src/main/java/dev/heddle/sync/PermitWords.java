// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

/** The two words of a {@link PermitQueue}: their bits, and nothing that changes them. */
final class PermitWords {
    /* Layout
     *          63 .. 31                                   30 .. 4    3     2      1      0
     *   fast   OPEN: permits, may be off below zero       0
     *          CLOSED: void steps, far below zero         permits at the closing (31 bits)
     *   slow   change of permits since the closing        waiters    ZERO  WOKEN  DRAIN  DIRTY
     *
     *   DRAIN  a thread serves the head of the queue; no other may
     *   DIRTY  something changed since it looked: it looks again before it stops
     *   WOKEN  barging only: the head was woken and is going to compete
     *   ZERO   an acquire(0) has waited in this epoch: even with no permit somebody may be served
     *
     * A number of waiters with all bits set says FROZEN: this epoch is over.
     */

    static final int SHIFT = 31;
    static final long ONE = 1L << SHIFT; // one permit, in either word
    static final long MAX_OPEN = (long) Integer.MAX_VALUE << SHIFT;

    private static final long FROZEN_MASK = ONE - 1;
    private static final long LEAST_OPEN = -(1L << 62); // fast below this is closed
    private static final long CLOSED_CENTRE = -3L << 61; // half-way between LEAST_OPEN and Long.MIN_VALUE
    private static final long DRIFT_LIMIT = 1L << 59; // 2^28 void steps

    static final long DIRTY = 1;
    static final long DRAIN = 2;
    static final long WOKEN = 4;
    static final long ZERO = 8;
    private static final int WAITERS_SHIFT = 4;
    static final long WAITER = 1L << WAITERS_SHIFT;
    static final long WAITERS_MASK = FROZEN_MASK & -WAITER;
    static final int MAX_WAITERS = (int) (WAITERS_MASK >>> WAITERS_SHIFT) - 1;

    private PermitWords() {}

    /* fast */

    static long open(long permits) {
        return permits << SHIFT;
    }

    /** A closed word with 0 to {@code Integer.MAX_VALUE} permits frozen. */
    static long closed(long permits) {
        return CLOSED_CENTRE | permits;
    }

    static boolean isOpenWord(long fast) {
        return fast >= LEAST_OPEN;
    }

    static long openPermits(long fast) {
        return Math.max(fast >> SHIFT, 0);
    }

    static long frozen(long fast) {
        return fast & FROZEN_MASK;
    }

    static boolean hasDrifted(long fast) {
        return Math.abs((fast & ~FROZEN_MASK) - CLOSED_CENTRE) > DRIFT_LIMIT;
    }

    /* slow */

    /** The permits of a closed epoch. */
    static long permitsOf(long fast, long slow) {
        return frozen(fast) + (slow >> SHIFT);
    }

    static boolean isFrozen(long slow) {
        return (slow & WAITERS_MASK) == WAITERS_MASK;
    }

    /** Meaningless if frozen. */
    static int waitersOf(long slow) {
        return (int) ((slow & WAITERS_MASK) >>> WAITERS_SHIFT);
    }
}
