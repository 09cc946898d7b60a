// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static dev.heddle.tools.bench.Goals.number;

import java.util.List;
import java.util.Optional;

/** The goals of union-find. */
final class UnionFindGoals {
    private static final String OURS = "heddle";
    private static final double ONLINE_FACTOR = 1.05;
    private static final double UNIFORM_FACTOR = 1.5;
    private static final double FLOOR_SHARE = 0.6;
    private static final double ROAD_FACTOR = 1.3;
    private static final double NATURAL_FACTOR = 1.15;
    private static final double JGRAPHT_FACTOR = 50;
    private static final double MAPPED_FACTOR = 1.2;
    private static final double SURVIVORS = 1.05;
    private static final double BYTES = 8; // a vertex
    private static final double MILLIS = 1000; // of a second
    private static final double PACE = 100; // megabytes a second

    private final Goals goals;

    private UnionFindGoals(Goals goals) {
        this.goals = goals;
    }

    static void judge(Goals all) {
        UnionFindGoals goals = new UnionFindGoals(all);
        goals.atMost(
                "uniform graph", UnionFindCatalog.UNIFORM, OURS, List.of("online", "online-splitting"), ONLINE_FACTOR);
        goals.faster("uniform graph", UnionFindCatalog.UNIFORM, UnionFindCatalog.SEQUENTIAL, UNIFORM_FACTOR);
        goals.floor();
        goals.faster("road-like, shuffled", UnionFindCatalog.ROAD, UnionFindCatalog.SEQUENTIAL, ROAD_FACTOR);
        goals.atMost("grid in its order", UnionFindCatalog.GRID, OURS, UnionFindCatalog.SEQUENTIAL, NATURAL_FACTOR);
        goals.atMost("path in its order", UnionFindCatalog.PATH, OURS, UnionFindCatalog.SEQUENTIAL, NATURAL_FACTOR);
        goals.faster("small uniform graph", UnionFindCatalog.SMALL, List.of("jgrapht"), JGRAPHT_FACTOR);
        goals.bytes();
        goals.atMost("mapped edges", UnionFindCatalog.UNIFORM, "heddle-mapped", List.of(OURS), MAPPED_FACTOR);
        goals.survivors();
        UnionFindCatalog.FORMATS.forEach(goals::pace);
    }

    private void bytes() {
        String subject = subject("small uniform graph") + ", bytes of a batch and its result by vertices";
        String goal = "at most " + number(BYTES);
        int vertices = Integer.parseInt(UnionFindCatalog.SMALL.split(":", -1)[1]);
        goals.add(figures(row(UnionFindCatalog.SMALL), OURS)
                .map(f -> Verdict.of(subject, goal, number(f.bytes() / vertices), f.bytes() <= BYTES * vertices))
                .orElseGet(() -> notRun(subject, goal, UnionFindCatalog.SMALL, List.of(OURS))));
    }

    private void survivors() {
        String subject = subject("uniform graph") + ", edges that pass the filter by unions";
        String goal = "at most " + number(SURVIVORS);
        goals.add(figures(row(UnionFindCatalog.UNIFORM), "heddle-pipe")
                .map(f -> Verdict.of(subject, goal, number(f.survivors()), f.survivors() <= SURVIVORS))
                .orElseGet(() -> notRun(subject, goal, UnionFindCatalog.UNIFORM, List.of("heddle-pipe"))));
    }

    private void pace(String format) {
        String subject = "union-find, read " + format + ", one thread";
        String goal = "at least " + number(PACE) + " MB/s";
        Optional<Row> row = goals.rows(Areas.UNION_FIND).stream()
                .filter(r -> format.equals(r.params().get("format")))
                .findFirst();
        goals.add(figures(row, OURS)
                .map(f -> UnionFindCatalog.READ_MEGABYTES * MILLIS / f.time())
                .map(pace -> Verdict.of(subject, goal, number(pace) + " MB/s", pace >= PACE))
                .orElseGet(() -> Verdict.notRun(subject, goal, goals.reason(row))));
    }

    private void faster(String what, String graph, List<String> than, double factor) {
        String subject = subject(what);
        String goal = "at least " + number(factor) + "x faster than the best of " + String.join(", ", than);
        goals.add(factor(graph, OURS, than)
                .map(f -> Verdict.of(subject, goal, number(f) + "x", f >= factor))
                .orElseGet(() -> notRun(subject, goal, graph, than)));
    }

    private void atMost(String what, String graph, String whose, List<String> than, double factor) {
        String subject = subject(what) + ", time";
        String goal = "at most " + number(factor) + "x of the best of " + String.join(", ", than);
        goals.add(factor(graph, whose, than)
                .map(f -> Verdict.of(subject, goal, number(1 / f) + "x", 1 / f <= factor))
                .orElseGet(() -> notRun(subject, goal, graph, than)));
    }

    private void floor() {
        String subject = subject("uniform graph") + ", share of two random reads an edge";
        String goal = "at least " + number(FLOOR_SHARE);
        goals.add(factor(UnionFindCatalog.UNIFORM, OURS, List.of("floor"))
                .map(f -> Verdict.of(subject, goal, number(f), f >= FLOOR_SHARE))
                .orElseGet(() -> notRun(subject, goal, UnionFindCatalog.UNIFORM, List.of("floor"))));
    }

    private static String subject(String what) {
        return "union-find, " + what + ", 2 threads";
    }

    /** The time of the best of the others by that of this one. */
    private Optional<Double> factor(String graph, String whose, List<String> others) {
        Optional<Row> row = row(graph);
        double best = Double.POSITIVE_INFINITY;
        for (String name : others) {
            best = Math.min(best, time(row, name).orElse(Double.POSITIVE_INFINITY));
        }
        Optional<Double> ours = time(row, whose);
        return best == Double.POSITIVE_INFINITY || ours.isEmpty() ? Optional.empty() : Optional.of(best / ours.get());
    }

    private Optional<Double> time(Optional<Row> row, String name) {
        return figures(row, name).map(Figures::time);
    }

    private Optional<Figures> figures(Optional<Row> row, String name) {
        return row.flatMap(r -> goals.results().figures(r, name));
    }

    private Optional<Row> row(String graph) {
        return goals.rows(Areas.UNION_FIND).stream()
                .filter(row -> graph.equals(row.params().get("graph"))
                        && "2".equals(row.params().get("threads")))
                .findFirst();
    }

    private Verdict notRun(String subject, String goal, String graph, List<String> needed) {
        return Verdict.notRun(subject, goal, goals.reason(row(graph), needed));
    }
}
