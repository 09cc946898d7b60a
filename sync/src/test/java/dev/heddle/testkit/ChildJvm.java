// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program in a JVM of its own: with little memory or little stack, which the test's JVM must not suffer from. */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * Runs {@code main} on the JDK and the class path of the caller.
     *
     * @return what it wrote
     * @throws AssertionError if it ends with another status than 0, or not within {@link Await#LIMIT} times five
     */
    public static String run(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (var watch = new Watch(process)) {
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int status = process.waitFor();
                if (status != 0) {
                    throw new AssertionError("status " + status + watch + " of " + command + "\n" + output);
                }
                return output;
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError("could not run " + command, e);
        }
    }

    /** Ends a child that hangs. */
    private static final class Watch implements AutoCloseable {
        private final Thread thread;
        private volatile boolean expired;

        Watch(Process process) {
            thread = new Thread(() -> {
                try {
                    if (!process.waitFor(5 * Await.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                        expired = true;
                        process.destroyForcibly();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt(); // it has ended
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        @Override
        public void close() {
            thread.interrupt();
        }

        @Override
        public String toString() {
            return expired ? " (did not end in time)" : "";
        }
    }
}
