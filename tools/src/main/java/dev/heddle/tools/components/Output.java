// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.components;

import dev.heddle.tools.ToolException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Files that are there whole or not at all, and devices. */
final class Output {
    private static final Set<Path> UNFINISHED = ConcurrentHashMap.newKeySet();
    private static boolean ended; // guarded by UNFINISHED

    private Output() {}

    /** Takes away what is unfinished when the program is interrupted. */
    static void guard() {
        Hook.installed(); // once
    }

    /** Fails if the file cannot be written, as far as that can be known before: before an hour of work is lost. */
    static void check(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file)) {
            throw new ToolException("cannot write " + file + ": it is a folder");
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ToolException("cannot write " + file + ": there is no folder " + folder);
        }
    }

    /** Writes a file beside its place, then moves it there; what is no file, as a device, is written where it is. */
    static void write(Path file, Consumer<Lines> content) {
        check(file);
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                fill(file, content);
            } else {
                replace(Files.exists(file) ? file.toRealPath() : file, content); // not the link to it
            }
        } catch (IOException e) {
            throw new ToolException("cannot write " + file + ": " + reason(e), e);
        } catch (UncheckedIOException e) {
            throw new ToolException("cannot write " + file + ": " + reason(e.getCause()), e);
        }
    }

    private static void replace(Path file, Consumer<Lines> content) throws IOException {
        Path draft = draft(file);
        try {
            fill(draft, content);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | UncheckedIOException e) {
            remove(draft);
            throw e;
        } finally {
            UNFINISHED.remove(draft);
        }
    }

    /** A new file beside this one. What is there under the first such name is not ours: it may be the graph. */
    private static Path draft(Path file) throws IOException {
        for (int i = 0; ; i++) { // ends: at a name that nothing has
            Path draft = file.resolveSibling(file.getFileName() + (i == 0 ? "" : "." + i) + ".part");
            synchronized (UNFINISHED) { // the end of the program finds all that there are, and no more come
                if (ended) {
                    throw new ToolException("interrupted");
                }
                if (!Files.exists(draft, LinkOption.NOFOLLOW_LINKS)) {
                    UNFINISHED.add(Files.createFile(draft));
                    return draft;
                }
            }
        }
    }

    private static void end() {
        synchronized (UNFINISHED) {
            ended = true;
            UNFINISHED.forEach(Output::remove);
        }
    }

    private static void fill(Path file, Consumer<Lines> content) throws IOException {
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            content.accept(new Lines(writer));
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException failed && failed.getReason() != null
                ? failed.getReason()
                : String.valueOf(e.getMessage());
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
            Runtime.getRuntime().addShutdownHook(new Thread(Output::end));
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
