// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The goals of the library, judged by the medians of a run. */
final class Goals {
    private static final double FLOOR_FACTOR = 1.1;
    private static final double NO_BYTES = 0.1; // what the profiler shows for none
    private static final double FLAT_FACTOR = 1.5;
    private static final double ALLOCATION_FACTOR = 0.25;
    private static final double WAITS = 1; // bytes per operation of the peer from which a row counts as contended
    private static final int IDLE_BYTES = 64;

    private final Results results;
    private final List<Verdict> verdicts = new ArrayList<>();

    private Goals(Results results) {
        this.results = results;
    }

    static List<Verdict> judge(Results results) {
        Goals goals = new Goals(results);
        goals.uncontended(1);
        goals.uncontended(2);
        goals.abortIsFlat("heddle-fair");
        goals.abortIsFlat("heddle-async");
        goals.abortBeatsThePeer(1000, 30);
        goals.abortBeatsThePeer(5000, 200);
        goals.massInterrupt();
        goals.massInterruptIsLinear();
        goals.allocation("platform");
        goals.allocation("virtual");
        List<Row> contended = goals.rows(Areas.SEMAPHORE, Areas.MUTEX);
        goals.every("fair semaphore and mutex, every row", contended, "heddle-fair", 1.0);
        goals.medianRow("fair semaphore and mutex, median row", contended, "heddle-fair", 1.3);
        goals.every("barging semaphore and mutex, every row", contended, "heddle-barging", 0.95);
        goals.every("latch, every row", goals.rows(Areas.LATCH), "heddle", 1.0);
        goals.every("barrier, every row", goals.rows(Areas.BARRIER), "heddle", 1.0);
        for (String pool : List.of("heddle-fifo", "heddle-lifo", "heddle-fifo-barging", "heddle-lifo-barging")) {
            goals.every("pool, " + pool + ", every row", goals.rows(Areas.POOL), pool, 1.0);
        }
        goals.idle("semaphore", "idle semaphore", IDLE_BYTES);
        goals.idle("mutex", "idle mutex", IDLE_BYTES);
        ChannelGoals.judge(goals);
        MapGoals.judge(goals);
        SplayGoals.judge(goals);
        CountGoals.judge(goals);
        UnionFindGoals.judge(goals);
        return goals.verdicts;
    }

    Results results() {
        return results;
    }

    private void uncontended(int threads) {
        String subject = "acquire and release while permits last, " + threads + (threads == 1 ? " thread" : " threads");
        String goal = "at most 1.1x of two raw fetch-and-adds, 0 bytes";
        Optional<Row> row = row(Areas.UNCONTENDED, "threads", threads);
        Optional<Ratio> ratio = row.flatMap(r -> results.ratio(r, "heddle-fair", "raw"));
        if (ratio.isEmpty()) {
            add(Verdict.notRun(subject, goal, reason(row)));
            return;
        }
        double factor = 1 / ratio.get().median();
        double bytes = results.figures(row.get(), "heddle-fair").orElseThrow().bytes();
        String figure = number(factor) + "x, " + number(bytes) + " bytes";
        add(Verdict.of(subject, goal, figure, factor <= FLOOR_FACTOR && bytes < NO_BYTES));
    }

    private void abortIsFlat(String ours) {
        String subject = "abort, " + ours + ", behind 1,000 and 5,000 waiters";
        String goal = "at most 1.5x of behind none";
        Optional<Row> empty = row(Areas.ABORT, "waiters in front", 0);
        Optional<Double> base = empty.flatMap(r -> results.figures(r, ours)).map(Figures::time);
        List<Double> factors = new ArrayList<>();
        for (Row row : rows(Areas.ABORT)) {
            results.figures(row, ours).ifPresent(f -> factors.add(f.time() / base.orElse(Double.NaN)));
        }
        if (base.isEmpty() || factors.size() < 2) {
            add(Verdict.notRun(subject, goal, reason(empty)));
            return;
        }
        double worst = factors.stream().max(Comparator.naturalOrder()).orElseThrow();
        add(Verdict.of(subject, goal, number(worst) + "x", worst <= FLAT_FACTOR));
    }

