// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that counts, without a clock, and prints a table: a line with the names of the columns, then the others.
 *
 * @param title of the table
 * @param area whose rows it belongs to
 * @param program its class within the benchmarks
 * @param columns the names of the first columns, one word each
 * @param few its arguments where figures mean nothing
 */
record Count(String title, String area, String program, String columns, List<String> few) {
    static final Count BYTES = new Count(
            "sorted maps, without key and value: bytes that an entry keeps alive, in a map made from sorted entries or grown,"
                    + " and bytes that an insertion allocates",
            Areas.STRUCTURES,
            "maps.MapBytes",
            "map entries sorted grown insertion",
            List.of("1000"));
    static final Count FRESH_NODES = new Count(
            "sorted maps: nodes on the path of an attempt, and those that a retry must read anew after so many writes of"
                    + " others, with the shares of the retries by that number",
            Areas.STRUCTURES,
            "maps.FreshNodes",
            "tree entries writes path fresh",
            List.of("1000"));
    static final Count COMPARISONS = new Count(
            "splay-list: comparisons a get",
            Areas.STRUCTURES,
            "maps.Comparisons",
            "order entries splay-list skip-list tree-map",
            List.of("1000"));
    static final Count PATHS = new Count(
            "splay-list: comparisons a get under the authors' workloads, by the percentage of writes, and the nodes of a search"
                    + " that the authors published",
            Areas.STRUCTURES,
            "maps.SplayPaths",
            "workload writes splay-list skip-list",
            List.of("0", "1000"));

    static final List<Count> ALL = List.of(BYTES, FRESH_NODES, COMPARISONS, PATHS);

    /** Runs it in a JVM of its own, and hands over what it printed. */
    void run(Jvm jvm, Path benchmarks, Suite suite, Results results) {
        List<String> command = new ArrayList<>(jvm.withJol(benchmarks, suite.countOptions(), program));
        if (!suite.judged()) {
            command.addAll(few);
        }
        Commands.Output output = Commands.run(Path.of("."), command);
        List<List<String>> lines = table(output.text());
        if (output.ok() && lines.size() > 1) {
            results.setCount(this, lines);
        } else {
            results.addFailure(
                    program, "failed: " + output.text().lines().findFirst().orElse("no output"));
        }
    }

    /** The line with the names, and the later ones with as many words: the JVM may have added warnings. */
    List<List<String>> table(String text) {
        List<List<String>> lines = new ArrayList<>();
        for (String line : text.lines().toList()) {
            List<String> words = List.of(line.strip().split(" +"));
            if (lines.isEmpty()
                    ? line.startsWith(columns)
                    : words.size() == lines.get(0).size()) {
                lines.add(words);
            }
        }
        return lines;
    }
}
