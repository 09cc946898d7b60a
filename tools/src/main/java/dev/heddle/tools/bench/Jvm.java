// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.ToolException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JVM to measure on.
 *
 * @param java its launcher
 * @param feature its feature release
 * @param name what it calls itself
 */
record Jvm(Path java, int feature, String name) {
    private static final Pattern VERSION = Pattern.compile("version \"(?:1\\.)?(\\d+)[^\"]*\"");

    /** Asks the launcher. */
    static Jvm of(Path java) {
        Commands.Output output = Commands.run(Path.of("."), List.of(java.toString(), "-version"));
        Matcher version = VERSION.matcher(output.text());
        if (!output.ok() || !version.find()) {
            throw new ToolException(java + " is no java: " + output.text());
        }
        String name = output.text().lines().skip(1).findFirst().orElse(output.text());
        return new Jvm(java, Integer.parseInt(version.group(1)), name);
    }

    /** The command that runs a program of the benchmarks which measures objects. */
    List<String> withJol(Path benchmarks, List<String> options, String program) {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+EnableDynamicAgentLoading",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djdk.attach.allowAttachSelf=true",
                "-Djol.magicFieldOffset=true"));
        command.addAll(options);
        command.addAll(List.of("-cp", benchmarks.toString(), "dev.heddle.jmh." + program));
        return command;
    }

    boolean hasVirtualThreads() {
        return feature >= 21;
    }
}
