// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.ToolException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Short programs that are run for their output. */
final class Commands {
    private Commands() {}

    /**
     * Runs a program to its end.
     *
     * @param folder where it runs
     * @param command the program and its arguments
     */
    static Output run(Path folder, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Output(process.waitFor(), text.strip());
        } catch (IOException e) {
            return new Output(-1, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException("interrupted", e);
        }
    }

    /**
     * What a program left.
     *
     * @param status its exit status, -1 if it could not be started
     * @param text both its streams, or why it could not be started
     */
    record Output(int status, String text) {
        boolean ok() {
            return status == 0;
        }
    }
}
