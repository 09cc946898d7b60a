// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/** Sorts numbers by keys: stable, in parallel, digit after digit from the lowest. */
final class KeySort {
    private static final int BITS = 8; // of a digit
    private static final int DIGITS = 1 << BITS;
    private static final int CHUNK = 1 << 16; // keys that a worker takes at a time

    private final Crew crew;
    private final int count;
    private final int chunks;
    private final int[][] starts; // of each chunk and digit
    private long[] keys;
    private int[] numbers;
    private long[] nextKeys;
    private int[] nextNumbers;

    private KeySort(long[] keys, Crew crew) {
        this.crew = crew;
        this.count = keys.length;
        this.chunks = (int) ((count + CHUNK - 1L) / CHUNK);
        this.starts = new int[chunks][DIGITS];
        this.keys = keys;
        this.numbers = new int[count];
        this.nextKeys = new long[count];
        this.nextNumbers = new int[count];
    }

    /** The numbers below {@code keys.length} by their keys, as unsigned; those of one key ascending. Destroys the keys. */
    static int[] order(long[] keys, Crew crew) {
        KeySort sort = new KeySort(keys, crew);
        for (int i = 0; i < sort.count; i++) {
            sort.numbers[i] = i;
        }
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            sort.pass(shift);
        }
        return sort.numbers;
    }

    private void pass(int shift) {
        crew.forEach(chunks, c -> histogram(c, shift));
        int start = 0;
        for (int digit = 0; digit < DIGITS; digit++) {
            int first = start;
            for (int[] chunk : starts) {
                int keysOfDigit = chunk[digit];
                chunk[digit] = start;
                start += keysOfDigit;
            }
            if (start - first == count) {
                return; // one digit for all
            }
        }
        crew.forEach(chunks, c -> scatter(c, shift));
        long[] usedKeys = keys;
        int[] usedNumbers = numbers;
        keys = nextKeys;
        numbers = nextNumbers;
        nextKeys = usedKeys;
        nextNumbers = usedNumbers;
    }

    private void histogram(int chunk, int shift) {
        int[] counts = starts[chunk];
        java.util.Arrays.fill(counts, 0);
        int end = (int) Math.min(count, (chunk + 1L) * CHUNK);
        for (int i = chunk * CHUNK; i < end; i++) {
            counts[(int) (keys[i] >>> shift) & (DIGITS - 1)]++;
        }
    }

    private void scatter(int chunk, int shift) {
        int[] next = starts[chunk];
        int end = (int) Math.min(count, (chunk + 1L) * CHUNK);
        for (int i = chunk * CHUNK; i < end; i++) {
            int to = next[(int) (keys[i] >>> shift) & (DIGITS - 1)]++;
            nextKeys[to] = keys[i];
            nextNumbers[to] = numbers[i];
        }
    }
}
