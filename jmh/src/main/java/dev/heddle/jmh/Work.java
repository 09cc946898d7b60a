// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

/**
 * The work a thread does before and inside a critical section: random draws until one hits, so their number is
 * geometric. The workload is that of Koval, Khalanskiy and Alistarh, PLDI 2023, section 6. One instance a thread.
 */
public final class Work {
    /** Mean number of draws; about 100 ns. */
    public static final int MEAN = 100;

    private static final int HIT = Integer.MIN_VALUE + (int) ((1L << 32) / MEAN);

    private long state;

    /** Creates a source of work; equal seeds give equal work. */
    public Work(long seed) {
        state = (seed + 1) * 0x9E3779B97F4A7C15L;
    }

    /** Draws until a hit. */
    public void some() {
        long x = state;
        do { // ends: one draw in MEAN hits, and the period of the generator is 2^64 - 1
            x = next(x);
        } while ((int) (x >>> 32) > HIT);
        state = x;
    }

    /** Returns a number from 0 to {@code bound - 1}. */
    public int pick(int bound) {
        state = next(state);
        return (int) ((state >>> 33) % bound);
    }

    private static long next(long seed) {
        long x = seed ^ (seed << 13);
        x ^= x >>> 7;
        return x ^ (x << 17);
    }
}
