// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Mutant;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers UF-19. */
class SpanningForestTest {
    /** Kruskal's algorithm by the book. */
    private static int[] kruskal(Graphs graph, double[] weights) {
        Naive sets = new Naive(graph.n());
        return IntStream.range(0, weights.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> weights[i] + 0.0)
                        .thenComparing(i -> i))
                .filter(i -> sets.unite(graph.from()[i], graph.to()[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    @Test
    void minimum_generatedGraphs_isKruskalsForest() {
        var random = new SplittableRandom(8);
        for (int round = 0; round < 400; round++) {
            Graphs graph = Graphs.any(random, 150);
            int m = graph.from().length;
            int spread = 1 + random.nextInt(1 + random.nextInt(50)); // few weights: many ties
            int[] ints = random.ints(m, -spread, spread).toArray();
            double[] weights = IntStream.of(ints)
                    .mapToDouble(w -> w * 0.5 * (w % 2 == 0 ? -1 : 1))
                    .toArray();
            long[] longs = IntStream.of(ints).mapToLong(w -> w * (1L << 40)).toArray();
            double[] plain = IntStream.of(ints).asDoubleStream().toArray();
            assertArrayEquals(kruskal(graph, weights), found(graph.edges(), weights), graph::toString);
            assertArrayEquals(
                    kruskal(graph, plain),
                    SpanningForest.minimum(Sources.stream(graph, 7), ints)
                            .edges()
                            .toArray());
            assertArrayEquals(
                    kruskal(graph, plain),
                    SpanningForest.minimum(graph.edges(), longs).edges().toArray());
        }
    }

    private static int[] found(EdgeSource edges, double[] weights) {
        return SpanningForest.minimum(edges, weights).edges().toArray();
    }

    @Test
    void minimum_manyEdges_isKruskalsForest() { // several chunks of the sort
        var random = new SplittableRandom(9);
        Graphs graph = Graphs.uniform(random, 300, 200_000);
        double[] weights = random.doubles(200_000, -1e9, 1e9).map(Math::rint).toArray();
        assertArrayEquals(kruskal(graph, weights), found(graph.edges(), weights));
    }

    @Test
    void minimum_extremeWeights_keepTheirOrder() {
        double[] weights = {
            Double.POSITIVE_INFINITY,
            Double.MAX_VALUE,
            Double.MIN_VALUE,
            0.0,
            -0.0,
            -Double.MIN_VALUE,
            -1,
            Double.NEGATIVE_INFINITY
        };
        assertArrayEquals(
                new int[] {7, 6, 5, 3, 4, 2, 1, 0}, found(Graphs.star(9).edges(), weights));
        long[] longs = {Long.MAX_VALUE, 0, -1, Long.MIN_VALUE};
        assertArrayEquals(
                new int[] {3, 2, 1, 0},
                SpanningForest.minimum(Graphs.star(5).edges(), longs).edges().toArray());
    }

    @Test
    void minimum_badArguments_throw() {
        var edges = Graphs.star(3).edges();
        var e = assertThrows(
                IllegalArgumentException.class, () -> SpanningForest.minimum(edges, new double[] {1, Double.NaN}));
        assertTrue(e.getMessage().contains("edge 1"), e::getMessage);
        assertThrows(IllegalArgumentException.class, () -> SpanningForest.minimum(edges, new int[1]));
        var stream = Sources.stream(Graphs.star(3), 1);
        assertThrows(IllegalArgumentException.class, () -> SpanningForest.minimum(stream, new int[1]));
        assertThrows(IllegalArgumentException.class, () -> SpanningForest.minimum(stream, new int[3]));
        var bad = EdgeSource.of(new int[] {0, -1}, new int[2]);
        assertThrows(IndexOutOfBoundsException.class, () -> SpanningForest.minimum(bad, new int[2]));
        assertEquals(
                0, SpanningForest.minimum(Graphs.star(1).edges(), new int[0]).edgeCount());
    }

    /** A forest with ties: the first of them counts. */
    static final class Ties implements Runnable {
        @Override
        public void run() {
            var edges = EdgeSource.of(new int[] {0, 1, 2}, new int[] {1, 2, 0});
            if (!java.util.Arrays.equals(
                    new int[] {1, 0},
                    SpanningForest.minimum(edges, new double[] {0.0, -1, -0.0})
                            .edges()
                            .toArray())) {
                throw new IllegalStateException();
            }
        }
    }

    @Test
    @Tag("mutant")
    void zerosOfTwoKinds_isRejected() throws ClassNotFoundException {
        new Ties().run();
        var mutant = Mutant.of(Class.forName("dev.heddle.unionfind.internal.Kruskal"), "weight + 0.0", "weight");
        assertThrows(IllegalStateException.class, mutant.body(Ties.class)::run);
    }
}
