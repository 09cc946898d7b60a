// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Covers UF-14, UF-24: batches whose executor breaks or goes away, whose caller is interrupted, who are asked too early. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchExecutorTest {
    private static final int N = 600_000; // so that AUTO looks for help, and labels too
    private static final long SEED = Long.getLong("heddle.seed", 20_26L);

    /** What user code may throw. */
    private static final class Mine extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** As long as the algorithm needs it to want help. */
    private static Graphs path(Algorithm algorithm, boolean down) {
        return Graphs.path(algorithm == Algorithm.AUTO ? N : 5000, down);
    }

    /** An executor may break in any of its calls: the batch ends with a prefix, and says so; no helper stays behind. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void executor_throwsWhatIsNoRejection_leavesAPrefix(Algorithm algorithm) {
        var random = new SplittableRandom(SEED);
        Graphs path = path(algorithm, random.nextBoolean());
        for (int good = 0; good < 3; good++) {
            var calls = new AtomicInteger(good);
            List<Thread> helpers = new ArrayList<>();
            var mine = new Mine();
            var sets = DeterministicUnionFind.builder(N)
                    .algorithm(algorithm)
                    .threads(4)
                    .recordLinks(true)
                    .executor(breaking(calls, helpers, mine))
                    .build();
            int applied = path.n() - 1;
            try {
                assertEquals(path.n() - 1, sets.applyBatch(path.edges()).appliedCount());
                assertTrue(algorithm == Algorithm.SEQUENTIAL || algorithm == Algorithm.AUTO); // which may want no help
            } catch (Mine e) {
                assertSame(mine, e);
                applied = N - sets.setCount();
                assertTrue(applied == 0 || algorithm == Algorithm.AUTO);
            }
            for (int x = 1; x < path.n(); x += 1 + random.nextInt(100)) {
                int before = path.from()[0] == 0 ? x - 1 : path.n() - 1 - x; // edges before that of x and x - 1
                assertEquals(before < applied, sets.sameSet(x - 1, x));
            }
            assertSame(mine, assertThrows(Mine.class, sets::labels));
            helpers.forEach(Race::join);
            calls.set(Integer.MAX_VALUE);
            BatchResult again = sets.applyBatch(path.edges());
            assertEquals(path.n() - 1 - applied, again.acceptedCount());
            assertEquals(N - path.n() + 1, sets.setCount());
        }
    }

    /** Starts a thread for each of the first tasks, as many as there are calls left, and then fails. */
    private static Executor breaking(AtomicInteger calls, List<Thread> helpers, Error failure) {
        return task -> {
            if (calls.getAndDecrement() <= 0) {
                throw failure;
            }
            Thread helper = new Thread(task);
            helpers.add(helper);
            helper.start();
        };
    }

    /** Edges that are in each other's way make the window small; when it has grown again it wants help: before a block. */
    @Test
    void executor_throwsLate_leavesWholeBlocks() {
        int dense = 300;
        Graphs first = Graphs.uniform(new SplittableRandom(SEED), dense, 1000);
        Graphs path = Graphs.path(20_000, false);
        var sets = DeterministicUnionFind.builder(dense + path.n())
                .algorithm(Algorithm.RESERVATIONS)
                .threads(2)
                .executor(task -> {
                    throw new Mine();
                })
                .build();
        long[] from = IntStream.concat(
                        IntStream.of(first.from()), IntStream.of(path.from()).map(x -> dense + x))
                .asLongStream()
                .toArray();
        long[] to = IntStream.concat(
                        IntStream.of(first.to()), IntStream.of(path.to()).map(x -> dense + x))
                .asLongStream()
                .toArray();
        EdgeCursor cursor = EdgeSource.of(from, to).open();
        var begun = new AtomicBoolean();
        EdgeSource uneven = Sources.of(() -> (x, y, most) -> cursor.next(x, y, begun.getAndSet(true) ? most : 1000));
        assertThrows(Mine.class, () -> sets.applyBatch(uneven));
        assertEquals(path.n() + Reference.of(first, LinkRule.SIZE).sets, sets.setCount());
        for (int x = 1; x < path.n(); x++) {
            assertFalse(sets.sameSet(dense + x - 1, dense + x));
        }
    }

    /** A pool that is shut down in the midst of a batch interrupts the helpers, which come to their end nevertheless. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void executor_isShutDownWithin_theBatchGoesOn(Algorithm algorithm) throws InterruptedException {
        var pool = Executors.newFixedThreadPool(3);
        Graphs path = path(algorithm, false);
        var sets = DeterministicUnionFind.builder(N)
                .algorithm(algorithm)
                .threads(4)
                .executor(pool)
                .progress(applied -> {
                    pool.shutdownNow();
                    return true;
                })
                .build();
        sets.applyBatch(path.edges());
        assertEquals(N - path.n() + 1, sets.setCount());
        sets.applyBatch(path.edges()); // and without anybody
        assertTrue(pool.awaitTermination(60, TimeUnit.SECONDS));
    }

    /** An interrupt is nobody's business here: the batch is done, and the flag stands. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void caller_isInterrupted_goesOn(Algorithm algorithm) {
        Graphs path = path(algorithm, false);
        var sets = DeterministicUnionFind.builder(N)
                .algorithm(algorithm)
                .threads(3)
                .build();
        Thread.currentThread().interrupt();
        BatchResult result = sets.applyBatch(path.edges());
        assertTrue(Thread.interrupted());
        assertEquals(path.n() - 1, result.acceptedCount());
        assertEquals(N - path.n() + 1, sets.setCount());
    }

    /** A snapshot that was begun before a batch and is ready after it is not taken for one of after it. */
    @Test
    void partition_beginsBeforeABatch_isNotKept() {
        int n = 100_000;
        var sets = DeterministicUnionFind.builder(n).threads(1).build();
        for (int round = 1; round < 60; round++) {
            var begun = new CountDownLatch(1);
            Thread asking = Race.start(() -> {
                begun.countDown();
                try {
                    sets.partition();
                } catch (IllegalStateException e) {
                    assertEquals("a batch is being applied", e.getMessage());
                }
            });
            assertDoesNotThrow(() -> begun.await());
            sets.applyBatch(EdgeSource.of(new int[] {0}, new int[] {round}));
            Race.join(asking);
            assertEquals(n - round, sets.partition().setCount());
            assertEquals(round + 1, sets.members(0).length);
        }
    }
}
