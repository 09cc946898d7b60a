// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static dev.heddle.tools.bench.Goals.number;

import java.util.List;
import java.util.Optional;

/** The goals of the channels. */
final class ChannelGoals {
    private static final String OURS = "heddle";
    private static final double FLOOR_FACTOR = 1.15;
    private static final double MOST_BYTES = 6;
    private static final double FLAT_FACTOR = 3;
    private static final double BATCH_FACTOR = 3;
    private static final double CONFLATED_FACTOR = 3;
    private static final int IDLE_BYTES = 200;

    private final Goals goals;

    private ChannelGoals(Goals goals) {
        this.goals = goals;
    }

    static void judge(Goals all) {
        ChannelGoals goals = new ChannelGoals(all);
        goals.floor();
        goals.array();
        goals.bytes();
        goals.every("transfer through a channel", ChannelCatalog.TRANSFER);
        goals.every("chain of 1,000 virtual threads", ChannelCatalog.CHAIN);
        goals.every("async pipeline", ChannelCatalog.PIPELINE);
        goals.faster("batch of 64", ChannelCatalog.BATCH, "singles", BATCH_FACTOR);
        goals.flat("send");
        goals.flat("receive");
        goals.every("select over 2, 8, 64 channels", ChannelCatalog.SELECT);
        goals.faster("conflated send", ChannelCatalog.CONFLATED, "kotlinx", CONFLATED_FACTOR);
        for (String kind : List.of("rendezvous", "buffered", "wide", "unlimited", "conflated")) {
            goals.idle(kind);
        }
    }

    private void floor() {
        String subject = "channel, send and receive alone";
        String goal = "at most 1.15x of raw, two fetch-and-adds and a compare-and-set";
        goals.add(ratio(ChannelCatalog.ALONE, "raw")
                .map(r -> Verdict.of(subject, goal, number(1 / r.median()) + "x", 1 / r.median() <= FLOOR_FACTOR))
                .orElseGet(() -> notRun(subject, goal, ChannelCatalog.ALONE)));
    }

    private void array() {
        String subject = "channel, send and receive alone, time";
        String goal = "below ArrayBlockingQueue";
        goals.add(ratio(ChannelCatalog.ALONE, "array")
                .map(r -> Verdict.of(subject, goal, Goals.text(r), r.median() > 1))
                .orElseGet(() -> notRun(subject, goal, ChannelCatalog.ALONE)));
    }

    private void bytes() {
        String subject = "channel, send and receive alone, bytes";
        String goal = "at most 6 an element";
        goals.add(rows(ChannelCatalog.ALONE).stream()
                .flatMap(row -> goals.results().figures(row, OURS).stream())
                .findFirst()
                .map(f -> Verdict.of(subject, goal, number(f.bytes()), f.bytes() <= MOST_BYTES))
                .orElseGet(() -> notRun(subject, goal, ChannelCatalog.ALONE)));
    }

    private void every(String subject, String benchmark) {
        List<Row> rows = rows(benchmark);
        goals.every(subject + ", every row", rows, OURS, 1.0);
    }

    private void faster(String what, String benchmark, String than, double factor) {
        String subject = "channel, " + what;
        String goal = "at least " + number(factor) + "x faster than " + than;
        goals.add(ratio(benchmark, than)
                .map(r -> Verdict.of(subject, goal, Goals.text(r), r.median() >= factor))
                .orElseGet(() -> notRun(subject, goal, benchmark)));
    }

    private void flat(String side) {
        String subject = "channel, first exchange after aborted operations, " + side;
        String goal = "after 1,000,000 at most 3x of after 1,000";
        Optional<Figures> few = afterAborted(side, 1000);
        Optional<Figures> many = afterAborted(side, 1_000_000);
        if (few.isEmpty() || many.isEmpty()) {
            goals.add(notRun(subject, goal, ChannelCatalog.ABORTED));
            return;
        }
        double factor = many.get().time() / few.get().time();
        goals.add(Verdict.of(subject, goal, number(factor) + "x", factor <= FLAT_FACTOR));
    }

    private Optional<Figures> afterAborted(String side, int count) {
        return rows(ChannelCatalog.ABORTED).stream()
                .filter(row -> side.equals(row.params().get("side")) && row.x().value() == count)
                .flatMap(row -> goals.results().figures(row, OURS).stream())
                .findFirst();
    }

    private void idle(String kind) {
        goals.idle("channel-" + kind, "empty channel, " + kind, IDLE_BYTES);
    }

    /** Theirs by ours in the first row of the benchmark that has both. */
    private Optional<Ratio> ratio(String benchmark, String peer) {
        return rows(benchmark).stream()
                .flatMap(row -> goals.results().ratio(row, OURS, peer).stream())
                .findFirst();
    }

    private List<Row> rows(String benchmark) {
        return goals.rows(Areas.CHANNELS).stream()
                .filter(row -> row.benchmark().equals(benchmark))
                .toList();
    }

    private Verdict notRun(String subject, String goal, String benchmark) {
        return Verdict.notRun(
                subject, goal, goals.reason(rows(benchmark).stream().findFirst()));
    }
}
