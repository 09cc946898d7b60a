// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.Algorithm;
import dev.heddle.unionfind.EdgeCursor;
import dev.heddle.unionfind.EdgeSource;

/** The minimum spanning forest: all edges by weight, ties by position, and of these the accepted ones. */
public final class Kruskal {
    private static final int BLOCK = 4096;
    private static final int RING = 16;

    private Kruskal() {}

    /** A key that orders as the weight does. */
    public static long key(double weight, int edge) {
        if (Double.isNaN(weight)) {
            throw new IllegalArgumentException("weight of edge " + edge + " is NaN");
        }
        long bits = Double.doubleToLongBits(weight + 0.0); // minus zero becomes zero
        return bits ^ ((bits >> 63) | Long.MIN_VALUE);
    }

    /** A key that orders as the weight does. */
    public static long key(long weight) {
        return weight ^ Long.MIN_VALUE;
    }

    /**
     * The edges of the forest in the order in which they are accepted.
     *
     * @param n vertices, or {@link EdgeSource#UNKNOWN}: as many as the edges need
     * @param keys of each edge; destroyed
     */
    public static int[] forest(long n, EdgeSource source, long[] keys, int threads) {
        Pairs.OfInts edges = edges(source, keys.length);
        if (n > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("more vertices than there are ints: " + n);
        }
        int vertices = n != EdgeSource.UNKNOWN ? (int) n : vertices(edges);
        try (Crew crew = new Crew(threads, null)) {
            int[] order = KeySort.order(keys, crew);
            Accepted accepted = new Accepted(keys.length);
            Run run = new Run(accepted, null, 0, null, null); // its edges are positions in the order
            Feed feed = Feed.of(edges, position -> order[(int) position], BLOCK, vertices, false);
            Forest forest = new Forest(vertices, new Links(Links.Kind.SIZE, 0), false);
            Conductor.apply(Algorithm.AUTO, forest, run, feed, crew, RING);
            run.throwFailure();
            int[] found = new int[(int) accepted.count()];
            int count = 0;
            for (long position = accepted.next(0); position >= 0; position = accepted.next(position + 1)) {
                found[count++] = order[(int) position];
            }
            return found;
        }
    }

    private static int vertices(Pairs.OfInts edges) {
        int greatest = -1;
        for (int i = 0; i < edges.from.length; i++) {
            greatest = Math.max(greatest, Math.max(vertex(edges.from[i], i), vertex(edges.to[i], i)));
        }
        return greatest + 1;
    }

    private static Pairs.OfInts edges(EdgeSource source, int weights) {
        if (source.edgeCount() != EdgeSource.UNKNOWN && source.edgeCount() != weights) {
            throw new IllegalArgumentException(source.edgeCount() + " edges, but " + weights + " weights");
        }
        return source instanceof Pairs.OfInts ints ? ints : load(source, weights);
    }

    private static Pairs.OfInts load(EdgeSource source, int weights) {
        int[] from = new int[weights];
        int[] to = new int[weights];
        long[] x = new long[BLOCK];
        long[] y = new long[BLOCK];
        int count = 0;
        try (EdgeCursor cursor = source.open()) {
            for (int more = cursor.next(x, y, BLOCK); more > 0; more = cursor.next(x, y, BLOCK)) {
                if (more > weights - count) {
                    throw new IllegalArgumentException("more edges than the " + weights + " weights");
                }
                for (int i = 0; i < more; i++) {
                    from[count] = vertex(x[i], count);
                    to[count] = vertex(y[i], count);
                    count++;
                }
            }
        }
        if (count < weights) {
            throw new IllegalArgumentException(count + " edges, but " + weights + " weights");
        }
        return new Pairs.OfInts(from, to);
    }

    private static int vertex(long id, int edge) {
        if (id < 0 || id >= Integer.MAX_VALUE) {
            throw new Block.NoSuchVertexException(edge, id, Integer.MAX_VALUE);
        }
        return (int) id;
    }
}
