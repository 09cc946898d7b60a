// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.structures.PathCopying.Step;
import dev.heddle.structures.internal.Combining;
import dev.heddle.structures.internal.Outcomes;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Race;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers PC-6, PC-7, PC-8: operations take effect once, with or without the help of others. */
class PathCopyingTest {
    private static Step<Long, Long> increment(Long state) {
        return new Step<>(state + 1, state);
    }

    @Test
    void operations_giveTheirResults() {
        PathCopying<Long> count = new PathCopying<>(5L);
        assertEquals(5, count.submit(PathCopyingTest::increment));
        assertEquals(6, count.apply(PathCopyingTest::increment));
        assertEquals(14, count.update(state -> 2 * state));
        Long now = count.get();
        assertTrue(count.compareAndSet(now, 1L));
        assertFalse(count.compareAndSet(now, 2L));
        assertNull(count.<String>apply(state -> new Step<>(state, null)));
        assertEquals(4, count.statistics().successes());
        assertEquals(4, count.statistics().attempts());
        assertEquals("PathCopying[1]", count.toString());
        assertThrows(NullPointerException.class, () -> count.update(state -> null));
        assertThrows(NullPointerException.class, () -> count.submit(state -> null));
    }

    @Test
    void publishedOperations_areAppliedOnceEach() throws Exception {
        PathCopying<Long> count = small(4);
        int each = 20_000;
        Set<Long> results = new HashSet<>(together(3, each, () -> count.submit(PathCopyingTest::increment)));
        assertEquals(LongStream.range(0, 3L * each).boxed().collect(Collectors.toSet()), results);
        assertEquals(3L * each, count.get());
        PathCopying.Statistics statistics = count.statistics();
        // Nobody promises that a writer finds a free slot: others may move before its search. Then it writes alone.
        assertTrue(statistics.combined() > 2L * each && statistics.combined() <= 3L * each, statistics::toString);
        assertTrue(statistics.batches() <= statistics.successes(), statistics::toString);
        assertTrue(statistics.largestBatch() <= 3, statistics::toString);
    }

    @Test
    void fullSlots_leaveAWriterToItself() throws Exception {
        PathCopying<Long> count = small(1);
        assertEquals(60_000, new HashSet<>(together(3, 20_000, () -> count.submit(PathCopyingTest::increment))).size());
        assertEquals(60_000, count.get());
        assertTrue(count.statistics().combined() <= 60_000);
    }

    /** A variable whose writers publish at once. */
    private static PathCopying<Long> small(int slots) {
        return new PathCopying<>(0L, PathCopyingTest::failing, 0, slots);
    }

    /** Leaves the batch to be applied in turn. */
    private static Long failing(Long state, PathCopying.Batch<Long> batch) {
        throw new IllegalStateException("a batch of " + batch.size());
    }

    @Test
    void batch_isAppliedByTheApplier() {
        Function<Long, Step<Long, Long>> increment = PathCopyingTest::increment;
        AtomicInteger batches = new AtomicInteger();
        PathCopying<Long> count = new PathCopying<>(
                0L,
                (state, batch) -> {
                    batches.incrementAndGet();
                    for (int i = 0; i < batch.size(); i++) {
                        assertSame(increment, batch.operation(i));
                        batch.setResult(i, state + i);
                    }
                    return state + batch.size();
                },
                0,
                2);
        assertEquals(0, count.submit(increment));
        assertEquals(1, count.submit(increment));
        assertEquals(2, batches.get());
        assertEquals(2, count.get());
    }

    @Test
    void failureOfAnOperation_reachesItsOwnerOnly() throws Exception {
        PathCopying<Long> count = small(4);
        Function<Long, Step<Long, Long>> odd = state -> {
            throw new ArithmeticException("mine");
        };
        List<Long> results = together(3, 5000, () -> {
            if (Thread.currentThread().getName().endsWith("0")) {
                assertThrows(ArithmeticException.class, () -> count.submit(odd));
                return -1L;
            }
            return count.submit(PathCopyingTest::increment);
        });
        assertEquals(10_000, count.get());
        assertEquals(10_001, new HashSet<>(results).size());
    }

    @Test
    void errorAmidAPublishedOperation_leavesNothingInItsSlot() {
        Combining<Integer> cell = Combining.small(0, new FailingOnce(), 0, 1);
        assertThrows(OutOfMemoryError.class, () -> cell.write(new Increment()));
        assertEquals(0, cell.get());
        assertEquals(0, cell.write(new Increment()));
        assertEquals(1, cell.get());
        assertEquals(1, cell.tally().combined());
    }

    private static final class Increment extends Combining.Operation {
        @Override
        protected Object noted() {
            throw new AssertionError("it found no slot");
        }
    }

    private static final class FailingOnce implements Combining.Applier<Integer> {
        private boolean failed;

        @Override
        public Integer apply(Integer state, Combining.Operation operation) {
            return state + 1;
        }

        @Override
        public Integer applyAll(Integer state, Combining.Operation[] operations, Object[] outcomes) {
            if (!failed) {
                failed = true;
                throw new OutOfMemoryError("thrown by the test");
            }
            Arrays.setAll(outcomes, i -> Outcomes.of(state + i));
            return state + operations.length;
        }
    }

