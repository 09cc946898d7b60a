// SPDX-License-Identifier: Apache-2.0
package dev.heddle.proofs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every row of {@code models/expectations.csv} and prints a line for each. Spin rows are reported as skipped, by
 * name, where Spin or gcc is not installed. Property {@code heddle.models} picks rows whose name contains its value.
 */
class ModelsTest {
    private static final Path MODELS = Path.of("models");
    private static final String SELECTION = System.getProperty("heddle.models", "");
    /** Each run is one busy process, and the machine of the checks has two processors. */
    private static final ExecutorService RUNS = Executors.newFixedThreadPool(2);

    /** Code that no passing run of a model has reached yet; absent until a passing run ended. */
    private final Map<String, TreeSet<String>> unreached = new LinkedHashMap<>();

    @AfterAll
    static void stop() {
        RUNS.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> models() throws IOException {
        Path work = Files.createDirectories(Path.of("target", "models").toAbsolutePath());
        List<DynamicTest> tests = new ArrayList<>();
        List<Expectation> rows = Expectation.readAll(MODELS.resolve("expectations.csv"));
        for (Expectation row : rows) {
            if (row.name().contains(SELECTION)) {
                tests.add(test(row, work));
            }
        }
        rows.stream()
                .map(Expectation::model)
                .distinct()
                .filter(model -> model.endsWith(".pml"))
                .filter(model -> rows.stream()
                        .allMatch(
                                row -> !row.model().equals(model) || row.name().contains(SELECTION)))
                .forEach(model -> tests.add(dynamicTest(model + " has no dead code", () -> noDeadCode(model))));
        return tests.stream();
    }

    private DynamicTest test(Expectation row, Path work) {
        boolean spin = row.model().endsWith(".pml");
        if (spin && !Spin.installed()) {
            return dynamicTest(row.name(), () -> {
                print("SKIPPED", row, "spin or gcc is not installed");
                assumeTrue(false, "SKIPPED: spin or gcc is not installed"); // reason: .ci/run refuses skips
            });
        }
        Path model = MODELS.resolve(row.model()).toAbsolutePath();
        Future<Outcome> run = RUNS.submit(() -> {
            long start = System.nanoTime();
            Path folder = Files.createTempDirectory(work, model.getFileName() + "-");
            Outcome outcome = spin ? Spin.run(row, model, folder) : Tlc.run(row, model, folder);
            String complaint = row.complaint(outcome);
            String verdict = complaint.isEmpty() ? (row.passes() ? "PASSED" : "KILLED") : "FAILED";
            double seconds = (System.nanoTime() - start) / 1e9;
            print(
                    verdict,
                    row,
                    String.format(Locale.ROOT, "%s states, %.1f s %s", outcome.states(), seconds, complaint));
            return outcome;
        });
        return dynamicTest(row.name(), () -> {
            Outcome outcome = run.get();
            assertEquals("", row.complaint(outcome), row.name());
            if (row.passes() && spin) {
                unreached
                        .computeIfAbsent(row.model(), model0 -> new TreeSet<>(outcome.unreached()))
                        .retainAll(outcome.unreached());
            }
        });
    }

    /** What no passing run reaches must be recorded beside the model, after the reason: anything else has become dead. */
    private void noDeadCode(String model) throws IOException {
        assumeTrue(Spin.installed(), "SKIPPED: spin or gcc is not installed"); // reason: as above
        Path recorded = MODELS.resolve(model.replace(".pml", ".unreached"));
        List<String> expected = Files.exists(recorded)
                ? Files.readAllLines(recorded).stream()
                        .filter(line -> !line.startsWith("#"))
                        .toList()
                : List.of();
        assertEquals(expected, List.copyOf(unreached.get(model)));
    }

    private static void print(String verdict, Expectation row, String text) {
        String property = row.passes() ? "" : " by " + row.property();
        System.out.printf(Locale.ROOT, "%-7s %-60s %s%n", verdict + property, row.name(), text.strip());
    }
}