    private void abortBeatsThePeer(int waiters, double factor) {
        Optional<Row> row = row(Areas.ABORT, "waiters in front", waiters);
        faster("abort behind " + waiters + " waiters", row, factor);
    }

    private void massInterrupt() {
        faster("interrupt 10,000 parked virtual threads and join", fifoInterrupt(10_000), 10);
    }

    private void faster(String subject, Optional<Row> row, double factor) {
        String goal = "at least " + Math.round(factor) + "x faster than jdk-fair";
        Optional<Ratio> ratio = row.flatMap(r -> results.ratio(r, "heddle-fair", "jdk-fair"));
        add(ratio.map(r -> Verdict.of(subject, goal, text(r), r.median() >= factor))
                .orElseGet(() -> Verdict.notRun(subject, goal, reason(row))));
    }

    private void massInterruptIsLinear() {
        String subject = "interrupt and join, 1,000 to 10,000 virtual threads";
        String goal = "linear: at most 1.5x the time per thread";
        Optional<Row> few = fifoInterrupt(1000);
        Optional<Row> many = fifoInterrupt(10_000);
        Optional<Figures> a = few.flatMap(r -> results.figures(r, "heddle-fair"));
        Optional<Figures> b = many.flatMap(r -> results.figures(r, "heddle-fair"));
        if (a.isEmpty() || b.isEmpty()) {
            add(Verdict.notRun(subject, goal, reason(many)));
            return;
        }
        double factor = b.get().time() / a.get().time() / 10;
        add(Verdict.of(subject, goal, number(factor) + "x", factor <= FLAT_FACTOR));
    }

    private void allocation(String kind) {
        String subject = "bytes per contended passage, " + kind + " threads, every row where jdk-fair allocates";
        String goal = "at most a quarter of jdk-fair";
        List<Row> rows = rows(Areas.SEMAPHORE, Areas.MUTEX).stream()
                .filter(row -> kind.equals(row.params().get("kind")))
                .toList();
        Row worst = null;
        double most = 0;
        int counted = 0;
        for (Row row : rows) {
            Optional<Figures> ours = results.figures(row, "heddle-fair");
            Optional<Figures> peer = results.figures(row, "jdk-fair");
            if (ours.isPresent() && peer.isPresent() && peer.get().bytes() >= WAITS) {
                counted++;
                double share = ours.get().bytes() / peer.get().bytes();
                if (worst == null || share > most) {
                    worst = row;
                    most = share;
                }
            }
        }
        if (worst == null) {
            add(Verdict.notRun(subject, goal, reason(rows.stream().findFirst())));
            return;
        }
        String figure = number(most) + " of it in the worst of " + counted + " rows (" + worst.id() + ")";
        String parking =
                parkingBytes(kind).map(b -> "; parking alone: " + number(b)).orElse("");
        add(Verdict.of(subject, goal, figure + missing(rows, "heddle-fair") + parking, most <= ALLOCATION_FACTOR));
    }

    /** Bytes that the JVM allocates for one park and unpark. */
    private Optional<Double> parkingBytes(String kind) {
        return rows(Areas.HAND_OVER).stream()
                .filter(row -> kind.equals(row.params().get("kind")))
                .flatMap(row -> results.figures(row, "park").stream())
                .map(Figures::bytes)
                .findFirst();
    }

    void every(String subject, List<Row> rows, String ours, double least) {
        String goal = "at least " + number(least) + "x of the best of " + peers(rows, ours);
        Map<Row, Ratio> ratios = ratios(rows, ours);
        if (ratios.isEmpty()) {
            add(Verdict.notRun(subject, goal, reason(rows.stream().findFirst())));
            return;
        }
        Map.Entry<Row, Ratio> worst = ratios.entrySet().stream()
                .min(Comparator.comparingDouble(e -> e.getValue().median()))
                .orElseThrow();
        long below = ratios.values().stream().filter(r -> r.median() < least).count();
        String figure = text(worst.getValue()) + " in the worst row ("
                + worst.getKey().id() + "), " + below + " of " + ratios.size() + " rows below" + missing(rows, ours);
        add(Verdict.of(subject, goal, figure, below == 0));
    }