    /** Whoever publishes is overtaken by another write in each of its attempts. */
    public static final class Overtaken implements Runnable {
        private static final int OTHERS = 6;
        private static final int MOST_FAILURES = 3; // and as many before as its patience lasts, which is none here

        private final Thread owner = Thread.currentThread();
        private final Combining<Integer> cell = Combining.small(0, new Overtaking(), 0, 2);
        private int left = OTHERS;

        @Override
        public void run() {
            cell.write(new Published());
            long failures = cell.tally().failures();
            assertTrue(failures >= 1 && failures <= MOST_FAILURES, failures + " failures");
            assertEquals(1 + OTHERS - left, cell.get());
        }

        private final class Overtaking implements Combining.Applier<Integer> {
            @Override
            public Integer apply(Integer state, Combining.Operation operation) {
                return state + 1;
            }

            @Override
            public Integer applyAll(Integer state, Combining.Operation[] operations, Object[] outcomes) {
                if (Thread.currentThread() == owner && left > 0) {
                    left--;
                    Race.join(Race.start(() -> cell.write(new Alone())));
                }
                Arrays.setAll(outcomes, i -> Outcomes.of(state + i));
                return state + operations.length;
            }
        }

        private static final class Published extends Combining.Operation {}

        private static final class Alone extends Combining.Operation {
            @Override
            protected boolean sharable() {
                return false;
            }
        }
    }

    /** PC-6: the next write that succeeds applies what is published. */
    @Test
    void ownerThatIsAlwaysOvertaken_hasItsResultAfterFewFailures() {
        new Overtaken().run();
    }

    @Test
    @Tag("mutant")
    void othersThatApplyNothingPublished_isRejected() {
        Runnable overtaken = Mutant.of(
                        Combining.class,
                        "Batch batch = shared == null ||",
                        "Batch batch = published == null || shared == null ||")
                .body(Overtaken.class);
        assertThrows(AssertionError.class, overtaken::run);
    }

    /** What several threads get from an action. */
    private static <T> List<T> together(int threads, int each, Callable<T> action) throws Exception {
        ConcurrentLinkedQueue<T> results = new ConcurrentLinkedQueue<>();
        CyclicBarrier start = new CyclicBarrier(threads);
        Thread[] all = new Thread[threads];
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < threads; i++) {
            all[i] = new Thread(
                    () -> {
                        try {
                            start.await();
                            for (int j = 0; j < each; j++) {
                                results.add(action.call());
                            }
                        } catch (Exception | AssertionError e) {
                            failures.add(e);
                        }
                    },
                    "writer " + i);
            all[i].start();
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        return List.copyOf(results);
    }

    // ---- every interleaving

    /** Three writers, one after each success of which another may stand anywhere. */
    static final class Increments extends Race {
        @Override
        public void run() {
            PathCopying<Long> count = PathCopying.withPatience(0L, 0, 2);
            long[] results = new long[3];
            Thread[] threads = new Thread[3];
            for (int i = 0; i < 3; i++) {
                int mine = i;
                threads[i] = start(() -> results[mine] =
                        mine == 2 ? count.apply(PathCopyingTest::increment) : count.submit(PathCopyingTest::increment));
            }
            join(threads);
            expect(count.get() == 3, "count " + count.get());
            expect(results[0] + results[1] + results[2] == 3, "results");
            expect(results[0] * results[1] * results[2] == 0, "results");
        }
    }

    /** Two writers that fail once before they publish, so that an operation is published with a note of what it found. */
    static final class PatientIncrements extends Race {
        @Override
        public void run() {
            PathCopying<Long> count = PathCopying.withPatience(0L, 1, 2);
            long[] results = new long[2];
            Thread[] threads = new Thread[2];
            for (int i = 0; i < 2; i++) {
                int mine = i;
                threads[i] = start(() -> results[mine] = count.submit(PathCopyingTest::increment));
            }
            join(threads);
            expect(count.get() == 2, "count " + count.get());
            expect(results[0] + results[1] == 1, "results");
        }
    }

    @Test
    @Tag("lincheck")
    void publishedOperations_inEveryInterleaving_areAppliedOnce() {
        Checks.interleave(new Increments());
    }

    @Test
    @Tag("lincheck")
    void operationsPublishedAfterAFailure_inEveryInterleaving_areAppliedOnce() {
        Checks.interleave(new PatientIncrements());
    }

    @Test
    @Tag("lincheck")
    @Tag("mutant")
    void noteOfAFailedAttemptIsTakenForTheOutcome_isRejected() {
        Checks.interleavingRejected(
                Mutant.of(Combining.class, "        operation.note(null); // what it found in vain is no outcome\n", "")
                        .body(PatientIncrements.class),
                Checks.EXCEPTION);
    }

    @Test
    @Tag("lincheck")
    @Tag("mutant")
    void batchIsNotFinishedBeforeTheNextWrite_isRejected() {
        rejected("            finish(from);\n        }\n        return current;", "        }\n        return current;");
    }

    @Test
    @Tag("lincheck")
    @Tag("mutant")
    void operationIsCollectedAgain_isRejected() {
        rejected("if (operation != null && operation.outcomeAcquire() == null) {", "if (operation != null) {");
    }

    private static void rejected(String text, String replacement) {
        Checks.interleavingRejected(
                Mutant.of(Combining.class, text, replacement).body(Increments.class), Checks.EXCEPTION);
    }
}
