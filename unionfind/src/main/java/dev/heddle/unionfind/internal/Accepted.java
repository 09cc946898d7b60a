// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.util.Arrays;

/** The bits of the edges that a batch accepted. One thread at a time writes them; who writes next has seen what was written. */
public final class Accepted {
    private static final int SHIFT = 6; // 64 bits a word
    private static final long LONGEST = (long) (Integer.MAX_VALUE - 8) << SHIFT;

    private long[] words;
    private long count;

    /** Room for this many edges at first. */
    public Accepted(long edges) {
        words = new long[words(edges)];
    }

    private static int words(long edges) {
        if (edges > LONGEST) {
            throw new IllegalArgumentException("too many edges for one batch: " + edges);
        }
        return (int) ((edges + (1 << SHIFT) - 1) >>> SHIFT);
    }

    /** Accepts an edge that was not accepted before. */
    public void add(long edge) {
        makeRoom(edge);
        words[(int) (edge >>> SHIFT)] |= 1L << edge;
        count++;
    }

    /** Accepts the edges from this one on whose bits are set, none of which was accepted before. */
    void add(long first, long bits) {
        if (bits == 0) {
            return;
        }
        makeRoom(first + Long.SIZE - 1 - Long.numberOfLeadingZeros(bits));
        int word = (int) (first >>> SHIFT);
        int shift = (int) first & (Long.SIZE - 1);
        words[word] |= bits << shift;
        long beyond = shift == 0 ? 0 : bits >>> (Long.SIZE - shift);
        if (beyond != 0) {
            words[word + 1] |= beyond;
        }
        count += Long.bitCount(bits);
    }

    private void makeRoom(long edge) {
        if (edge >>> SHIFT >= words.length) {
            words = Arrays.copyOf(
                    words, Math.max(words(edge + 1), (int) Math.min(2L * words.length, LONGEST >>> SHIFT)));
        }
    }

    /** Whether the edge was accepted. */
    public boolean contains(long edge) {
        long word = edge >>> SHIFT;
        return word < words.length && (words[(int) word] & (1L << edge)) != 0;
    }

    public long count() {
        return count;
    }

    /** The first accepted edge from this one on, or -1. */
    public long next(long edge) {
        long word = edge >>> SHIFT;
        if (word >= words.length) {
            return -1;
        }
        long bits = words[(int) word] & (-1L << edge);
        while (bits == 0) { // ends: with the words
            if (++word >= words.length) {
                return -1;
            }
            bits = words[(int) word];
        }
        return (word << SHIFT) + Long.numberOfTrailingZeros(bits);
    }
}
