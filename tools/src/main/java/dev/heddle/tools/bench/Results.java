// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.heddle.tools.ToolException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that a run has measured, and for what it has not, the reason. */
final class Results {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Row> rows;
    private final Map<Row, Map<String, Figures>> figures = new HashMap<>();
    private final Map<Row, String> notRun = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Integer> idleBytes = new LinkedHashMap<>();
    private final Map<Count, List<List<String>>> counts = new LinkedHashMap<>();
    private final ArrayNode raw = JSON.createArrayNode();
    private String idleBytesNotRun = Verdict.NOT_ASKED;

    Results(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    List<Row> rows() {
        return rows;
    }

    List<Row> rowsOf(String area) {
        return rows.stream().filter(row -> row.area().equals(area)).toList();
    }

    /** Takes in the result file of one leg. */
    void add(Row row, String implementation, Path json) {
        JsonNode records;
        try {
            records = JSON.readTree(json.toFile());
        } catch (IOException e) {
            throw new ToolException("cannot read " + json + ": " + e.getMessage(), e);
        }
        JsonNode result = records.path(0);
        raw.add(result);
        Figures all =
                figures.computeIfAbsent(row, r -> new HashMap<>()).computeIfAbsent(implementation, i -> new Figures());
        all.addRound(
                values(result.path("primaryMetric")),
                secondary(result, "gc.alloc.rate.norm"),
                secondary(result, "cpu.norm"),
                secondary(result, "cas.failed.norm"));
        all.addSurvivors(secondary(result, "survivors.norm"));
    }

    private static List<Double> secondary(JsonNode result, String metric) {
        return values(result.path("secondaryMetrics").path(metric));
    }

    private static List<Double> values(JsonNode metric) {
        List<Double> values = new ArrayList<>();
        metric.path("rawData").path(0).forEach(value -> values.add(value.asDouble()));
        return values;
    }

    void addNotRun(Row row, String reason) {
        notRun.put(row, reason);
    }

    void addFailure(Row row, String implementation, String reason) {
        addFailure(row.id() + ", " + implementation, reason);
    }

    void addFailure(String what, String reason) {
        failures.add(what + ": " + reason);
    }

    /** Takes in a table that was counted, the names of its columns first. */
    void setCount(Count count, List<List<String>> lines) {
        counts.put(count, lines);
    }

    /** What was counted, in the order of the programs. */
    Map<Count, List<List<String>>> counts() {
        return counts;
    }

    /** The figure in a column of the line that begins so; empty if there is none. */
    Optional<Double> counted(Count count, String column, Object... first) {
        List<String> start = Arrays.stream(first).map(Object::toString).toList();
        List<List<String>> lines = counts.getOrDefault(count, List.of());
        return lines.stream()
                .filter(line -> line.subList(0, start.size()).equals(start))
                .map(line -> Double.parseDouble(line.get(lines.get(0).indexOf(column))))
                .findFirst();
    }

    /** Why something was not counted. */
    String reason(Count count) {
        return failures.stream().anyMatch(failure -> failure.startsWith(count.program() + ": "))
                ? "failed: see the list of failures"
                : Verdict.NOT_ASKED;
    }

    void setIdleBytes(Map<String, Integer> bytes) {
        idleBytes.putAll(bytes);
        idleBytesNotRun = null;
    }

    void setIdleBytesNotRun(String reason) {
        idleBytesNotRun = reason;
    }

    Map<String, Integer> idleBytes() {
        return idleBytes;
    }

    /** Why sizes were not measured; empty if they were. */
    Optional<String> idleBytesNotRun() {
        return Optional.ofNullable(idleBytesNotRun);
    }

    List<String> failures() {
        return failures;
    }

    /** Why a row has no figures; empty if it has some. */
    Optional<String> notRun(Row row) {
        return Optional.ofNullable(notRun.get(row));
    }

    Optional<Figures> figures(Row row, String implementation) {
        return Optional.ofNullable(figures.getOrDefault(row, Map.of()).get(implementation));
    }

    /** Our time against one peer's; empty if either is missing. */
    Optional<Ratio> ratio(Row row, String ours, String peer) {
        Optional<Figures> a = figures(row, ours);
        Optional<Figures> b = figures(row, peer);
        return a.isPresent() && b.isPresent() ? Optional.of(Ratio.of(peer, a.get(), b.get())) : Optional.empty();
    }

    /** Our time against the fastest of the peers; empty if ours or all of them are missing. */
    Optional<Ratio> ratioToBest(Row row, String ours, List<String> peers) {
        return peers.stream()
                .flatMap(peer -> ratio(row, ours, peer).stream())
                .min((a, b) -> Double.compare(a.median(), b.median()));
    }

    /** The records of JMH of all legs in one array. */
    void writeRaw(Path file) {
        try {
            JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), raw);
        } catch (IOException e) {
            throw new ToolException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
