// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools;

import dev.heddle.tools.bench.BenchRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures every primitive against its peers and writes the report. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures Heddle against its peers, side by side on this machine.",
            "Prints a table of ratios and writes target/report/index.html with plots and the raw JSON beside it.",
            "A JDK of version 21 or newer, if there is one, adds the rows with virtual threads."
        })
final class BenchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..*",
            paramLabel = "quick|full|scaling|smoke|AREA",
            completionCandidates = Words.class,
            description = "quick: every question in less than 6 minutes (the default); full: every row, hours;"
                    + " scaling: 1 to 16 threads; smoke: proves that all runs, no figures; AREA: all rows of that area, with quick only the few."
                    + " Areas: uncontended, abort, interrupt, semaphore, mutex, hand-over, read-write, latch, barrier, pool,"
                    + " channels, figure5, structures, unionfind, cas, footprint")
    private List<String> words = List.of("quick");

    @Option(names = "--java", paramLabel = "FILE", description = "the java to measure on; else the oldest from 21 on")
    private Path java;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description =
                    "forks of each implementation of a row, whatever the time; else 3, with quick and AREA as time allows")
    private int rounds;

    @Override
    public Integer call() {
        if (rounds < 0) {
            throw new ParameterException(spec.commandLine(), "--rounds must be positive: " + rounds);
        }
        for (String word : words) {
            if (!BenchRun.words().contains(word)) {
                throw new ParameterException(
                        spec.commandLine(), "'" + word + "' is none of " + String.join(", ", BenchRun.words()));
            }
        }
        Checkout checkout = Checkout.current();
        Path measured = java != null ? java : checkout.newerJava().orElse(checkout.java());
        String command = "./heddle "
                + String.join(
                        " ", spec.commandLine().getParent().getParseResult().originalArgs());
        return new BenchRun(
                        checkout,
                        measured,
                        words,
                        rounds,
                        command,
                        spec.commandLine().getOut())
                .run();
    }

    /** What a shell may complete. */
    static final class Words extends ArrayList<String> {
        private static final long serialVersionUID = 1L;

        Words() {
            super(BenchRun.words());
        }
    }
}
