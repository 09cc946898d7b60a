// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How figures become verdicts, from result files as JMH writes them. */
class GoalsTest {
    @TempDir
    Path folder;

    private static String json(double time, double bytes) {
        return String.format(
                Locale.ROOT,
                "[{\"primaryMetric\":{\"rawData\":[[%1$f,%1$f,%1$f]]},"
                        + "\"secondaryMetrics\":{\"gc.alloc.rate.norm\":{\"rawData\":[[%2$f]]},"
                        + "\"survivors.norm\":{\"rawData\":[[%3$f]]}}}]",
                time,
                bytes,
                bytes == 0 ? 1.04 : 1.06);
    }

    private Results results(List<Row> rows, BiFunction<Row, String, double[]> timeAndBytes) throws IOException {
        Results results = new Results(rows);
        for (Row row : rows) {
            for (String implementation : row.implementations()) {
                double[] figures = timeAndBytes.apply(row, implementation);
                if (figures.length > 0) {
                    Path file = Files.writeString(folder.resolve("leg.json"), json(figures[0], figures[1]));
                    results.add(row, implementation, file);
                }
            }
        }
        return results;
    }

    /** The rows that all goals together need. */
    private static List<Row> rowsOfEveryGoal() {
        List<Row> rows = new ArrayList<>(Catalog.quick());
        rows.removeIf(row ->
                List.of(Areas.CHANNELS, Areas.STRUCTURES, Areas.UNION_FIND).contains(row.area()));
        rows.addAll(ChannelCatalog.full());
        rows.addAll(MapCatalog.full());
        rows.addAll(SplayCatalog.full());
        rows.addAll(UnionFindCatalog.full());
        return rows;
    }

    private static Map<String, Integer> idleBytes(int primitive, int channel) {
        Map<String, Integer> bytes = new HashMap<>(Map.of("semaphore/heddle", primitive, "mutex/heddle", primitive));
        for (String kind : List.of("rendezvous", "buffered", "wide", "unlimited", "conflated")) {
            bytes.put("channel-" + kind + "/heddle", channel);
        }
        return bytes;
    }

    /** The same figure everywhere in the tables that are counted. */
    private static void count(Results results, String figure) {
        for (Count count : Count.ALL) {
            List<String> columns = List.of(count.columns().split(" "));
            List<List<String>> lines = new ArrayList<>(List.of(columns));
            for (String name : List.of("heddle", "heddle-splay", "uniform", "90-10", "95-5", "99-1", "zipf-1.0")) {
                for (String n : List.of("1000", "10000", "100000", "1000000")) {
                    List<String> line = new ArrayList<>(List.of(name, n));
                    if (count.equals(Count.FRESH_NODES)) {
                        line.add("1");
                    }
                    line.addAll(Collections.nCopies(columns.size() - line.size(), figure));
                    lines.add(line);
                }
            }
            results.setCount(count, lines);
        }
    }

    private static boolean isOurs(String implementation) {
        return implementation.startsWith("heddle");
    }

    private static Verdict.Status status(List<Verdict> verdicts, String subject) {
        return verdicts.stream()
                .filter(verdict -> verdict.subject().startsWith(subject))
                .findFirst()
                .orElseThrow()
                .status();
    }

    @Test
    void judge_oursFarAhead_meetsEveryGoal() throws IOException {
        Results results = results(rowsOfEveryGoal(), (row, implementation) -> {
            double size = row.area().equals(Areas.INTERRUPT) ? row.x().value() : 1;
            double theirs = implementation.equals("raw") ? 1.0 : 1000 * size;
            if (implementation.equals(MapCatalog.PARALLEL)) {
                return new double[] {0.5, 0};
            }
            return isOurs(implementation) ? new double[] {size, 0} : new double[] {theirs, 100};
        });
        results.setIdleBytes(idleBytes(64, 200));
        count(results, "2.00");
        for (Verdict verdict : Goals.judge(results)) {
            assertEquals(Verdict.Status.MET, verdict.status(), verdict::toString);
        }
    }

    @Test
    void judge_oursJustBehind_missesEveryGoal() throws IOException {
        Results results = results(rowsOfEveryGoal(), (row, implementation) -> {
            double waiters = row.x().value() + (implementation.endsWith("-mapped") ? 2.0 : 1.0);
            if (row.benchmark().equals(UnionFindCatalog.READ)) {
                return new double[] {1001, 0}; // a megabyte too few in a second
            }
            if (implementation.equals(MapCatalog.SNAPSHOTS)
                    || "aged".equals(row.params().get("age"))) {
                waiters *= 2; // the same map is faster elsewhere
            }
            double bytes = row.area().equals(Areas.UNION_FIND) ? 8_000_001 : 26;
            return isOurs(implementation) ? new double[] {2 * waiters * waiters, bytes} : new double[] {1, 100};
        });
        results.setIdleBytes(idleBytes(65, 201));
        count(results, "551");
        for (Verdict verdict : Goals.judge(results)) {
            assertEquals(Verdict.Status.MISSED, verdict.status(), verdict::toString);
        }
    }

