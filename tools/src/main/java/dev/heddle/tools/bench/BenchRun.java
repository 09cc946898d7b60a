// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.Checkout;
import dev.heddle.tools.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs the benchmarks of some areas and keeps their raw results under {@code target/report}. */
public final class BenchRun {
    private final Checkout checkout;
    private final boolean full;
    private final List<String> areas;

    /**
     * A run that is yet to be started.
     *
     * @param checkout where to build and to write
     * @param full the long form
     * @param areas parts of names of benchmarks; all benchmarks if empty
     */
    public BenchRun(Checkout checkout, boolean full, List<String> areas) {
        this.checkout = checkout;
        this.full = full;
        this.areas = List.copyOf(areas);
    }

    /** Builds, measures and reports; returns the exit code. */
    public int run() {
        Path jar = checkout.benchmarks();
        Path report = checkout.root().resolve("target/report");
        try {
            Files.createDirectories(report);
        } catch (IOException e) {
            throw new ToolException("cannot write " + report + ": " + e.getMessage(), e);
        }
        new JmhProcess(checkout.newerJava().orElse(checkout.java()), jar)
                .run("measuring", arguments(), report.resolve("results.json"), report.resolve("jmh.log"));
        return 0;
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("-foe", "true", "-to", "30s"));
        if (!full) {
            arguments.addAll(List.of("-f", "1", "-wi", "2", "-w", "200ms", "-i", "3", "-r", "200ms"));
        }
        for (String area : areas) {
            arguments.add("(?i).*" + Pattern.quote(area) + ".*");
        }
        return arguments;
    }
}
