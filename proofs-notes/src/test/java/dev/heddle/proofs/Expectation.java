// SPDX-License-Identifier: Apache-2.0
package dev.heddle.proofs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One row of {@code models/expectations.csv}: a run and what it must give.
 *
 * @param model path of the model below {@code models/}; its suffix picks the tool
 * @param configuration name of the run, unique for the model
 * @param flags what is set for the run, split at spaces; {@code @progress} asks Spin for a non-progress search
 * @param passes true: no violation and exactly {@code states} states; false: a mutant that {@code property} must kill
 * @param property the property that kills the mutant; empty for a passing run
 * @param states distinct states of a passing run; -1 for a mutant, whose search stops early
 * @param limit a run that takes more processor time has failed
 */
record Expectation(
        String model,
        String configuration,
        List<String> flags,
        boolean passes,
        String property,
        long states,
        Duration limit) {
    private static final String HEADER = "model,configuration,flags,verdict,property,states,seconds";

    static List<Expectation> readAll(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException(csv + ": the first line must be " + HEADER);
        }
        return lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Expectation::parse)
                .toList();
    }

    static Expectation parse(String line) {
        String[] field = line.split(",", -1);
        if (field.length != 7) {
            throw new IllegalArgumentException(field.length + " fields instead of 7: " + line);
        }
        boolean passes = field[3].equals("pass");
        boolean killed = field[3].equals("killed");
        if (passes == killed || passes != field[4].isEmpty() || killed != field[5].isEmpty()) {
            throw new IllegalArgumentException("'pass' has states and no property, 'killed' the reverse: " + line);
        }
        return new Expectation(
                field[0],
                field[1],
                field[2].isBlank() ? List.of() : List.of(field[2].trim().split(" +")),
                passes,
                field[4],
                passes ? Long.parseLong(field[5]) : -1,
                Duration.ofSeconds(Long.parseLong(field[6])));
    }

    String name() {
        return model + " " + configuration;
    }

    /** What is wrong with the outcome; empty if it is as expected. */
    String complaint(Outcome outcome) {
        if (outcome.kind() == Outcome.Kind.INCONCLUSIVE) {
            return "no verdict: " + outcome.detail();
        }
        if (!passes) {
            return outcome.kind() == Outcome.Kind.PASSED
                    ? "the mutant survived"
                    : outcome.detail().equals(property) ? "" : "killed by " + outcome.detail() + ", not by " + property;
        }
        if (outcome.kind() == Outcome.Kind.VIOLATED) {
            return "violated: " + outcome.detail();
        }
        return outcome.states() == states ? "" : outcome.states() + " states instead of " + states;
    }
}
