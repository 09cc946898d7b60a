// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.components;

import dev.heddle.tools.ToolException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Files that are there whole or not at all. */
final class Output {
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();

    private Output() {}

    /** Takes away what is unfinished when the program is interrupted. */
    static void guard() {
        Hook.installed(); // once
    }

    /** Writes a file beside its place, then moves it there. */
    static void write(Path file, Consumer<Lines> content) {
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        UNFINISHED.add(draft);
        try {
            try (BufferedWriter writer = Files.newBufferedWriter(draft)) {
                content.accept(new Lines(writer));
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException e) {
            remove(draft);
            throw new ToolException("cannot write " + file + ": " + e.getMessage(), e);
        } finally {
            UNFINISHED.remove(draft);
        }
    }

    private static void remove(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs once, when the JVM ends. */
    private static final class Hook {
        static {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> UNFINISHED.forEach(Output::remove)));
        }

        static void installed() {}
    }

    /** Lines of two numbers. */
    static final class Lines {
        private final BufferedWriter writer;

        Lines(BufferedWriter writer) {
            this.writer = writer;
        }

        void add(long first, long second) {
            try {
                writer.append(Long.toString(first))
                        .append(' ')
                        .append(Long.toString(second))
                        .append('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
