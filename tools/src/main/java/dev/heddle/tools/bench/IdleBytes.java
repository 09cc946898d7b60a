// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Measures idle instances in a JVM of their own. */
final class IdleBytes {
    private static final Pattern LINE = Pattern.compile("([a-z-]+/[a-z-]+) (\\d+)");

    private IdleBytes() {}

    static void measure(Jvm jvm, Path benchmarks, Results results) {
        Commands.Output output = Commands.run(Path.of("."), jvm.withJol(benchmarks, List.of(), "Footprint"));
        if (!output.ok()) {
            results.setIdleBytesNotRun(
                    "JOL failed: " + output.text().lines().findFirst().orElse(""));
            return;
        }
        Map<String, Integer> bytes = new LinkedHashMap<>();
        output.text()
                .lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .forEach(line -> bytes.put(line.group(1), Integer.parseInt(line.group(2))));
        results.setIdleBytes(bytes);
    }
}
