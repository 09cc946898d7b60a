// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/**
 * Vertices that are known to be connected with one of them, a bit each: most of what edges ask in a graph that has a giant
 * component, in an eighth of a byte a vertex.
 */
final class Giant {
    /* Implementation notes
     * Source         Sutton, Ben-Nun, Barak, IPDPS 2018: edges within the largest component need no look. The bits are our own.
     * Invariants     UF-27 A bit is set only for a vertex that accepted edges connect with the anchor. So it is true for ever,
     *                whoever reads it and whenever, and of an edge between two such vertices F1 says that it is rejected.
     * Ordering       plain: threads that write one word at a time may lose each other's bits, which costs another walk and
     *                no more, and a bit that comes late does too
     */
    private static final int SHIFT = 5; // 32 bits a word

    final int anchor;
    private final int[] words;

    /** Of n vertices the anchor alone. */
    Giant(int n, int anchor) {
        this.anchor = anchor;
        words = new int[(n >>> SHIFT) + 1];
        add(anchor);
    }

    /** 1 or 0. */
    int bit(int x) {
        return words[x >>> SHIFT] >>> x & 1;
    }

    /** 1 if both are in, else 0. */
    int both(int x, int y) {
        return bit(x) & bit(y);
    }

    void add(int x) {
        int word = words[x >>> SHIFT];
        if ((word >>> x & 1) == 0) { // else the line would change hands for nothing
            words[x >>> SHIFT] = word | 1 << x;
        }
    }
}
