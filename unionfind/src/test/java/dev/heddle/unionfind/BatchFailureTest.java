// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Covers UF-14, UF-23: batches that end by what is thrown in one of their threads. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchFailureTest {
    private static final long SEED = Long.getLong("heddle.seed", 20_26L);
    private static final int N = 150;

    /** What user code may throw. */
    private static final class Mine extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static DeterministicUnionFind.Builder builder(Algorithm algorithm, int threads) {
        return DeterministicUnionFind.builder(N)
                .algorithm(algorithm)
                .threads(threads)
                .blockSize(4)
                .ring(4)
                .recordLinks(true);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void progress_throws_leavesAPrefixAndTheNumbersOfEdges(Algorithm algorithm) {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < 25; round++) {
            var armed = new AtomicInteger(1 + random.nextInt(20));
            var told = new AtomicLong();
            var mine = new Mine();
            var sets = builder(algorithm, 1 + random.nextInt(4))
                    .pause(new Pauses(3))
                    .progress(applied -> {
                        told.set(applied);
                        if (armed.decrementAndGet() == 0) {
                            throw mine;
                        }
                        return true;
                    })
                    .build();
            Graphs path = Graphs.path(N, false); // which accepts every edge
            try {
                sets.applyBatch(path.edges());
            } catch (Mine e) {
                assertSame(mine, e);
                assertTrue(N - sets.setCount() >= told.get());
            }
            assertContinues(algorithm, sets, path, Graphs.uniform(random, N, 300));
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void source_throwsAnError_leavesAPrefix(Algorithm algorithm) {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < 25; round++) {
            var mine = new Mine();
            Graphs path = Graphs.path(N, false);
            int broken = random.nextInt(N - 1);
            var sets = builder(algorithm, 1 + random.nextInt(4))
                    .pause(new Pauses(3))
                    .build();
            assertSame(mine, assertThrows(Mine.class, () -> sets.applyBatch(brokenAt(path, broken, mine))));
            assertEquals(broken / 4 * 4, N - sets.setCount());
            assertContinues(algorithm, sets, path, Graphs.uniform(random, N, 300));
        }
    }

    /** A cursor that breaks its contract ends the batch, which would otherwise go on for ever or apply what is not there. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void cursor_givesAnImpossibleNumber_endsTheBatch(Algorithm algorithm) {
        for (int count : new int[] {-1, Integer.MIN_VALUE, 5}) {
            var sets = builder(algorithm, 2).build();
            var e = assertThrows(
                    IllegalStateException.class, () -> sets.applyBatch(Sources.of(() -> (from, to, most) -> count)));
            assertEquals("a cursor gave " + count + " of at most 4 edges", e.getMessage());
            assertEquals(N, sets.setCount());
            sets.applyBatch(Graphs.path(N, false).edges());
            assertEquals(1, sets.setCount());
        }
    }

    private static EdgeSource brokenAt(Graphs graph, int edge, Error error) {
        RandomAccessEdges whole = graph.edges();
        return new RandomAccessEdges() {
            @Override
            public long edgeCount() {
                return whole.edgeCount();
            }

            @Override
            public void copy(long first, int count, long[] from, long[] to) {
                if (first <= edge && edge < first + count) {
                    throw error;
                }
                whole.copy(first, count, from, to);
            }
        };
    }

    /** As if a virtual machine ran out of memory anywhere: the batch ends, for everybody. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void anyThread_fails_allEnd(Algorithm algorithm) {
        var random = new SplittableRandom(SEED);
        for (int round = 0; round < 25; round++) {
            var armed = new AtomicInteger(1 + random.nextInt(60));
            Graphs path = Graphs.path(N, false);
            var sets = builder(algorithm, 2 + random.nextInt(3))
                    .pause(() -> {
                        if (armed.decrementAndGet() == 0) {
                            throw new Mine();
                        }
                    })
                    .build();
            try {
                sets.applyBatch(path.edges());
                assertTrue(armed.get() > 0);
            } catch (Mine e) {
                assertTrue(armed.get() <= 0);
            }
            assertEquals(IntStream.of(sets.labels()).distinct().count(), sets.setCount());
            sets.applyBatch(path.edges());
            assertArrayEquals(new int[N], sets.labels());
            assertEquals(1, sets.setCount());
        }
    }

    /** After a prefix of the path, another batch goes on where it ended, also in its numbers of edges. */
    private static void assertContinues(Algorithm algorithm, DeterministicUnionFind sets, Graphs path, Graphs then) {
        int applied = N - sets.setCount();
        int[] from = Arrays.copyOf(path.from(), applied + then.from().length);
        int[] to = Arrays.copyOf(path.to(), from.length);
        System.arraycopy(then.from(), 0, from, applied, then.from().length);
        System.arraycopy(then.to(), 0, to, applied, then.to().length);
        Reference expected = Reference.of(new Graphs("", N, from, to), LinkRule.SIZE);
        try {
            sets.applyBatch(then.edges());
        } catch (Mine e) {
            return; // thrown by this batch: the other one was shorter than the time it was to throw at
        }
        assertArrayEquals(expected.labels(), sets.labels());
        for (int x = 0; x < N && algorithm.guarantee() == Guarantee.LINK_FOREST; x++) {
            assertEquals(expected.targets[x], sets.linkTarget(x));
            assertEquals(expected.linkEdges[x], sets.linkEdge(x));
        }
    }
}
