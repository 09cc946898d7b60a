// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.unionfind.internal.Kruskal;
import java.util.stream.IntStream;

/**
 * A minimum spanning forest: of every connected component a spanning tree of least weight. Of edges of one weight the one
 * that comes first in the source is preferred, so there is exactly one such forest, whatever the number of threads.
 */
public final class SpanningForest {
    private final int[] edges; // by weight, then number

    private SpanningForest(int[] edges) {
        this.edges = edges;
    }

    /**
     * Finds it. Minus zero weighs as much as zero.
     *
     * @param source at most 2³¹ - 1 edges, between vertices below 2³¹ - 1
     * @param weights of each edge
     * @return the forest
     * @throws IllegalArgumentException if there are not as many weights as edges, one is NaN, or the source says that there
     *     are more than 2³¹ - 1 vertices
     * @throws IndexOutOfBoundsException if an edge leads to a vertex that there is not
     */
    public static SpanningForest minimum(EdgeSource source, double[] weights) {
        long[] keys = new long[weights.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Kruskal.key(weights[i], i);
        }
        return of(source, keys);
    }

    /**
     * Finds it.
     *
     * @param source at most 2³¹ - 1 edges, between vertices below 2³¹ - 1
     * @param weights of each edge
     * @return the forest
     * @throws IllegalArgumentException if there are not as many weights as edges, or the source says that there are more than
     *     2³¹ - 1 vertices
     * @throws IndexOutOfBoundsException if an edge leads to a vertex that there is not
     */
    public static SpanningForest minimum(EdgeSource source, long[] weights) {
        return of(
                source,
                IntStream.range(0, weights.length)
                        .mapToLong(i -> Kruskal.key(weights[i]))
                        .toArray());
    }

    /**
     * Finds it.
     *
     * @param source at most 2³¹ - 1 edges, between vertices below 2³¹ - 1
     * @param weights of each edge
     * @return the forest
     * @throws IllegalArgumentException if there are not as many weights as edges, or the source says that there are more than
     *     2³¹ - 1 vertices
     * @throws IndexOutOfBoundsException if an edge leads to a vertex that there is not
     */
    public static SpanningForest minimum(EdgeSource source, int[] weights) {
        return of(source, IntStream.of(weights).mapToLong(Kruskal::key).toArray());
    }

    private static SpanningForest of(EdgeSource source, long[] keys) {
        int threads = Runtime.getRuntime().availableProcessors();
        return new SpanningForest(Kruskal.forest(source.vertexCount(), source, keys, threads));
    }

    /**
     * The edges of the forest.
     *
     * @return their numbers in the source by weight, those of one weight ascending
     */
    public IntStream edges() {
        return IntStream.of(edges);
    }

    /**
     * The number of edges of the forest.
     *
     * @return how many there are
     */
    public int edgeCount() {
        return edges.length;
    }

    @Override
    public String toString() {
        return "SpanningForest[" + edges.length + " edges]";
    }
}
