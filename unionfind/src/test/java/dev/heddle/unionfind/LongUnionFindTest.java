// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.testkit.Race;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Covers UF-22: the classes for ids of 64 bits do what those for 32 bits do, also across pages. */
class LongUnionFindTest {
    @Test
    void applyBatch_smallPages_agreesWithTheTwin() {
        var random = new SplittableRandom(4);
        Algorithm[] algorithms = {Algorithm.AUTO, Algorithm.PIPE, Algorithm.SEQUENTIAL};
        for (int round = 0; round < 500; round++) {
            Graphs graph = Graphs.any(random, 150);
            LinkRule rule = random.nextBoolean() ? LinkRule.SIZE : LinkRule.INDEX;
            Reference expected = Reference.of(graph, rule);
            var sets = LongDeterministicUnionFind.builder(graph.n())
                    .algorithm(algorithms[round % 3])
                    .linkRule(rule)
                    .threads(1 + random.nextInt(4))
                    .blockSize(1 + random.nextInt(40))
                    .ring(1 + random.nextInt(5))
                    .pageShift(random.nextInt(5))
                    .pause(new Pauses(5))
                    .build();
            EdgeSource source = Sources.allOf(graph, random).get(round % 5);
            BatchResult result = sets.applyBatch(source);
            for (int i = 0; i < expected.accepted.length; i++) {
                assertEquals(expected.accepted[i], result.accepted(i));
            }
            assertEquals(expected.sets, sets.setCount());
            for (int x = 0; x < graph.n(); x++) {
                assertEquals(expected.root(x), sets.find(x));
                assertEquals(expected.sizes[expected.root(x)], sets.size(x));
            }
        }
    }

    @Test
    void unite_manyThreads_agreesWithTheTwin() {
        for (int seed = 0; seed < 20; seed++) {
            Graphs graph = Graphs.uniform(new SplittableRandom(seed), 500, 600);
            var sets = new LongConcurrentUnionFind(500, LinkRule.INDEX, seed % 9);
            var twin = new ConcurrentUnionFind(500);
            Thread[] threads = new Thread[3];
            for (int t = 0; t < threads.length; t++) {
                int first = t * 200;
                threads[t] = Race.start(() -> {
                    for (int i = 0; i < 600; i++) {
                        int e = (first + i) % 600;
                        sets.unite(graph.from()[e], graph.to()[e]);
                        Race.expect(sets.sameSet(graph.from()[e], graph.to()[e]), "not united: " + e);
                    }
                });
            }
            Race.join(threads);
            for (int i = 0; i < 600; i++) {
                twin.unite(graph.from()[i], graph.to()[i]);
            }
            assertEquals(twin.setCount(), sets.setCount());
            for (int x = 0; x < 500; x++) {
                assertEquals(twin.find(x), sets.find(x));
            }
        }
    }

    @Test
    void arguments_bad_throw() {
        assertThrows(IllegalArgumentException.class, () -> new LongConcurrentUnionFind(-1));
        assertThrows(IllegalArgumentException.class, () -> new LongConcurrentUnionFind(1, LinkRule.SIZE));
        var sets = new LongConcurrentUnionFind(3);
        var batches = new LongDeterministicUnionFind(3);
        for (long bad : new long[] {-1, 3, 1L << 40}) {
            assertThrows(IndexOutOfBoundsException.class, () -> sets.find(bad));
            assertThrows(IndexOutOfBoundsException.class, () -> sets.unite(0, bad));
            assertThrows(IndexOutOfBoundsException.class, () -> sets.sameSet(bad, 0));
            assertThrows(IndexOutOfBoundsException.class, () -> batches.find(bad));
            assertThrows(IndexOutOfBoundsException.class, () -> batches.size(bad));
            var edge = EdgeSource.of(new long[] {bad}, new long[1]);
            assertThrows(IndexOutOfBoundsException.class, () -> batches.applyBatch(edge));
        }
        var builder = LongDeterministicUnionFind.builder(3);
        assertThrows(IllegalArgumentException.class, () -> builder.algorithm(Algorithm.WINDOW));
        assertThrows(IllegalArgumentException.class, () -> builder.algorithm(Algorithm.RESERVATIONS));
        assertThrows(IllegalArgumentException.class, () -> LongDeterministicUnionFind.builder(-3));
        assertEquals(3, sets.memberCount());
        assertEquals(3, batches.vertexCount());
    }
}
