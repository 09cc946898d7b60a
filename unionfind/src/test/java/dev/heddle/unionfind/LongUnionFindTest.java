// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.testkit.Race;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

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
                    .recordLinks(true)
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
                assertEquals(expected.targets[x], sets.linkTarget(x));
                assertEquals(expected.linkEdges[x], sets.linkEdge(x));
            }
            assertEquals(Guarantee.LINK_FOREST, result.guarantee());
            assertPartition(expected.labels(), sets.labels(), sets.partition());
            for (int x = 0; x < graph.n(); x++) {
                assertArrayEquals(
                        sets.partition().members(x).toArray(), sets.members(x).toArray());
            }
        }
    }

    /** Labels, numbers, sizes and members are those of the twin that was made of these labels. */
    private static void assertPartition(int[] labels, PagedLongs found, LongPartition partition) {
        Partition twin = new Partition(labels);
        assertArrayEquals(longs(labels), found.toArray());
        assertArrayEquals(longs(labels), partition.labels().toArray());
        assertEquals(twin.setCount(), partition.setCount());
        assertArrayEquals(longs(twin.componentIds()), partition.componentIds().toArray());
        assertArrayEquals(longs(twin.sizes()), partition.sizes().toArray());
        for (int x = 0; x < labels.length; x++) {
            assertEquals(labels[x], partition.label(x));
            assertEquals(twin.size(x), partition.size(x));
            assertArrayEquals(longs(twin.members(x)), partition.members(x).toArray());
            assertEquals(twin.sameSet(x, labels.length - 1), partition.sameSet(x, labels.length - 1));
            List<Long> members = new ArrayList<>();
            partition.forEachMember(x, members::add);
            assertEquals(partition.members(x).stream().boxed().collect(Collectors.toList()), members);
        }
    }

    private static long[] longs(int[] ints) {
        return IntStream.of(ints).asLongStream().toArray();
    }

    @Test
    void applyBatch_inParts_equalsOneBatch() {
        var random = new SplittableRandom(6);
        for (int round = 0; round < 100; round++) {
            Graphs graph = Graphs.any(random, 150);
            int m = graph.from().length;
            int cut = random.nextInt(m + 1);
            EdgeOrder order = round % 2 == 0 ? EdgeOrder.AS_GIVEN : EdgeOrder.shuffled(round);
            var builder = LongDeterministicUnionFind.builder(graph.n())
                    .algorithm(round % 3 == 0 ? Algorithm.SEQUENTIAL : Algorithm.PIPE)
                    .order(order)
                    .threads(1 + random.nextInt(4))
                    .blockSize(1 + random.nextInt(40))
                    .pageShift(random.nextInt(5))
                    .recordLinks(true);
            var twin = DeterministicUnionFind.builder(graph.n())
                    .algorithm(Algorithm.SEQUENTIAL)
                    .order(order)
                    .recordLinks(true)
                    .build();
            var sets = builder.build();
            for (int[] part : new int[][] {{0, cut}, {cut, m}}) {
                EdgeSource edges = EdgeSource.of(
                        Arrays.copyOfRange(graph.from(), part[0], part[1]),
                        Arrays.copyOfRange(graph.to(), part[0], part[1]));
                LongPartition before = sets.partition();
                long[] labels = sets.labels().toArray();
                sets.applyBatch(edges);
                twin.applyBatch(edges);
                assertArrayEquals(labels, before.labels().toArray(), "a snapshot does not change");
                assertPartition(twin.labels(), sets.labels(), sets.partition());
            }
            for (int x = 0; x < graph.n(); x++) {
                assertEquals(twin.linkTarget(x), sets.linkTarget(x));
                assertEquals(twin.linkEdge(x), sets.linkEdge(x));
            }
        }
    }

    @Test
    void labels_severalChunks_agreeWithTheTwin() {
        Graphs graph = Graphs.uniform(new SplittableRandom(7), 200_000, 150_000);
        var twin = new DeterministicUnionFind(200_000);
        twin.applyBatch(graph.edges());
        var sets = LongDeterministicUnionFind.builder(200_000)
                .threads(3)
                .pageShift(11)
                .build();
        sets.applyBatch(graph.edges());
        assertArrayEquals(longs(twin.labels()), sets.labels().toArray());
        assertArrayEquals(
                longs(twin.partition().sizes()), sets.partition().sizes().toArray());
    }

    @Test
    void queries_withinABatch_areRefused() {
        var sets = new AtomicReference<LongDeterministicUnionFind>();
        sets.set(LongDeterministicUnionFind.builder(10)
                .recordLinks(true)
                .progress(applied -> {
                    for (Executable query : List.<Executable>of(
                            () -> sets.get().find(1),
                            () -> sets.get().labels(),
                            () -> sets.get().partition(),
                            () -> sets.get().members(1),
                            () -> sets.get().linkTarget(1),
                            () -> sets.get().linkEdge(1),
                            () -> sets.get().setCount())) {
                        assertThrows(IllegalStateException.class, query);
                    }
                    return true;
                })
                .build());
        sets.get().applyBatch(Graphs.path(10, false).edges());
        assertEquals(1, sets.get().setCount());
    }

    @Test
    void sizes_zeroAndOne_areServed() {
        for (int n = 0; n < 2; n++) {
            var batches = new LongDeterministicUnionFind(n);
            batches.applyBatch(EdgeSource.of(new long[n], new long[n]));
            var online = new LongConcurrentUnionFind(n);
            assertEquals(n, batches.labels().length());
            assertEquals(n, online.labels().length());
            assertEquals(n, batches.partition().setCount());
            assertEquals(n, online.partition().setCount());
            assertEquals(
                    "LongPartition[" + n + " vertices, " + n + " sets]",
                    online.partition().toString());
        }
    }

    @Test
    void pagedLongs_anyRange_areCopied() {
        var sets = new LongConcurrentUnionFind(100, LinkRule.INDEX, 3);
        sets.unite(0, 50);
        PagedLongs labels = sets.labels();
        assertEquals("PagedLongs[100 longs]", labels.toString());
        assertEquals(100, labels.length());
        assertEquals(0, labels.get(50));
        assertEquals(99, labels.get(99));
        assertEquals(4950 - 50, labels.stream().sum());
        assertEquals(4950 - 50, labels.stream().parallel().sum());
        long[] some = new long[5];
        labels.copy(48, 4, some);
        assertArrayEquals(new long[] {48, 49, 0, 51, 0}, some);
        assertThrows(IndexOutOfBoundsException.class, () -> labels.copy(97, 4, some));
        assertThrows(IndexOutOfBoundsException.class, () -> labels.copy(0, 6, some));
        assertThrows(IndexOutOfBoundsException.class, () -> labels.copy(-1, 1, some));
        assertThrows(IndexOutOfBoundsException.class, () -> labels.get(100));
        assertThrows(IndexOutOfBoundsException.class, () -> labels.get(-1));
        PagedLongs members = sets.partition().members(50);
        assertArrayEquals(new long[] {0, 50}, members.toArray());
        assertThrows(IndexOutOfBoundsException.class, () -> members.get(2));
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
            assertPartition(twin.labels(), sets.labels(), sets.partition());
            assertArrayEquals(twin.labels(), twin.partition().labels());
            var hashed = new LongConcurrentUnionFind(500, LinkRule.hashed(seed), seed % 9);
            for (int i = 0; i < 600; i++) {
                hashed.unite(graph.from()[i], graph.to()[i]);
            }
            assertPartition(twin.labels(), hashed.labels(), hashed.partition());
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
            assertThrows(IndexOutOfBoundsException.class, () -> batches.members(bad));
            for (LongPartition partition : List.of(batches.partition(), sets.partition())) {
                assertThrows(IndexOutOfBoundsException.class, () -> partition.members(bad));
                assertThrows(IndexOutOfBoundsException.class, () -> partition.label(bad));
                assertThrows(IndexOutOfBoundsException.class, () -> partition.size(bad));
                assertThrows(IndexOutOfBoundsException.class, () -> partition.sameSet(0, bad));
            }
            var edge = EdgeSource.of(new long[] {bad}, new long[1]);
            assertThrows(IndexOutOfBoundsException.class, () -> batches.applyBatch(edge));
        }
        var builder = LongDeterministicUnionFind.builder(3);
        assertThrows(IllegalArgumentException.class, () -> builder.algorithm(Algorithm.WINDOW));
        assertThrows(IllegalArgumentException.class, () -> builder.algorithm(Algorithm.RESERVATIONS));
        assertThrows(IllegalArgumentException.class, () -> LongDeterministicUnionFind.builder(-3));
        assertThrows(IllegalStateException.class, () -> batches.linkTarget(0));
        assertThrows(IllegalStateException.class, () -> batches.linkEdge(0));
        for (long many : new long[] {Long.MAX_VALUE, 1L << 51}) {
            assertThrows(IllegalArgumentException.class, () -> new LongConcurrentUnionFind(many));
            assertThrows(IllegalArgumentException.class, () -> new LongDeterministicUnionFind(many));
        }
        assertEquals(3, sets.memberCount());
        assertEquals(3, batches.vertexCount());
    }
}
