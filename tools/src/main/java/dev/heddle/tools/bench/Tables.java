// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static dev.heddle.tools.bench.Goals.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of the report. */
final class Tables {
    private final Results results;

    Tables(Results results) {
        this.results = results;
    }

    /** Verdict, goal, figure; one line for all goals that the run was not asked for. */
    static Table goals(List<Verdict> verdicts) {
        Table table = new Table("Goals", "verdict", "what", "goal", "figure");
        int others = 0;
        for (Verdict v : verdicts) {
            if (v.asked()) {
                table.add(v.status().toString(), v.subject(), v.goal(), v.figure());
            } else {
                others++;
            }
        }
        if (others > 0) {
            table.add(Verdict.Status.NOT_RUN.toString(), "goals of other rows: " + others, "", Verdict.NOT_ASKED);
        }
        return table;
    }

    /** For each area, ours beside the best peer. */
    List<Table> duels() {
        List<Table> tables = new ArrayList<>();
        for (String area : Areas.ALL) {
            if (area.equals(Areas.CAS) || area.equals(Areas.HAND_OVER)) {
                continue; // counts, not times; nobody to compare with
            }
            String unit = unit(area);
            Table table = new Table(
                    area,
                    "row",
                    "ours",
                    unit,
                    "bytes/op",
                    "best peer",
                    unit,
                    "bytes/op",
                    "ratio [least..most of a round]");
            for (Row row : results.rowsOf(area)) {
                row.duels().forEach(duel -> addDuel(table, row, duel));
            }
            if (!table.isEmpty()) {
                tables.add(table);
            }
        }
        return tables;
    }

    private void addDuel(Table table, Row row, Row.Duel duel) {
        Optional<Figures> ours = results.figures(row, duel.ours());
        Optional<Ratio> ratio = results.ratioToBest(row, duel.ours(), duel.peers());
        if (ours.isEmpty() || ratio.isEmpty()) {
            return;
        }
        Figures peer = results.figures(row, ratio.get().peer()).orElseThrow();
        table.add(
                row.label(),
                duel.ours(),
                number(ours.get().time()),
                number(ours.get().bytes()),
                ratio.get().peer(),
                number(peer.time()),
                number(peer.bytes()),
                Goals.text(ratio.get()));
    }

    /** For each area, every implementation with all that was measured of it. */
    List<Table> everything() {
        List<Table> tables = new ArrayList<>();
        for (String area : Areas.ALL) {
            Table table = new Table(
                    area + ", every implementation",
                    "row",
                    "implementation",
                    unit(area),
                    "CPU ns/op",
                    "bytes/op",
                    "rounds");
            if (area.equals(Areas.CAS)) {
                table = failedCas();
            } else {
                for (Row row : results.rowsOf(area)) {
                    for (String implementation : row.implementations()) {
                        addFigures(table, row, implementation);
                    }
                }
            }
            if (!table.isEmpty()) {
                tables.add(table);
            }
        }
        return tables;
    }

    private void addFigures(Table table, Row row, String implementation) {
        results.figures(row, implementation)
                .ifPresent(f -> table.add(
                        row.label(),
                        implementation,
                        number(f.time()),
                        number(f.cpu()),
                        number(f.bytes()),
                        Integer.toString(f.rounds())));
    }

    /** What parking alone costs. */
    Table handOver() {
        Table table = new Table(
                "hand-over by park and unpark alone, without any lock", "row", "ns/op", "CPU ns/op", "bytes/op");
        for (Row row : results.rowsOf(Areas.HAND_OVER)) {
            results.figures(row, "park")
                    .ifPresent(f -> table.add(row.label(), number(f.time()), number(f.cpu()), number(f.bytes())));
        }
        return table;
    }

    /** Failed compare-and-sets per acquire and release. */
    Table failedCas() {
        Table table = new Table(
                "failed compare-and-sets per acquire and release, permits left",
                "threads",
                "implementation",
                "failed per operation");
        for (Row row : results.rowsOf(Areas.CAS)) {
            for (String implementation : row.implementations()) {
                results.figures(row, implementation)
                        .ifPresent(f -> table.add(
                                row.label(), implementation, String.format(Locale.ROOT, "%.4f", f.failedCas())));
            }
        }
        return table;
    }

    /** Bytes of idle instances. */
    Table idleBytes() {
        Table table = new Table("idle instances, by JOL", "instance", "bytes");
        results.idleBytes().forEach((name, bytes) -> table.add(name, bytes.toString()));
        return table;
    }

    /** What was counted without a clock. */
    List<Table> counts() {
        List<Table> tables = new ArrayList<>();
        results.counts().forEach((count, lines) -> {
            Table table = new Table(count.title(), lines.get(0).toArray(String[]::new));
            lines.stream().skip(1).forEach(line -> table.add(line.toArray(String[]::new)));
            tables.add(table);
        });
        return tables;
    }

    /** What has no figure, and why. */
    Table notRun() {
        Table table = new Table("without figures", "what", "reason");
        for (Row row : results.rows()) {
            results.notRun(row).ifPresent(reason -> table.add(row.id(), "not run: " + reason));
        }
        results.idleBytesNotRun().ifPresent(reason -> table.add("idle instances", "not run: " + reason));
        results.failures().forEach(failure -> {
            int colon = failure.indexOf(": ");
            table.add(failure.substring(0, colon), failure.substring(colon + 2));
        });
        return table;
    }

    static String unit(String area) {
        return area.equals(Areas.INTERRUPT) || area.equals(Areas.UNION_FIND) ? "ms" : "ns/op";
    }
}
