// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.bench.Row.Duel;
import dev.heddle.tools.bench.Row.X;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of the splay-list. */
final class SplayCatalog {
    static final String ACCESS = "SplayBenchmark.access";
    static final String OURS = "heddle-splay";

    private static final List<Duel> DUELS = List.of(new Duel(OURS, List.of("skip-list")));
    private static final List<String> OTHERS = List.of("heddle", "tree-map-locked");
    private static final List<String> ORDERS = List.of("uniform", "90-10", "95-5", "99-1", "skewed", "zipf-1.0");
    private static final List<String> OF_THE_PAPER = List.of("90-10", "95-5", "99-1", "zipf-1.0");

    private final List<Row> rows = new ArrayList<>();

    private SplayCatalog() {}

    /** Every row. */
    static List<Row> full() {
        SplayCatalog c = new SplayCatalog();
        for (String order : ORDERS) {
            for (int n : new int[] {100_000, 1_000_000}) {
                for (int threads : new int[] {1, 2}) {
                    c.access(order, n, 0, threads, n == 100_000 && threads == 1 ? OTHERS : List.of());
                }
            }
        }
        for (String order : OF_THE_PAPER) {
            c.access(order, 100_000, 2, 1, List.of());
            c.access(order, 100_000, 10, 1, List.of());
            c.access(order, 100_000, 10, 2, List.of());
            c.access(order, 100_000, 20, 1, List.of());
        }
        return c.rows;
    }

    /** A small map. */
    static List<Row> smoke() {
        SplayCatalog c = new SplayCatalog();
        c.access("99-1", 1000, 10, 1, OTHERS);
        return c.rows;
    }

    private void access(String order, int n, int writes, int threads, List<String> extras) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("n", "" + n);
        params.put("order", order);
        params.put("writes", "" + writes);
        String what = writes + " % writes, " + n + " entries, " + order;
        rows.add(new Row(
                Areas.STRUCTURES,
                "popular keys, " + what + ", " + threads + (threads == 1 ? " thread" : " threads"),
                ACCESS,
                params,
                threads,
                DUELS,
                extras,
                new X("popular keys, " + what, "threads", threads)));
    }
}
