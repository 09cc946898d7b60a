// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.Checkout;
import dev.heddle.tools.ToolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/** Runs a suite and writes its report to {@code target/report}. */
public final class BenchRun {
    private final Checkout checkout;
    private final Jvm jvm;
    private final Suite suite;
    private final List<String> areas;
    private final String command;
    private final PrintWriter out;
    private final Path folder;
    private final Set<String> failed = new HashSet<>();

    /**
     * A run that is yet to be started.
     *
     * @param checkout where to build and to write
     * @param java the launcher of the JVM to measure on
     * @param words quick, full, scaling, smoke or names of areas
     * @param rounds how many rounds; 0 for as many as the suite has
     * @param command how the user called it
     * @param out where the tables go
     */
    public BenchRun(Checkout checkout, Path java, List<String> words, int rounds, String command, PrintWriter out) {
        this.checkout = checkout;
        this.jvm = Jvm.of(java);
        this.suite = rounds > 0 ? suite(words).withRounds(rounds) : suite(words);
        this.areas = areas(words);
        this.command = command;
        this.out = out;
        this.folder = checkout.root().resolve("target/report");
    }

    /** The words that may be asked for. */
    public static List<String> words() {
        List<String> words = new ArrayList<>(List.of("quick", "full", "scaling", "smoke"));
        words.addAll(Areas.ALL);
        return words;
    }

    /** Builds, measures and reports; returns 1 if a benchmark failed, else 0. */
    public int run() {
        Path benchmarks = checkout.benchmarks();
        prepareFolder();
        Map<String, String> facts = Machine.facts(checkout.root(), jvm, command);
        facts.putAll(suite.facts());
        Results results = new Results(rows());
        ProcessorTime before = ProcessorTime.now();
        int rounds = measure(benchmarks, results);
        facts.put("stolen", ProcessorTime.now().stolenSince(before));
        facts.put(
                "suite",
                suite.name() + ", " + rounds + " of at most " + suite.rounds() + " rounds"
                        + (rounds < suite.rounds() ? " (time is up)" : ""));
        report(facts, results);
        return results.failures().isEmpty() ? 0 : 1;
    }

    private static Suite suite(List<String> words) {
        if (words.contains("smoke")) {
            return Suite.smoke();
        }
        if (words.contains("scaling")) {
            return Suite.scaling();
        }
        if (words.contains("full")) {
            return Suite.full();
        }
        return words.contains("quick")
                ? Suite.quick()
                : Suite.areas(areas(words).size());
    }

    private static List<String> areas(List<String> words) {
        List<String> named = words.stream().filter(Areas.ALL::contains).toList();
        return named.isEmpty() ? Areas.ALL : named;
    }

    private List<Row> rows() {
        List<Row> all = switch (suite.name()) {
            case "quick" -> Catalog.quick();
            case "smoke" -> Catalog.smoke();
            case "scaling" -> Catalog.scaling();
            default -> Catalog.full();
        };
        return all.stream().filter(row -> areas.contains(row.area())).toList();
    }

    private int measure(Path benchmarks, Results results) {
        if (areas.contains(Areas.FOOTPRINT)) {
            IdleBytes.measure(jvm, benchmarks, results);
        }
        count(benchmarks, results);
        List<Row> rows = new ArrayList<>();
        for (Row row : results.rows()) {
            if (row.needsVirtualThreads() && !jvm.hasVirtualThreads()) {
                results.addNotRun(row, "needs virtual threads, JDK 21 or newer; measured on " + jvm.feature());
            } else {
                rows.add(row);
            }
        }
        long legs = rows.stream()
                .mapToLong(row -> row.implementations(jvm.feature()).size())
                .sum();
        int round = 0;
        try (LegHost host = new LegHost(jvm.java(), benchmarks, folder.resolve("jmh.log"));
                ProgressBar bar = Checkout.bar("measuring", legs * suite.rounds())) {
            Duration last = Duration.ZERO;
            while (round < suite.rounds() && (round == 0 || fits(last))) {
                Duration begun = elapsed();
                round(host, bar, rows, results, round);
                results.writeRaw(folder.resolve("results.json"));
                last = elapsed().minus(begun);
                round++;
            }
            bar.maxHint(legs * round);
        }
        return round;
    }

