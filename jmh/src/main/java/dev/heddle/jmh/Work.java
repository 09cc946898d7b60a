// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import java.util.Arrays;

/**
 * The work a thread does before and inside a critical section: random draws until one hits, so their number is
 * geometric. The workload is that of Koval, Khalanskiy and Alistarh, PLDI 2023, section 6. One instance a thread.
 */
public final class Work {
    /** Mean number of draws; about 100 ns. */
    public static final int MEAN = 100;

    private static final int HIT = Integer.MIN_VALUE + (int) ((1L << 32) / MEAN);

    private static final int PAD = 16; // 128 bytes to each side: no other thread's work on the same cache lines

    private final long[] state = new long[2 * PAD + 1];

    /** Creates a source of work; equal seeds give equal work. */
    public Work(long seed) {
        state[PAD] = (seed + 1) * 0x9E3779B97F4A7C15L;
    }

    /** Returns so many sources of different work. */
    public static Work[] of(int members) {
        Work[] works = new Work[members];
        Arrays.setAll(works, Work::new);
        return works;
    }

    /** Draws until a hit. */
    public void some() {
        long x = state[PAD];
        do { // ends: one draw in MEAN hits, and the period of the generator is 2^64 - 1
            x = next(x);
        } while ((int) (x >>> 32) > HIT);
        state[PAD] = x;
    }

    /** Returns a number from 0 to {@code bound - 1}. */
    public int pick(int bound) {
        long x = next(state[PAD]);
        state[PAD] = x;
        return (int) ((x >>> 33) % bound);
    }

    private static long next(long seed) {
        long x = seed ^ (seed << 13);
        x ^= x >>> 7;
        return x ^ (x << 17);
    }
}
