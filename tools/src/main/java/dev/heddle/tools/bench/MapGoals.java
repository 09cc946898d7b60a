// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static dev.heddle.tools.bench.Goals.number;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;

/** The goals of sorted maps. */
final class MapGoals {
    private static final double GET = 1.8;
    private static final double UPDATE_ALONE = 1.3;
    private static final double UPDATE_TOGETHER = 0.8;
    private static final double UPDATE_PERSISTENT = 1.5;
    private static final double SCAN = 3;
    private static final double UNION = 5;
    private static final double UNION_PARALLEL = 1.8;
    private static final double AGED = 1.5;
    private static final double FLAT = 1.5;
    private static final double BESIDE_SNAPSHOTS = 1 / 1.02; // two percent slower

    private final Goals goals;

    private MapGoals(Goals goals) {
        this.goals = goals;
    }

    static void judge(Goals all) {
        MapGoals goals = new MapGoals(all);
        goals.every("get, every row", goals.rows(MapCatalog.GET, fresh()), GET);
        goals.update(1, UPDATE_ALONE);
        goals.update(2, UPDATE_TOGETHER);
        goals.update(8, UPDATE_TOGETHER);
        goals.persistent(2);
        goals.persistent(8);
        goals.every("100 keys", goals.rows(MapCatalog.SCAN, row -> true), SCAN);
        goals.every("all keys", goals.rows(MapCatalog.SCAN_ALL, row -> true), SCAN);
        goals.every("union of 1,000,000", goals.rows(MapCatalog.UNION, n(1_000_000)), UNION);
        goals.parallel(100_000);
        goals.parallel(1_000_000);
        goals.aged(100_000);
        goals.aged(1_000_000);
        List<Row> snapshots = goals.rows(MapCatalog.BESIDE_SNAPSHOTS, row -> true);
        all.every("sorted map, writes beside snapshots", snapshots, MapCatalog.SNAPSHOTS, BESIDE_SNAPSHOTS);
        goals.snapshot();
    }

    private void every(String what, List<Row> rows, double least) {
        goals.every("sorted map, " + what, rows, MapCatalog.OURS, least);
    }

    private static Predicate<Row> fresh() {
        return row -> "fresh".equals(row.params().get("age"));
    }

    private static Predicate<Row> n(int n) {
        return row -> Integer.toString(n).equals(row.params().get("n"));
    }

    private void update(int threads, double least) {
        every("put or remove, threads: " + threads, rows(MapCatalog.UPDATE, row -> row.threads() == threads), least);
    }

    private void persistent(int threads) {
        Optional<Row> row =
                rows(MapCatalog.UPDATE, r -> r.threads() == threads).stream().findFirst();
        Optional<Double> best = MapCatalog.PERSISTENT.stream()
                .flatMap(peer -> time(row, peer).stream())
                .min(Comparator.naturalOrder());
        add(
                "put or remove beside persistent maps, threads: " + threads,
                "at least " + number(UPDATE_PERSISTENT) + "x of the best of "
                        + String.join(", ", MapCatalog.PERSISTENT),
                row,
                quotient(best, time(row, MapCatalog.OURS)),
                factor -> factor >= UPDATE_PERSISTENT);
    }

    private void parallel(int n) {
        Optional<Row> row = rows(MapCatalog.UNION, n(n)).stream().findFirst();
        add(
                "union with 2 threads, entries: " + n,
                "at least " + number(UNION_PARALLEL) + "x of 1 thread",
                row,
                quotient(time(row, MapCatalog.OURS), time(row, MapCatalog.PARALLEL)),
                factor -> factor >= UNION_PARALLEL);
    }

    /** Constant time: as long for the largest map as for the smallest. */
    private void snapshot() {
        Optional<Row> small = rows(MapCatalog.SNAPSHOT, n(1_000)).stream().findFirst();
        Optional<Row> large = rows(MapCatalog.SNAPSHOT, n(1_000_000)).stream().findFirst();
        add(
                "a snapshot beside a thread that writes, 1,000,000 entries",
                "at most " + number(FLAT) + "x of the time for 1,000",
                large,
                quotient(time(large, MapCatalog.WRITES), time(small, MapCatalog.WRITES)),
                factor -> factor <= FLAT);
    }

    private void aged(int n) {
        Predicate<Row> alike = n(n).and(row ->
                row.threads() == 1 && "uniform".equals(row.params().get("order")));
        Optional<Row> fresh = rows(MapCatalog.GET, alike.and(fresh())).stream().findFirst();
        Optional<Row> aged =
                rows(MapCatalog.GET, alike.and(fresh().negate())).stream().findFirst();
        add(
                "get after 1,000,000 updates, entries: " + n,
                "at most " + number(AGED) + "x of the time when freshly built",
                aged,
                quotient(time(aged, MapCatalog.OURS), time(fresh, MapCatalog.OURS)),
                factor -> factor <= AGED);
    }

    private void add(String what, String goal, Optional<Row> row, Optional<Double> factor, DoublePredicate met) {
        String subject = "sorted map, " + what;
        goals.add(factor.map(f -> Verdict.of(subject, goal, number(f) + "x", met.test(f)))
                .orElseGet(() -> Verdict.notRun(subject, goal, goals.reason(row))));
    }

    private static Optional<Double> quotient(Optional<Double> one, Optional<Double> other) {
        return one.flatMap(a -> other.map(b -> a / b));
    }

    private Optional<Double> time(Optional<Row> row, String name) {
        return row.flatMap(r -> goals.results().figures(r, name)).map(Figures::time);
    }

    private List<Row> rows(String benchmark, Predicate<Row> which) {
        return goals.rows(Areas.STRUCTURES).stream()
                .filter(row -> row.benchmark().equals(benchmark) && which.test(row))
                .toList();
    }
}
