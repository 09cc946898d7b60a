// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Covers UF-17: how often edges conflict that are in flight together, counted along the sequential run, so that the numbers
 * depend on no schedule. Chapter 07 shows them.
 */
class ContentionTest {
    private static final int N = 1 << 18;

    /** Pairs of an edge and a later one in flight with it. */
    private static final class Counts {
        private final int[] cells; // of a root its size, negative
        private final boolean bySize;
        long losers; // the earlier edge links a root of the later one
        long winners; // they share the winner of the earlier one alone
        double rootChanges; // of an end of an edge, on average
        private final double[] ends; // of the edges, by root, as a part of all

        private Counts(Graphs graph, boolean bySize) {
            this.bySize = bySize;
            cells = new int[graph.n()];
            ends = new double[graph.n()];
            for (int i = 0; i < graph.from().length; i++) {
                ends[graph.from()[i]] += 0.5 / graph.from().length;
                ends[graph.to()[i]] += 0.5 / graph.from().length;
            }
            Arrays.fill(cells, -1);
        }

        static Counts of(Graphs graph, int inFlight, boolean bySize) {
            Counts counts = new Counts(graph, bySize);
            for (int i = 0; i < graph.from().length; i++) {
                int u = counts.root(graph.from()[i]);
                int v = counts.root(graph.to()[i]);
                if (u != v) {
                    boolean down = counts.loses(u, v);
                    int loser = down ? u : v;
                    int winner = down ? v : u;
                    counts.count(graph, i, inFlight, loser, winner);
                    counts.link(loser, winner);
                }
            }
            return counts;
        }

        private int root(int x) {
            int at = x;
            while (cells[at] >= 0) {
                int parent = cells[at];
                if (cells[parent] >= 0) {
                    cells[at] = cells[parent];
                }
                at = parent;
            }
            return at;
        }

        private boolean loses(int u, int v) {
            return (bySize && cells[u] != cells[v]) ? cells[u] > cells[v] : u > v;
        }

        private void count(Graphs graph, int edge, int inFlight, int loser, int winner) {
            int end = Math.min(graph.from().length, edge + inFlight);
            for (int i = edge + 1; i < end; i++) {
                int u = root(graph.from()[i]);
                int v = root(graph.to()[i]);
                if (u != v && (u == loser || v == loser)) {
                    losers++;
                } else if (u != v && (u == winner || v == winner)) {
                    winners++;
                }
            }
        }

        private void link(int loser, int winner) {
            rootChanges += ends[loser];
            ends[winner] += ends[loser];
            cells[winner] += cells[loser];
            cells[loser] = winner;
        }
    }

    private static Graphs graph(String name) {
        var random = new SplittableRandom(2023);
        return switch (name) {
            case "uniform" -> Graphs.uniform(random, N, 4 * N);
            case "rmat" -> Graphs.rmat(random, N, 8 * N);
            case "grid-shuffled" -> Graphs.grid(random, 512, 100, true);
            case "grid-by-rows" -> byRows(512);
            case "path" -> Graphs.path(N, false);
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** A square grid: the edges within the rows, then those between them. */
    private static Graphs byRows(int side) {
        int m = 2 * side * (side - 1);
        int[] from = new int[m];
        int[] to = new int[m];
        int next = 0;
        for (int step : new int[] {1, side}) {
            for (int x = 0; x + step < side * side; x++) {
                if (step == side || x % side < side - 1) {
                    from[next] = x;
                    to[next++] = x + step;
                }
            }
        }
        return new Graphs("grid by rows", side * side, from, to);
    }

    @ParameterizedTest
    @CsvSource({
        "uniform, false, 2, 7, 29098",
        "uniform, true, 2, 5, 29100",
        "uniform, false, 64, 411, 1837179",
        "uniform, true, 64, 273, 1837317",
        "rmat, true, 64, 192, 1331720",
        "grid-shuffled, true, 64, 308, 282318",
        "grid-by-rows, true, 2, 261631, 0",
        "grid-by-rows, false, 2, 261631, 0",
        "path, true, 2, 262142, 0",
        "path, false, 2, 262142, 0"
    })
    void inFlight_edgesOfAGraph_conflictSoOften(String name, boolean bySize, int inFlight, long losers, long winners) {
        Graphs graph = graph(name);
        Counts counts = Counts.of(graph, inFlight, bySize);
        assertEquals(losers + " " + winners, counts.losers + " " + counts.winners, "H " + counts.rootChanges);
        double expected = 2 * (inFlight - 1) * counts.rootChanges; // both ends of all others in flight
        if (name.equals("grid-by-rows") || name.equals("path")) {
            assertTrue(losers > 1000 * expected, "an order that is not random");
        } else {
            assertTrue(losers <= 2 * expected, "more than for random edges: " + expected);
        }
    }
}
