// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers UF-8, UF-9, UF-10, UF-11, UF-14, UF-15, UF-18, UF-23, UF-24. */
class DeterministicUnionFindTest {
    private static final long SEED = Long.getLong("heddle.seed", 20_26L);
    private static final int SCALE = Integer.getInteger("heddle.scale", 1);

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void applyBatch_generatedGraphs_equalsTheSequentialRun(Algorithm algorithm) {
        compare(algorithm, new SplittableRandom(SEED), 80 * SCALE);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    @Tag("slow")
    void applyBatch_thousandsOfGraphs_equalsTheSequentialRun(Algorithm algorithm) {
        compare(algorithm, new SplittableRandom(~SEED), 600 * SCALE);
    }

    private static void compare(Algorithm algorithm, SplittableRandom random, int rounds) {
        for (int round = 0; round < rounds; round++) {
            Graphs graph = Graphs.any(random, round % 10 == 0 ? 3000 : 100);
            LinkRule rule = rule(random);
            String what = algorithm + ", " + rule + ", " + graph + ", seed " + SEED + ", round " + round;
            var sets = any(random, algorithm, graph.n())
                    .linkRule(rule)
                    .recordLinks(true)
                    .build();
            BatchResult result = sets.applyBatch(graph.edges());
            assertSequential(what, Reference.of(graph, rule), sets, result);
        }
    }

    private static LinkRule rule(SplittableRandom random) {
        return switch (random.nextInt(3)) {
            case 0 -> LinkRule.INDEX;
            case 1 -> LinkRule.hashed(random.nextLong());
            default -> LinkRule.SIZE;
        };
    }

    private static DeterministicUnionFind.Builder any(SplittableRandom random, Algorithm algorithm, int n) {
        return DeterministicUnionFind.builder(n)
                .algorithm(algorithm)
                .threads(1 + random.nextInt(8))
                .blockSize(1 + random.nextInt(1 + random.nextInt(200)))
                .ring(1 + random.nextInt(1 + random.nextInt(40)))
                .pause(new Pauses(1 + random.nextInt(30)));
    }

    private static void assertSequential(
            String what, Reference expected, DeterministicUnionFind sets, BatchResult result) {
        int accepted = 0;
        for (int i = 0; i < expected.accepted.length; i++) {
            assertEquals(expected.accepted[i], result.accepted(i), what);
            accepted += expected.accepted[i] ? 1 : 0;
        }
        assertEquals(accepted, result.acceptedCount(), what);
        assertArrayEquals(
                IntStream.range(0, expected.accepted.length)
                        .filter(i -> expected.accepted[i])
                        .asLongStream()
                        .toArray(),
                result.acceptedEdges().toArray(),
                what);
        assertEquals(expected.accepted.length, result.appliedCount(), what);
        assertTrue(result.isComplete(), what);
        assertEquals(expected.sets, sets.setCount(), what);
        int[] labels = expected.labels();
        assertArrayEquals(labels, sets.labels(), what);
        if (result.guarantee() == Guarantee.LINK_FOREST) {
            for (int x = 0; x < labels.length; x++) {
                assertEquals(expected.targets[x], sets.linkTarget(x), what);
                assertEquals(expected.linkEdges[x], sets.linkEdge(x), what);
                assertEquals(expected.root(x), sets.find(x), what);
            }
            int[] flat = expected.roots();
            IntStream.range(0, flat.length).filter(x -> flat[x] == x).forEach(x -> flat[x] = -expected.sizes[x]);
            assertArrayEquals(flat, sets.flattened(), what);
        }
        assertSizes(what, labels, sets);
    }

    private static void assertSizes(String what, int[] labels, DeterministicUnionFind sets) {
        int[] sizes = new int[labels.length];
        IntStream.of(labels).forEach(label -> sizes[label]++);
        Partition partition = sets.partition();
        assertEquals(sets.setCount(), partition.setCount(), what);
        int[] ids = partition.componentIds();
        int met = 0;
        for (int x = 0; x < labels.length; x++) {
            assertEquals(sizes[labels[x]], sets.size(x), what);
            assertEquals(sizes[labels[x]], partition.size(x), what);
            assertEquals(labels[x], partition.label(x), what);
            assertTrue(ids[x] <= met, what);
            met += ids[x] == met ? 1 : 0;
            if (labels[x] == x) {
                int least = x;
                int[] members = IntStream.range(0, labels.length)
                        .filter(y -> labels[y] == least)
                        .toArray();
                assertArrayEquals(members, sets.members(x), what);
            }
        }
        assertEquals(labels.length, IntStream.of(partition.sizes()).sum(), what);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void applyBatch_anySplit_equalsOneBatch(Algorithm algorithm) {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < 40 * SCALE; round++) {
            Graphs graph = Graphs.any(random, 200);
            int m = graph.from().length;
            int cut = random.nextInt(m + 1);
            var sets = any(random, algorithm, graph.n()).recordLinks(true).build();
            BatchResult first = sets.applyBatch(part(graph, 0, cut));
            BatchResult second = sets.applyBatch(part(graph, cut, m));
            Reference expected = Reference.of(graph, LinkRule.SIZE);
            for (int i = 0; i < m; i++) {
                assertEquals(expected.accepted[i], i < cut ? first.accepted(i) : second.accepted(i - cut));
            }
            assertArrayEquals(expected.labels(), sets.labels());
            for (int x = 0; x < graph.n() && algorithm.guarantee() == Guarantee.LINK_FOREST; x++) {
                assertEquals(expected.targets[x], sets.linkTarget(x));
                assertEquals(expected.linkEdges[x], sets.linkEdge(x));
            }
            assertSizes(graph.toString(), expected.labels(), sets);
        }
    }

    private static EdgeSource part(Graphs graph, int start, int end) {
        return EdgeSource.of(Arrays.copyOfRange(graph.from(), start, end), Arrays.copyOfRange(graph.to(), start, end));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void applyBatch_sourceOfAnyKind_isTheSame(Algorithm algorithm) {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < 20; round++) {
            Graphs graph = Graphs.any(random, 300);
            Reference expected = Reference.of(graph, LinkRule.SIZE);
            for (EdgeSource source : Sources.allOf(graph, random)) {
                var sets = any(random, algorithm, graph.n()).recordLinks(true).build();
                BatchResult result = sets.applyBatch(source);
                assertSequential(source.toString(), expected, sets, result);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void applyBatch_badVertex_appliesWhatComesBefore(Algorithm algorithm) {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < 30; round++) {
            Graphs graph = Graphs.uniform(random, 50, 1 + random.nextInt(200));
            int bad = random.nextInt(graph.from().length);
            int vertex = random.nextBoolean() ? -1 - random.nextInt(9) : 50 + random.nextInt(9);
            Graphs before = new Graphs("before", 50, Arrays.copyOf(graph.from(), bad), Arrays.copyOf(graph.to(), bad));
            graph.to()[bad] = vertex;
            graph.from()[Math.min(graph.from().length - 1, bad + random.nextInt(30))] = 77; // the first one counts
            graph.from()[bad] = 0;
            for (EdgeSource source : Sources.allOf(graph, random)) {
                var sets = any(random, algorithm, 50).build();
                var e = assertThrows(IndexOutOfBoundsException.class, () -> sets.applyBatch(source));
                assertEquals("edge at position " + bad + ": no vertex " + vertex + " below 50", e.getMessage());
                assertArrayEquals(Reference.of(before, LinkRule.SIZE).labels(), sets.labels());
                sets.applyBatch(Graphs.path(50, true).edges());
                assertEquals(1, sets.setCount());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void progress_stops_leavesAPrefix(Algorithm algorithm) {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < 60; round++) {
            Graphs graph = Graphs.uniform(random, 100, 400);
            int stop = random.nextInt(400);
            var last = new AtomicReference<>(-1L);
            int threads = 1 + random.nextInt(4);
            var sets = DeterministicUnionFind.builder(100)
                    .algorithm(algorithm)
                    .threads(threads)
                    .ring(4)
                    .blockSize(5)
                    .pause(new Pauses(3))
                    .progress(applied -> {
                        assertTrue(applied >= last.getAndSet(applied), "went back to " + applied);
                        return applied < stop;
                    })
                    .build();
            BatchResult result = sets.applyBatch(graph.edges());
            int applied = (int) result.appliedCount();
            assertTrue(applied == 400 || !result.isComplete());
            assertTrue(applied >= Math.min(stop, 400), applied + " of " + stop);
            assertTrue(threads > 1 || applied < stop + 5 + 4, "stopped late: " + applied);
            Graphs prefix =
                    new Graphs("", 100, Arrays.copyOf(graph.from(), applied), Arrays.copyOf(graph.to(), applied));
            assertArrayEquals(Reference.of(prefix, LinkRule.SIZE).labels(), sets.labels());
        }
    }

    @Test
    void shuffled_isTheSequentialRunInThatOrder() {
        var random = new SplittableRandom(SEED);
        for (Algorithm algorithm : Algorithm.values()) {
            for (int round = 0; round < 40; round++) {
                Graphs graph = Graphs.any(random, 300);
                int m = graph.from().length;
                EdgeOrder order = EdgeOrder.shuffled(round);
                int[] edgeAt = IntStream.range(0, m)
                        .map(i -> (int) order.over(m).applyAsLong(i))
                        .toArray();
                Graphs reordered = new Graphs(
                        "",
                        graph.n(),
                        IntStream.of(edgeAt).map(e -> graph.from()[e]).toArray(),
                        IntStream.of(edgeAt).map(e -> graph.to()[e]).toArray());
                Reference expected = Reference.of(reordered, LinkRule.SIZE);
                var sets = any(random, algorithm, graph.n())
                        .order(order)
                        .recordLinks(true)
                        .build();
                BatchResult result = sets.applyBatch(round % 2 == 0 ? graph.edges() : Sources.interleaved(graph));
                for (int i = 0; i < m; i++) {
                    assertEquals(expected.accepted[i], result.accepted(edgeAt[i]));
                }
                for (int x = 0; x < graph.n() && algorithm.guarantee() == Guarantee.LINK_FOREST; x++) {
                    assertEquals(expected.targets[x], sets.linkTarget(x));
                    assertEquals(
                            expected.linkEdges[x] < 0 ? -1 : edgeAt[(int) expected.linkEdges[x]], sets.linkEdge(x));
                }
            }
        }
    }

    @Test
    void shuffled_ofAStream_isRefusedAndChangesNothing() {
        var sets =
                DeterministicUnionFind.builder(3).order(EdgeOrder.shuffled(1)).build();
        var stream = Sources.stream(Graphs.path(3, false), 2);
        assertThrows(UnsupportedOperationException.class, () -> sets.applyBatch(stream));
        assertEquals(3, sets.setCount());
        assertEquals("shuffled(1)", EdgeOrder.shuffled(1).toString());
    }

    @Test
    void applyBatch_fromWithin_isRefused() {
        var sets = new AtomicReference<DeterministicUnionFind>();
        sets.set(DeterministicUnionFind.builder(10)
                .progress(applied -> {
                    assertThrows(IllegalStateException.class, () -> sets.get().find(1));
                    assertThrows(IllegalStateException.class, () -> sets.get().labels());
                    assertThrows(IllegalStateException.class, () -> sets.get().setCount());
                    assertThrows(IllegalStateException.class, () -> sets.get().partition());
                    var again = Graphs.star(3).edges();
                    assertThrows(IllegalStateException.class, () -> sets.get().applyBatch(again));
                    return true;
                })
                .build());
        sets.get().applyBatch(Graphs.path(10, false).edges());
        assertEquals(1, sets.get().setCount());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void executor_ofAnyKind_isEnough(int kind) {
        Executor executor = switch (kind) {
            case 0 -> task -> {}; // never runs
            case 1 -> Runnable::run; // in the thread that brings it
            default ->
                task -> {
                    throw new RejectedExecutionException();
                };
        };
        Graphs graph = Graphs.uniform(new SplittableRandom(1), 1000, 3000);
        for (Algorithm algorithm : Algorithm.values()) {
            var sets = DeterministicUnionFind.builder(1000)
                    .algorithm(algorithm)
                    .threads(4)
                    .blockSize(64)
                    .executor(executor)
                    .build();
            sets.applyBatch(graph.edges());
            assertArrayEquals(Reference.of(graph, LinkRule.SIZE).labels(), sets.labels());
        }
    }

    @Test
    void auto_longBatch_equalsTheSequentialRun() {
        Graphs graph = Graphs.uniform(new SplittableRandom(3), 300_000, 3_000_000);
        var alone = DeterministicUnionFind.builder(300_000)
                .algorithm(Algorithm.SEQUENTIAL)
                .build();
        alone.applyBatch(graph.edges());
        for (Algorithm algorithm : new Algorithm[] {Algorithm.AUTO, Algorithm.PIPE}) {
            var sets = DeterministicUnionFind.builder(300_000)
                    .algorithm(algorithm)
                    .threads(3)
                    .build();
            BatchResult result = sets.applyBatch(graph.edges());
            assertArrayEquals(alone.labels(), sets.labels());
            assertArrayEquals(alone.flattened(), sets.flattened());
            assertTrue(result.serialCount() >= result.acceptedCount());
            assertEquals(300_000 - alone.setCount(), result.acceptedCount());
        }
    }

    @Test
    void arguments_bad_throw() {
        assertThrows(IllegalArgumentException.class, () -> new DeterministicUnionFind(-1));
        var builder = DeterministicUnionFind.builder(3);
        assertThrows(IllegalArgumentException.class, () -> builder.threads(0));
        assertThrows(IllegalArgumentException.class, () -> builder.blockSize(0));
        assertThrows(IllegalArgumentException.class, () -> builder.ring(-1));
        assertThrows(NullPointerException.class, () -> builder.algorithm(null));
        var sets = builder.build();
        for (int bad : new int[] {-1, 3}) {
            assertThrows(IndexOutOfBoundsException.class, () -> sets.find(bad));
            assertThrows(IndexOutOfBoundsException.class, () -> sets.sameSet(0, bad));
            assertThrows(IndexOutOfBoundsException.class, () -> sets.size(bad));
            assertThrows(IndexOutOfBoundsException.class, () -> sets.members(bad));
        }
        assertThrows(IllegalStateException.class, () -> sets.linkTarget(0));
        assertThrows(IllegalArgumentException.class, () -> EdgeSource.of(new int[1], new int[2]));
        assertThrows(IllegalArgumentException.class, () -> EdgeSource.of(new long[1], new long[2]));
        assertThrows(IllegalArgumentException.class, () -> EdgeSource.ofPairs(new int[3]));
        assertFalse(sets.sameSet(0, 1));
        assertEquals(3, sets.vertexCount());
    }
}
