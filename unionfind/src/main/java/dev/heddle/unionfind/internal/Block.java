// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/** A run of edges that one worker has taken, ready to be looked at. Its arrays are reused. */
public final class Block {
    private static final int PAIRS = 1 << 12; // 32 KiB: they stay in the cache

    final int capacity;
    long number; // of the block
    long first; // position of its first edge in the batch
    int offset; // where its edges begin in the arrays
    int count; // those before a failure, if there is one
    Throwable failure; // what came instead of the edge after the last one; null: nothing
    int[] from; // for ids of 32 bits
    int[] to;
    long[] wideFrom; // for ids of 64 bits, and for sources that give them
    long[] wideTo;
    private int[] ownFrom;
    private int[] ownTo;
    private int[] pairs;

    Block(int capacity) {
        this.capacity = capacity;
    }

    /** Looks into arrays of ints without a copy. */
    void view(int[] viewedFrom, int[] viewedTo, int start, int edges) {
        from = viewedFrom;
        to = viewedTo;
        offset = start;
        count = edges;
    }

    /** Makes room for edges of 64 bits. */
    void makeRoom() {
        if (wideFrom == null) {
            wideFrom = new long[capacity];
            wideTo = new long[capacity];
        }
    }

    /** Makes room for as many edges of ints as there are. */
    void makeIntRoom() {
        if (ownFrom == null) {
            ownFrom = new int[capacity];
            ownTo = new int[capacity];
        }
        view(ownFrom, ownTo, 0, count);
    }

    /** Room for some of the edges, both ends beside each other. */
    int[] pairs() {
        if (pairs == null) {
            pairs = new int[2 * Math.min(capacity, PAIRS)];
        }
        return pairs;
    }

    /** The edges of 64 bits as ints, all of which are below the bound. */
    void narrow() {
        makeIntRoom();
        for (int i = 0; i < count; i++) {
            ownFrom[i] = (int) wideFrom[i];
            ownTo[i] = (int) wideTo[i];
        }
    }

    /** Cuts the block off before the first edge of ints with an end that is no vertex. */
    void checkInts(int bound) {
        int wrong = 0; // negative if an end is: one loop without a way out, for it is compiled to vectors
        int[] all = from;
        int[] others = to;
        for (int i = offset; i < offset + count; i++) {
            int x = all[i];
            int y = others[i];
            wrong |= x | y | (bound - 1 - x) | (bound - 1 - y);
        }
        if (wrong < 0) {
            cutInts(bound);
        }
    }

    private void cutInts(int bound) {
        for (int i = 0; i < count; i++) {
            int x = from[offset + i];
            int y = to[offset + i];
            if (Integer.compareUnsigned(x, bound) >= 0 || Integer.compareUnsigned(y, bound) >= 0) {
                cut(i, Integer.compareUnsigned(x, bound) >= 0 ? x : y, bound);
                return;
            }
        }
    }

    /** The same for edges of 64 bits. */
    void checkLongs(long bound) {
        for (int i = 0; i < count; i++) {
            long x = wideFrom[i];
            long y = wideTo[i];
            if (x < 0 || x >= bound || y < 0 || y >= bound) {
                cut(i, x < 0 || x >= bound ? x : y, bound);
                return;
            }
        }
    }

    private void cut(int i, long vertex, long bound) {
        count = i;
        failure = new NoSuchVertexException(first + i, vertex, bound);
    }

    /** An edge leads to a vertex that there is not. */
    static final class NoSuchVertexException extends IndexOutOfBoundsException {
        private static final long serialVersionUID = 1L;

        private final long vertex;
        private final long bound;

        NoSuchVertexException(long position, long vertex, long bound) {
            super("edge at position " + position + ": no vertex " + vertex + " below " + bound);
            this.vertex = vertex;
            this.bound = bound;
        }

        /** The same, of the edge at this position of the source. */
        NoSuchVertexException at(long position) {
            return new NoSuchVertexException(position, vertex, bound);
        }
    }
}
