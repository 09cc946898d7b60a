// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools;

import dev.heddle.tools.bench.BenchRun;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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
    @Parameters(
            arity = "0..*",
            paramLabel = "quick|full|AREA",
            description = "quick: every question in a few minutes (the default); full: hours, for figures to publish;"
                    + " AREA: only benchmarks whose name contains it, whatever the case")
    private List<String> words = List.of("quick");

    @Override
    public Integer call() {
        boolean full = words.contains("full");
        List<String> areas = words.stream()
                .filter(word -> !List.of("quick", "full").contains(word))
                .toList();
        return new BenchRun(Checkout.current(), full, areas).run();
    }
}
