// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Threads;

/** Whether who waits at a channel waits actively for a while before it parks. */
final class Patience {
    /* Implementation notes
     * Idea           An active wait that ends in time saves a park and an unpark; one that does not has cost its time, and
     *                on a virtual thread the carrier's. Both go into an account, in nanoseconds. In the red nobody tries, but
     *                each wait pays a little in, so that there is a try now and then. A new channel begins in the red: who
     *                makes one for a single wait just parks.
     * Bounds         The active wait is bounded by time. So is what it costs in vain: PAID_IN a wait, on the long run.
     *                A carrier alone with a virtual thread that waits for another one of its own wastes no more than that.
     * Races          An entry may get lost, or two threads try at once. Nothing but time rests on the account.
     */
    private static final int SHORT_ROUNDS = 64; // in the red, on platform threads: one to three microseconds
    private static final int SHORT_NANOS = 10_000; // whatever the rounds
    private static final int PLATFORM_NANOS = 50_000; // a sleeping processor may take that long to run a thread
    private static final int VIRTUAL_NANOS = 10_000; // 2,000 lost with eight pairs of threads
    private static final int EARNED = 3_000; // by a wait that ends in time: a park, and an unpark on another processor
    private static final int PAID_IN = 20; // by a wait that does not try
    private static final int LEAST = -100_000;
    private static final int MOST = 50_000;
    private static final int FIRST = -32 * PAID_IN;

    /** Something that may wait. */
    interface Waiting {
        /** Whether it does. */
        boolean isWaiting();
    }

    private int account = FIRST;

    int account() {
        return account;
    }

    /** Waits actively for the end of a wait of the calling thread, or not. */
    void watch(Waiting waiter, Deadline deadline) {
        boolean platform = deadline.maySpin();
        if (!platform && !Threads.mayWatch()) {
            return;
        }
        int before = account;
        if (before < 0) {
            account = before + PAID_IN;
            if (platform) {
                watch(waiter, SHORT_NANOS, SHORT_ROUNDS);
            }
            return;
        }
        int most = platform ? PLATFORM_NANOS : VIRTUAL_NANOS;
        long took = watch(waiter, Math.min(deadline.remaining(), most), Integer.MAX_VALUE);
        long after = before - took + (waiter.isWaiting() ? 0 : EARNED);
        account = (int) Math.max(LEAST, Math.min(MOST, after));
    }

    private static long watch(Waiting waiter, long nanos, int rounds) {
        long begin = System.nanoTime();
        long took = 0;
        for (int k = rounds; k > 0 && took < nanos && waiter.isWaiting(); k--) { // ends: by time
            Thread.onSpinWait();
            took = System.nanoTime() - begin;
        }
        return took;
    }
}
