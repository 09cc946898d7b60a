// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Mutant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers UF-10, UF-12, UF-13, UF-16, UF-17, UF-27: schedulers with a fault are told from a sequential run. */
class SchedulerMutantsTest {
    /** Threads that are there already. */
    static final class Helpers {
        static final Executor POOL = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Random graphs, and some that tell the faults. */
    abstract static class Trials implements Runnable {
        private final Algorithm algorithm;
        private final int rounds;

        Trials(Algorithm algorithm, int rounds) {
            this.algorithm = algorithm;
            this.rounds = rounds;
        }

        @Override
        public void run() {
            var random = new SplittableRandom(1);
            for (int round = 0; round < rounds; round++) {
                LinkRule rule = round % 2 == 0 ? LinkRule.SIZE : LinkRule.INDEX;
                int n = 4 + random.nextInt(6);
                boolean known = rule == LinkRule.INDEX && round % 4 == 1;
                check(known ? refuting(round / 4) : Graphs.uniform(random, n, 3 + random.nextInt(8)), rule);
            }
        }

        /** Three edges on which one omission or another gives a wrong forest. */
        private static Graphs refuting(int number) {
            int[][] edges = {{1, 3, 2, 3, 1, 2}, {2, 3, 3, 0, 2, 1}, {3, 1, 0, 3, 3, 2}, {2, 0, 1, 2, 3, 1}};
            int[] ends = edges[number % edges.length];
            return new Graphs(
                    "refuting", 4, new int[] {ends[0], ends[2], ends[4]}, new int[] {ends[1], ends[3], ends[5]});
        }

        private void check(Graphs graph, LinkRule rule) {
            Reference expected = Reference.of(graph, rule);
            var sets = DeterministicUnionFind.builder(graph.n())
                    .algorithm(algorithm)
                    .threads(3)
                    .blockSize(algorithm == Algorithm.PIPE ? 1 : 100)
                    .ring(algorithm == Algorithm.PIPE ? 16 : 4)
                    .linkRule(rule)
                    .recordLinks(true)
                    .pause(new Pauses(2))
                    .executor(Helpers.POOL)
                    .build();
            BatchResult result = sets.applyBatch(graph.edges());
            for (int i = 0; i < expected.accepted.length; i++) {
                same(expected.accepted[i] == result.accepted(i), graph);
            }
            for (int x = 0; x < graph.n() && algorithm.guarantee() == Guarantee.LINK_FOREST; x++) {
                same(expected.targets[x] == sets.linkTarget(x), graph);
                same(expected.linkEdges[x] == sets.linkEdge(x), graph);
            }
        }

        private static void same(boolean same, Graphs graph) {
            if (!same) {
                throw new IllegalStateException(graph.toString());
            }
        }
    }

    static final class PipeTrials extends Trials {
        PipeTrials() {
            super(Algorithm.PIPE, 2000);
        }
    }

    static final class ReservationTrials extends Trials {
        ReservationTrials() {
            super(Algorithm.RESERVATIONS, 300);
        }
    }

    /** Most faults show within a second; those of the order of a scan need threads that meet, and may take a minute. */
    static final class WindowTrials extends Trials {
        WindowTrials() {
            super(Algorithm.WINDOW, 400_000);
        }
    }

    @BeforeAll
    static void soundOnes_pass() {
        new PipeTrials().run();
        new ReservationTrials().run();
    }

    @Test
    void reservations_exampleOfOneSidedOnes_isSequential() {
        var sets = DeterministicUnionFind.builder(4)
                .algorithm(Algorithm.RESERVATIONS)
                .threads(2)
                .build();
        BatchResult result = sets.applyBatch(EdgeSource.of(new int[] {1, 2, 1}, new int[] {3, 3, 2}));
        assertArrayEquals(new long[] {0, 1}, result.acceptedEdges().toArray());
    }

    /** Wrong results, or blocks that nobody has committed. */
    private static void rejected(String type, Class<? extends Runnable> trials, String text, String replacement) {
        try {
            Class<?> original = Class.forName("dev.heddle.unionfind.internal." + type);
            Runnable mutant = Mutant.of(original, text, replacement).body(trials);
            Throwable found = assertThrows(Throwable.class, mutant::run, "the mutant survived its budget");
            assertTrue(
                    found instanceof IllegalStateException
                            || String.valueOf(found.getMessage()).contains("committed only"),
                    () -> "failed in another way: " + found);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Tag("mutant")
    void oneEndIsReserved_isRejected() {
        rejected(
                "Reservations",
                ReservationTrials.class,
                "mark(u[i], index[i]);\n                mark(v[i], index[i]);",
                "mark(Math.max(u[i], v[i]), index[i]);");
    }

    @Test
    @Tag("mutant")
    void noLookAfterTheTokenIsFree_isRejected() {
        rejected(
                "Ring",
                PipeTrials.class,
                "while (isReady(committed) && !run.failed()) { // ends: each round",
                "if (isReady(committed)) { //");
    }

    @Test
    @Tag("mutant")
    void noToken_isRejected() {
        rejected("Ring", PipeTrials.class, "if (!token.compareAndSet(false, true)) {", "if (committed < 0) {");
    }

    static List<Arguments> giants() {
        return List.of(
                Arguments.of("Giant", "bit(x) & bit(y)", "bit(x) | bit(y)"),
                Arguments.of("Ahead", "((roots[j] ^ top) - 1) >>> 31", "-(roots[j] ^ top) >>> 31"),
                Arguments.of("Forest", "giantSize += size;", "giantSize += 1;"));
    }

    @ParameterizedTest
    @Tag("mutant")
    @MethodSource("giants")
    void giantHoldsTooMuch_isRejected(String type, String text, String replacement) {
        rejected(type, PipeTrials.class, text, replacement);
    }

    private static final String CONFLICT = "if (loser == itsLoser || loser == itsWinner || winner == itsLoser) {";
    private static final String ASCENDING = "for (long k = Math.max(0, ticket - mask); k < ticket; k++) { // ascending";

    static List<Arguments> windows() {
        return List.of(
                Arguments.of(ASCENDING, ASCENDING.replace("k < ticket;", "k < ticket - 1;")),
                Arguments.of(ASCENDING, "for (long k = ticket - 1; k >= Math.max(0, ticket - mask); k--) {"),
                Arguments.of(CONFLICT, "if (loser == itsLoser || loser == itsWinner) {"),
                Arguments.of(CONFLICT, "if (winner == itsLoser) {"),
                Arguments.of("return !shared || losersArePrivate(seen, count, winner);", "return true;"),
                Arguments.of("return false; // not published", "continue;"),
                Arguments.of("return false; // out of date", "continue;"));
    }

    @ParameterizedTest
    @Tag("mutant")
    @Tag("slow")
    @MethodSource("windows")
    void windowLooksAtLess_isRejected(String text, String replacement) {
        rejected("Window", WindowTrials.class, text, replacement);
    }
}
