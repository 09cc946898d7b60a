// SPDX-License-Identifier: Apache-2.0
package dev.heddle.proofs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end or to a time limit, and keeps what it printed. */
final class Command {
    /**
     * The end of a program.
     *
     * @param exit exit code
     * @param output standard output and error, in the order written
     */
    record Result(int exit, String output) {}

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
     * Runs the command in the folder.
     *
     * @throws IOException if it can't be started or does not end in time; then it has been killed
     */
    static Result run(Path folder, Duration limit, List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "run", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + limit.toSeconds() + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), Files.readString(log));
    }
}