    private void count(Path benchmarks, Results results) {
        List<Count> asked = Count.ALL.stream()
                .filter(count -> suite.counts() && areas.contains(count.area()))
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        try (ProgressBar bar = Checkout.bar("counting", asked.size())) {
            for (Count count : asked) {
                bar.setExtraMessage(count.program());
                count.run(jvm, benchmarks, suite, results);
                bar.step();
            }
        }
    }

    private boolean fits(Duration round) {
        return suite.budget() == null || elapsed().plus(round).compareTo(suite.budget()) <= 0;
    }

    /** Since this program was started: its building of the benchmarks counts. */
    private static Duration elapsed() {
        return Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    }

    private void round(LegHost host, ProgressBar bar, List<Row> rows, Results results, int round) {
        for (Row row : rows) {
            List<String> implementations = row.implementations(jvm.feature());
            if (round % 2 == 1) {
                Collections.reverse(implementations); // so that none always comes after the same other
            }
            for (String implementation : implementations) {
                bar.setExtraMessage("round " + (round + 1) + ": " + row.id() + ", " + implementation);
                leg(host, row, implementation, results);
                bar.step();
            }
        }
    }

    private void leg(LegHost host, Row row, String implementation, Results results) {
        String name = row.id() + ", " + implementation;
        if (failed.contains(name)) {
            return; // reported once; a hang would cost its time limit in every round
        }
        Path json = folder.resolve("leg.json");
        String failure = host.run(arguments(row, implementation, json));
        if (failure == null) {
            results.add(row, implementation, json);
        } else {
            failed.add(name);
            results.addFailure(row, implementation, failure);
        }
        delete(json);
    }

    private List<String> arguments(Row row, String implementation, Path json) {
        List<String> arguments = new ArrayList<>();
        arguments.add("^dev\\.heddle\\.jmh\\." + row.benchmark().replace(".", "\\.") + "$");
        arguments.addAll(List.of("-p", "impl=" + implementation));
        row.params().forEach((name, value) -> arguments.addAll(List.of("-p", name + "=" + value)));
        arguments.addAll(List.of("-t", Integer.toString(row.threads()), "-to", "30s", "-foe", "true"));
        arguments.addAll(List.of("-f", Integer.toString(suite.forks(row))));
        arguments.addAll(suite.timing(row));
        if (row.countsFailedCas()) {
            arguments.addAll(List.of("-prof", "dev.heddle.jmh.cas.FailedCasProfiler"));
        } else {
            arguments.addAll(List.of("-prof", "gc", "-prof", "dev.heddle.jmh.CpuProfiler"));
        }
        if (row.countsSurvivors()) {
            arguments.addAll(List.of("-prof", "dev.heddle.jmh.graphs.SurvivorsProfiler"));
        }
        List<String> options = new ArrayList<>(suite.jvmOptions());
        options.addAll(row.jvmOptions());
        arguments.addAll(List.of("-jvmArgs", String.join(" ", options), "-rf", "json", "-rff", json.toString()));
        return arguments;
    }

    private void report(Map<String, String> facts, Results results) {
        List<Verdict> verdicts = suite.judged() ? Goals.judge(results) : List.of();
        Tables tables = new Tables(results);
        facts.forEach((name, value) -> out.printf("%-12s %s%n", name, value));
        out.println();
        tables.duels().forEach(this::print);
        print(tables.handOver());
        print(tables.failedCas());
        print(tables.idleBytes());
        tables.counts().forEach(this::print);
        print(tables.notRun());
        print(Tables.goals(verdicts));
        out.flush();
        Map<String, String> charts = Charts.draw(results, folder);
        Path page = folder.resolve("index.html");
        try {
            Files.writeString(page, HtmlReport.page(facts, verdicts, results, charts));
        } catch (IOException e) {
            throw new ToolException("cannot write " + page + ": " + e.getMessage(), e);
        }
        out.println("report: " + page);
        out.flush();
    }

    private void print(Table table) {
        if (!table.isEmpty()) {
            out.println(table.text());
        }
    }

    private void prepareFolder() {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> old = Files.list(folder)) {
                old.filter(Files::isRegularFile).forEach(BenchRun::delete);
            }
        } catch (IOException e) {
            throw new ToolException("cannot write " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new ToolException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }
}
