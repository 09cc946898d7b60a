// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/**
 * A bijection of the numbers below m, chosen by a seed: a Feistel network of four rounds on an even number of bits, applied
 * until the value is below m. Its values stay as they are for ever.
 */
public final class Shuffle {
    private static final int ROUNDS = 4;

    private final long count;
    private final int half; // bits
    private final long mask;
    private final long[] keys = new long[ROUNDS];

    /** The bijection of the numbers below {@code count}. */
    public Shuffle(long count, long seed) {
        this.count = count;
        int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(Math.max(0, count - 1)));
        this.half = (bits + 1) / 2;
        this.mask = (1L << half) - 1;
        long state = seed;
        for (int i = 0; i < ROUNDS; i++) {
            state += 0x9E3779B97F4A7C15L;
            keys[i] = mix(state);
        }
    }

    /** What stands at this position. */
    public long at(long position) {
        long value = position;
        do { // ends: the network is a permutation, so its cycle through a value below the count comes back to one
            value = encrypt(value);
        } while (value >= count);
        return value;
    }

    private long encrypt(long value) {
        long left = value >>> half;
        long right = value & mask;
        for (long key : keys) {
            long next = left ^ (mix(right + key) & mask);
            left = right;
            right = next;
        }
        return (left << half) | right;
    }

    private static long mix(long x) {
        long h = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return h ^ (h >>> 31);
    }
}