    @Test
    void judge_oneRowBehind_missesItsGoalAndNamesTheRow() throws IOException {
        List<Row> rows = Catalog.full();
        Row behind = rows.stream()
                .filter(row -> row.area().equals(Areas.MUTEX))
                .reduce((a, b) -> b)
                .orElseThrow();
        Results results =
                results(rows, (row, i) -> new double[] {row.equals(behind) && i.equals("heddle-fair") ? 11 : 10, 0});
        Verdict verdict = Goals.judge(results).stream()
                .filter(v -> v.subject().startsWith("fair semaphore and mutex, every row"))
                .findFirst()
                .orElseThrow();
        assertEquals(Verdict.Status.MISSED, verdict.status());
        assertTrue(verdict.figure().contains(behind.id()) && verdict.figure().contains("1 of "), verdict::figure);
    }

    @Test
    void judge_nothingMeasured_saysSoEverywhere() {
        Results results = new Results(Catalog.quick());
        results.rows().forEach(row -> results.addNotRun(row, "the reason"));
        List<Verdict> verdicts = Goals.judge(results);
        assertTrue(verdicts.stream().allMatch(verdict -> verdict.status() == Verdict.Status.NOT_RUN));
        assertEquals(
                "the reason",
                verdicts.stream()
                        .filter(v -> v.subject().startsWith("latch"))
                        .findFirst()
                        .orElseThrow()
                        .figure());
        assertEquals(
                results.rows().size() + 1,
                new Tables(results).notRun().text().lines().count() - 2);
    }

    @Test
    void judge_rowWithoutThePeer_saysThatItWasNotAskedFor() throws IOException {
        Results results = results(Catalog.quick(), (row, implementation) -> new double[] {1, 0});
        Verdict verdict = Goals.judge(results).stream()
                .filter(v -> v.goal().contains("jgrapht"))
                .findFirst()
                .orElseThrow();
        assertEquals(Verdict.Status.NOT_RUN, verdict.status());
        assertEquals("not in this run: not asked for", verdict.figure());
    }

    @Test
    void table_ofOneArea_hasOneLineForTheGoalsOfAllOthers() throws IOException {
        List<Row> latch = Catalog.full().stream()
                .filter(row -> row.area().equals(Areas.LATCH))
                .toList();
        Results results = results(latch, (row, implementation) -> new double[] {1, 0});
        List<Verdict> verdicts = Goals.judge(results);
        String table = Tables.goals(verdicts).text();
        assertEquals(1, verdicts.stream().filter(Verdict::asked).count());
        assertTrue(table.contains("latch, every row"), table);
        assertTrue(table.contains("goals of other rows: " + (verdicts.size() - 1)), table);
        assertEquals(
                1,
                table.lines().filter(line -> line.contains(Verdict.NOT_ASKED)).count(),
                table);
    }

    @Test
    void judge_abortGrowsWithTheQueue_isNotFlat() throws IOException {
        Results results = results(Catalog.quick(), (row, implementation) -> {
            boolean long1 = row.area().equals(Areas.ABORT) && row.x().value() == 5000;
            return isOurs(implementation) ? new double[] {long1 ? 1.6 : 1, 0} : new double[] {1000, 100};
        });
        assertEquals(Verdict.Status.MISSED, status(Goals.judge(results), "abort, heddle-fair"));
        assertEquals(Verdict.Status.MET, status(Goals.judge(results), "abort behind 5000"));
    }

    @Test
    void ratio_ofRounds_hasMedianAndRange() {
        Figures ours = new Figures();
        Figures peer = new Figures();
        for (double factor : new double[] {1, 2, 6}) {
            ours.addRound(List.of(10.0, 10.0, 10.0), List.of(), List.of(), List.of());
            peer.addRound(List.of(10 * factor, 10 * factor, 10 * factor), List.of(), List.of(), List.of());
        }
        assertEquals(new Ratio("peer", 2, 1, 6), Ratio.of("peer", ours, peer));
        assertEquals("2.00x [1.00..6.00]", Goals.text(Ratio.of("peer", ours, peer)));
    }
}
