// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.RandomAccessEdges;
import java.util.Objects;

/** Edges in arrays. */
public final class Pairs {
    private Pairs() {}

    private static void checkLengths(int from, int to) {
        if (from != to) {
            throw new IllegalArgumentException("arrays of different lengths: " + from + " and " + to);
        }
    }

    /** Two arrays of ints; the schedulers look into them without a copy. */
    public static final class OfInts implements RandomAccessEdges {
        final int[] from;
        final int[] to;
        private final long vertices;

        public OfInts(int[] from, int[] to) {
            this(from, to, UNKNOWN);
        }

        OfInts(int[] from, int[] to, long vertices) {
            checkLengths(from.length, to.length);
            this.from = from;
            this.to = to;
            this.vertices = vertices;
        }

        @Override
        public long vertexCount() {
            return vertices;
        }

        @Override
        public long edgeCount() {
            return from.length;
        }

        @Override
        public void copy(long first, int count, long[] intoFrom, long[] intoTo) {
            int start = (int) Objects.checkFromIndexSize(first, count, (long) from.length);
            for (int i = 0; i < count; i++) {
                intoFrom[i] = from[start + i];
                intoTo[i] = to[start + i];
            }
        }
    }

    /** Two arrays of longs. */
    public static final class OfLongs implements RandomAccessEdges {
        private final long[] from;
        private final long[] to;
        private final long vertices;

        public OfLongs(long[] from, long[] to) {
            this(from, to, UNKNOWN);
        }

        OfLongs(long[] from, long[] to, long vertices) {
            checkLengths(from.length, to.length);
            this.from = from;
            this.to = to;
            this.vertices = vertices;
        }

        @Override
        public long vertexCount() {
            return vertices;
        }

        @Override
        public long edgeCount() {
            return from.length;
        }

        @Override
        public void copy(long first, int count, long[] intoFrom, long[] intoTo) {
            int start = (int) Objects.checkFromIndexSize(first, count, (long) from.length);
            System.arraycopy(from, start, intoFrom, 0, count);
            System.arraycopy(to, start, intoTo, 0, count);
        }
    }

    /** Both ends beside each other. */
    public static final class Interleaved implements RandomAccessEdges {
        private final int[] pairs;

        public Interleaved(int[] pairs) {
            if (pairs.length % 2 != 0) {
                throw new IllegalArgumentException("odd length: " + pairs.length);
            }
            this.pairs = pairs;
        }

        @Override
        public long edgeCount() {
            return pairs.length / 2;
        }

        @Override
        public void copy(long first, int count, long[] intoFrom, long[] intoTo) {
            int start = 2 * (int) Objects.checkFromIndexSize(first, count, edgeCount());
            for (int i = 0; i < count; i++) {
                intoFrom[i] = pairs[start + 2 * i];
                intoTo[i] = pairs[start + 2 * i + 1];
            }
        }
    }
}
