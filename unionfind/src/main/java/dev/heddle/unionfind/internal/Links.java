// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/** Which of two roots is linked under the other: a rule in the form that hot loops ask. */
public final class Links {
    /** What the order of two roots depends on. */
    public enum Kind {
        /** The larger set wins, then the smaller id. */
        SIZE,
        /** The smaller id wins. */
        INDEX,
        /** The smaller mixed id wins. */
        HASHED
    }

    private final Kind kind;
    private final int low; // the seed
    private final int high;

    /** A rule; the seed counts for {@link Kind#HASHED} alone. */
    public Links(Kind kind, long seed) {
        this.kind = kind;
        this.low = (int) seed;
        this.high = (int) (seed >>> 32);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the order of two roots never changes. */
    public boolean isFixed() {
        return kind != Kind.SIZE;
    }

    /** Whether root {@code u} goes under root {@code v}, by an order that is fixed. */
    public boolean loses(int u, int v) {
        return kind == Kind.INDEX ? u > v : mix(u) + Integer.MIN_VALUE > mix(v) + Integer.MIN_VALUE;
    }

    /** The one of two roots that goes under the other, their sizes given. By size it is found without a branch. */
    public int loser(int u, int v, int sizeOfU, int sizeOfV) {
        if (kind == Kind.SIZE) {
            long less = (rank(u, sizeOfU) - rank(v, sizeOfV)) >> 63; // -1 if u goes under v
            return v ^ ((u ^ v) & (int) less);
        }
        return loses(u, v) ? u : v;
    }

    /** Greater for larger sets, and among them for smaller ids. */
    private static long rank(int root, int size) {
        return ((long) size << 32) - root;
    }

    /** Whether root {@code u} goes under root {@code v}, their sizes given. */
    public boolean loses(int u, int v, int sizeOfU, int sizeOfV) {
        if (kind == Kind.SIZE) {
            return rank(u, sizeOfU) < rank(v, sizeOfV);
        }
        return loses(u, v);
    }

    /** As before, for ids of 64 bits. */
    public boolean loses(long u, long v, long sizeOfU, long sizeOfV) {
        if (kind == Kind.SIZE) {
            return sizeOfU < sizeOfV || (sizeOfU == sizeOfV && u > v);
        }
        return kind == Kind.INDEX ? u > v : Long.compareUnsigned(mix(u), mix(v)) > 0;
    }

    /** A bijection of the ints: every step can be undone. Its values stay as they are for ever. */
    int mix(int x) {
        int h = (x ^ low) * 0x9E3779B1;
        h ^= h >>> 16;
        h = (h ^ high) * 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        return h ^ (h >>> 16);
    }

    /** A bijection of the longs. */
    long mix(long x) {
        long h = (x ^ (low & 0xFFFFFFFFL) ^ ((long) high << 32)) * 0x9E3779B97F4A7C15L;
        h ^= h >>> 30;
        h *= 0xBF58476D1CE4E5B9L;
        h ^= h >>> 27;
        h *= 0x94D049BB133111EBL;
        return h ^ (h >>> 31);
    }
}
