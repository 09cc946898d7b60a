// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.ToolException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The process that runs JMH, leg by leg; all that it prints goes to a log. */
final class LegHost implements AutoCloseable {
    private static final String ANSWER = "@leg ";

    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;
    private final BufferedWriter log;

    LegHost(Path java, Path benchmarks, Path log) {
        List<String> command = List.of(java.toString(), "-cp", benchmarks.toString(), "dev.heddle.jmh.Legs");
        try {
            this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
            this.commands = process.outputWriter(StandardCharsets.UTF_8);
            this.answers = process.inputReader(StandardCharsets.UTF_8);
            this.log = Files.newBufferedWriter(log);
        } catch (IOException e) {
            throw new ToolException("cannot start the benchmarks: " + e.getMessage(), e);
        }
    }

    /** Runs one command line of JMH; returns null, or why it failed. */
    String run(List<String> arguments) {
        try {
            commands.write(String.join("\t", arguments));
            commands.newLine();
            commands.flush();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                log.append(line).append('\n');
                if (line.startsWith(ANSWER)) {
                    log.flush();
                    String answer = line.substring(ANSWER.length());
                    return answer.equals("ok") ? null : answer;
                }
            }
            throw new ToolException("the process that runs JMH ended before its work: see the log");
        } catch (IOException e) {
            throw new ToolException("lost the process that runs JMH: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
