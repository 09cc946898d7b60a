// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line: what it prints and how it ends. */
class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int heddle(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "help bench", "bench --help", "verify --help", "--version"})
    void help_asked_isPrintedAndSucceeds(String args) {
        assertEquals(0, heddle(args.split(" ")));
        assertTrue(out.toString().toLowerCase(Locale.ROOT).contains("heddle"), out::toString);
    }

    @ParameterizedTest
    @CsvSource({"'', a command is missing", "weave, Unmatched argument", "verify now, Unmatched argument"})
    void call_wrong_explainsItselfWithExitCodeTwo(String args, String message) {
        assertEquals(2, heddle(args.isEmpty() ? new String[0] : args.split(" ")));
        assertTrue(err.toString().contains(message), err::toString);
    }

    @Test
    void work_impossible_isToldInOneLineWithExitCodeOne() {
        String root = System.clearProperty("heddle.root");
        try {
            assertEquals(1, heddle("verify"));
        } finally {
            if (root != null) {
                System.setProperty("heddle.root", root);
            }
        }
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().startsWith("heddle: "), err::toString);
    }

    @Test
    void olderThan_newerSourceBelow_isTrue(@TempDir Path folder) throws IOException {
        Path source = Files.createFile(
                Files.createDirectories(folder.resolve("src/a")).resolve("A.java"));
        Path jar = Files.createFile(folder.resolve("a.jar"));
        Instant built = Instant.parse("2025-01-01T00:00:00Z");
        Files.setLastModifiedTime(jar, FileTime.from(built));
        Files.setLastModifiedTime(source, FileTime.from(built.plusSeconds(1)));
        assertTrue(Checkout.olderThan(jar, List.of(folder.resolve("src"))));
        assertTrue(Checkout.olderThan(folder.resolve("missing.jar"), List.of()));
        assertFalse(Checkout.olderThan(jar, List.of(folder.resolve("no-such-module"))));
    }
}