    private void medianRow(String subject, List<Row> rows, String ours, double least) {
        String goal = "above " + number(least) + "x of " + peers(rows, ours);
        Map<Row, Ratio> ratios = ratios(rows, ours);
        if (ratios.isEmpty()) {
            add(Verdict.notRun(subject, goal, reason(rows.stream().findFirst())));
            return;
        }
        double median =
                Figures.median(ratios.values().stream().map(Ratio::median).toList());
        String figure = number(median) + "x over " + ratios.size() + " rows" + missing(rows, ours);
        add(Verdict.of(subject, goal, figure + floor(ratios), median > least));
    }

    /** How far the floor is from the peers: two fetch-and-adds where permits are left, park and unpark where all wait. */
    private String floor(Map<Row, Ratio> ratios) {
        List<Double> most = new ArrayList<>();
        ratios.forEach((row, ratio) -> {
            Optional<Figures> peer = results.figures(row, ratio.peer());
            Optional<Figures> floor = results.figures(row, "raw").or(() -> handOver(row));
            if (peer.isPresent() && floor.isPresent()) {
                most.add(peer.get().time() / floor.get().time());
            }
        });
        return most.isEmpty()
                ? ""
                : "; the floor itself: " + number(Figures.median(most)) + "x over " + most.size() + " rows";
    }

    private Optional<Figures> handOver(Row like) {
        return rows(Areas.HAND_OVER).stream()
                .filter(row -> row.params().equals(crew(like)))
                .flatMap(row -> results.figures(row, "park").stream())
                .findFirst();
    }

    private static Map<String, String> crew(Row row) {
        return Map.of("kind", row.params().get("kind"), "threads", row.params().get("threads"));
    }

    void idle(String primitive, String subject, int most) {
        String goal = "at most " + most + " bytes, by JOL on 25";
        Integer bytes = results.idleBytes().get(primitive + "/heddle");
        if (bytes == null) {
            add(Verdict.notRun(subject, goal, results.idleBytesNotRun().orElse("no such instance")));
            return;
        }
        add(Verdict.of(subject, goal, bytes + " bytes", bytes <= most));
    }

    private Map<Row, Ratio> ratios(List<Row> rows, String ours) {
        return rows.stream()
                .flatMap(row -> row.duels().stream()
                        .filter(duel -> duel.ours().equals(ours))
                        .flatMap(duel -> results.ratioToBest(row, ours, duel.peers()).stream())
                        .map(ratio -> Map.entry(row, ratio)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String peers(List<Row> rows, String ours) {
        return rows.stream()
                .flatMap(row -> row.duels().stream())
                .filter(duel -> duel.ours().equals(ours))
                .flatMap(duel -> duel.peers().stream())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private String missing(List<Row> rows, String ours) {
        long without = rows.stream()
                .filter(row -> results.figures(row, ours).isEmpty())
                .count();
        return without == 0 ? "" : ", " + without + " rows not run";
    }

    List<Row> rows(String... areas) {
        return results.rows().stream()
                .filter(row -> List.of(areas).contains(row.area()))
                .toList();
    }

    private Optional<Row> row(String area, String axis, int x) {
        return results.rowsOf(area).stream()
                .filter(row -> row.x().name().equals(axis) && row.x().value() == x)
                .findFirst();
    }

    private Optional<Row> fifoInterrupt(int waiters) {
        return results.rowsOf(Areas.INTERRUPT).stream()
                .filter(row ->
                        row.x().value() == waiters && "fifo".equals(row.params().get("order")))
                .findFirst();
    }

    String reason(Optional<Row> row) {
        return row.map(r -> results.notRun(r).orElse("failed: see the list of failures"))
                .orElse(Verdict.NOT_ASKED);
    }

    /** The same for a comparison with others: a run may have the row and none of them. */
    String reason(Optional<Row> row, List<String> others) {
        return reason(row.filter(r -> r.implementations().stream().anyMatch(others::contains)));
    }

    void add(Verdict verdict) {
        verdicts.add(verdict);
    }

    static String text(Ratio ratio) {
        return number(ratio.median()) + "x [" + number(ratio.low()) + ".." + number(ratio.high()) + "]";
    }

    /** Three significant digits or so. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        double size = Math.abs(value);
        String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
