// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.util.List;
import java.util.function.Predicate;

/** The goals of the splay-list. */
final class SplayGoals {
    private static final double HOT = 1.5;
    private static final double SKEWED = 1.2;
    private static final double UNIFORM = 0.9;
    private static final double MIXED = 1.2;

    private SplayGoals() {}

    static void judge(Goals goals) {
        every(goals, "get, 99-1", row -> isGet(row) && is(row, "99-1"), HOT);
        every(goals, "get, 95-5 and by Zipf's law", row -> isGet(row) && is(row, "95-5", "skewed", "zipf-1.0"), SKEWED);
        every(goals, "get, uniform", row -> isGet(row) && is(row, "uniform"), UNIFORM);
        every(
                goals,
                "10 % writes, skewed",
                row -> "10".equals(row.params().get("writes")) && is(row, "95-5", "99-1", "zipf-1.0"),
                MIXED);
    }

    private static boolean isGet(Row row) {
        return "0".equals(row.params().get("writes"));
    }

    private static boolean is(Row row, String... orders) {
        return List.of(orders).contains(row.params().get("order"));
    }

    private static void every(Goals goals, String what, Predicate<Row> which, double least) {
        List<Row> rows = goals.rows(Areas.STRUCTURES).stream()
                .filter(row -> row.benchmark().equals(SplayCatalog.ACCESS) && which.test(row))
                .toList();
        goals.every("splay-list, " + what, rows, SplayCatalog.OURS, least);
    }
}
