// SPDX-License-Identifier: Apache-2.0
package dev.heddle.proofs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a Promela model: {@code spin -a}, a C compiler, {@code pan}. Spin itself calls {@code gcc}, as a preprocessor.
 *
 * <p>The verifier exits with 0 even if it found an error or gave up, and prints "errors: 0" even if the depth limit cut
 * the search. So only its text counts, and every phrase that tells of an incomplete search voids the run.
 */
final class Spin {
    private static final Duration BUILD = Duration.ofMinutes(2);
    private static final List<String> INCOMPLETE = List.of(
            "max search depth too small", "truncated", "not completed", "out of memory", "hash-table full", "aborted");
    private static final Pattern ERRORS = Pattern.compile("errors: (\\d+)");
    private static final Pattern STATES = Pattern.compile("(?m)^\\s*(\\d+) states, stored");
    private static final Pattern ASSERTION = Pattern.compile("assertion violated \\(*([a-z]+)\\|\\|");
    private static final Pattern PROCESS = Pattern.compile("unreached in (?:proctype )?(\\w+)");
    private static final Pattern STATEMENT = Pattern.compile("\\s+\\S*?([^/\\s]+\\.pml:\\d+), state \\d+, \"(.*)\"");

    private Spin() {}

    /**
     * What compiles fastest. All transitions are one function of up to a megabyte: {@code gcc} takes ten seconds without
     * optimising and many minutes with it, {@code tcc} a fifth of a second, and its code is a quarter slower than the
     * former. No search of ours earns the difference back.
     */
    private static String compiler() {
        return Command.exists("tcc") ? "tcc" : "gcc";
    }

    static boolean installed() {
        return Command.exists("spin") && Command.exists("gcc");
    }

    static Outcome run(Expectation row, Path model, Path folder) throws IOException, InterruptedException {
        boolean progress = row.flags().contains("@progress");
        List<String> spin = new ArrayList<>(List.of("spin", "-a"));
        row.flags().stream().filter(flag -> !flag.startsWith("@")).forEach(spin::add);
        spin.add(model.toString());
        Command.Result built = Command.run(folder, BUILD, spin);
        if (built.exit() == 0) {
            String search = progress ? "-DNP" : "-DSAFETY";
            built = Command.run(
                    folder,
                    BUILD,
                    List.of(compiler(), "-w", search, "-DCOLLAPSE", "-DMEMLIM=4000", "-o", "pan", "pan.c"));
        }
        if (built.exit() != 0) {
            return Outcome.inconclusive("does not build:\n" + built.output());
        }
        List<String> pan = new ArrayList<>(List.of(folder.resolve("pan").toString(), "-m1000000"));
        if (progress) {
            pan.add("-l");
        }
        return read(Command.run(folder, row.limit(), pan).output());
    }

    /** The verdict in what the verifier printed. */
    static Outcome read(String text) {
        for (String phrase : INCOMPLETE) {
            if (text.contains(phrase) && !violated(text)) {
                return Outcome.inconclusive(phrase);
            }
        }
        Matcher errors = ERRORS.matcher(text);
        Matcher states = STATES.matcher(text);
        if (!errors.find() || !states.find()) {
            return Outcome.inconclusive("no count of errors or states:\n" + text);
        }
        long stored = Long.parseLong(states.group(1));
        if (!errors.group(1).equals("0")) {
            return Outcome.violated(property(text), stored);
        }
        if (stored == 0 || violated(text)) {
            return Outcome.inconclusive("contradicts itself:\n" + text);
        }
        return Outcome.passed(stored, unreached(text));
    }

    private static boolean violated(String text) {
        return text.contains("pan:1:");
    }

    private static String property(String text) {
        Matcher assertion = ASSERTION.matcher(text);
        if (assertion.find()) {
            return assertion.group(1);
        }
        return text.contains("pan:1: invalid end state")
                ? "deadlock"
                : text.contains("pan:1: non-progress cycle") ? "progress" : "an unnamed property:\n" + text;
    }

    private static List<String> unreached(String text) {
        List<String> found = new ArrayList<>();
        String process = "";
        for (String line : text.split("\n", -1)) {
            Matcher header = PROCESS.matcher(line);
            Matcher statement = STATEMENT.matcher(line);
            if (header.lookingAt()) {
                process = header.group(1);
            } else if (statement.matches() && !process.isEmpty()) {
                found.add(process + " " + statement.group(1) + " " + statement.group(2));
            }
        }
        return found;
    }
}
