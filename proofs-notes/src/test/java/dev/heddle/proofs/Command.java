// SPDX-License-Identifier: Apache-2.0
package dev.heddle.proofs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program to its end or to a time limit, and keeps what it printed.
 *
 * <p>The limit is processor time, so that a verdict does not depend on what else the machine does. A program that waits
 * instead of working is ended by the clock, after ten times the limit.
 */
final class Command {
    /**
     * The end of a program.
     *
     * @param exit exit code
     * @param output standard output and error, in the order written
     */
    record Result(int exit, String output) {}

    private static final int PATIENCE = 10; // clock over processor time

    private Command() {}

    /** Whether a program of this name is on the path. */
    static boolean exists(String program) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs the command in the folder. One that uses up the limit is killed, with an exit code that is not 0.
     *
     * @param limit processor time of each process that the command starts
     * @throws IOException if it can't be started or waits without working; then it has been killed
     */
    static Result run(Path folder, Duration limit, List<String> command) throws IOException, InterruptedException {
        List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -t $0 && exec \"$@\""));
        limited.add(Long.toString(limit.toSeconds()));
        limited.addAll(command);
        Duration wait = limit.multipliedBy(PATIENCE);
        Path log = Files.createTempFile(folder, "run", ".log");
        Process process = new ProcessBuilder(limited)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + wait.toSeconds() + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), Files.readString(log));
    }
}
