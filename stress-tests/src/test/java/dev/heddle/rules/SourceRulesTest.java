// SPDX-License-Identifier: Apache-2.0
package dev.heddle.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers B9: every source file of the project keeps the rules, and every rule catches what it forbids. */
class SourceRulesTest {
    @Test
    void violations_everySourceFile_none() throws IOException {
        Path root = Checkout.root();
        List<String> found = new ArrayList<>();
        int files = 0;
        for (Path file : sources(root)) {
            String path = root.relativize(file).toString().replace('\\', '/');
            found.addAll(SourceRules.violations(path, Files.readString(file)));
            files++;
        }
        assertTrue(files > 20, "only " + files + " files found below " + root);
        assertTrue(found.isEmpty(), () -> String.join("\n", found));
    }

    static Stream<Arguments> broken() {
        String main = "sync/src/main/java/A.java";
        String test = "sync/src/test/java/ATest.java";
        return Stream.of(
                Arguments.of(main, "sun.misc" + ".Unsafe u;", "no Unsafe"),
                Arguments.of(main, "void a() { synchronized (this) {} }", "no monitor"),
                Arguments.of(main, "void a() { System.out.println(); }", "no printing"),
                Arguments.of(main, "void a(Exception e) { e.printStackTrace(); }", "no printing"),
                Arguments.of(main, "ThreadLocal<String> t;", "no thread-local"),
                Arguments.of(test, "void a() { Thread.sleep(1); }", "no sleep"),
                Arguments.of(test, "void a() { TimeUnit.SECONDS.sleep(1); }", "no sleep"),
                Arguments.of(test, "@Disabled void a() {}", "no disabled test"),
                Arguments.of(test, "void a() { assumeTrue(false); }", "no disabled test"),
                Arguments.of(test, "void a() { try {} catch (Throwable e) {} }", "no swallowed failure"),
                Arguments.of(test, "void a() {\n assert true;\n }", "no assert statement"),
                Arguments.of(main, "// TO" + "DO later", "unfinished"),
                Arguments.of(main, "void a() {\n" + "a();\n".repeat(39) + "}", "method a of 41 lines"),
                Arguments.of(main, "\n".repeat(500), "file of"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void violations_brokenTwin_isReported(String path, String member, String rule) {
        List<String> found = SourceRules.violations(path, SourceRules.LICENCE + "\nclass A {\n" + member + "\n}\n");
        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).contains(rule), found::toString);
    }

    @Test
    void violations_licenceMissing_isReported() {
        assertEquals(
                List.of("jmh/A.java:1: licence line missing"), SourceRules.violations("jmh/A.java", "class A {}\n"));
    }

    @Test
    void violations_forbiddenWordInCommentOrString_none() {
        String text =
                SourceRules.LICENCE + "\nclass A { /* synchronized */ String s = \"System.out\"; } // ThreadLocal\n";
        assertEquals(List.of(), SourceRules.violations("sync/src/main/java/A.java", text));
    }

    @Test
    void violations_writtenReason_isAccepted() {
        String text =
                SourceRules.LICENCE + "\nclass A { synchronized void a() {} } // reason: serialisation needs it\n";
        assertEquals(List.of(), SourceRules.violations("sync/src/main/java/A.java", text));
    }

    private static List<Path> sources(Path root) throws IOException {
        try (Stream<Path> below = Files.walk(root)) {
            return below.filter(path -> path.toString().matches(".*\\.(java|kt)"))
                    .filter(path -> !root.relativize(path).toString().matches("(.*/)?target/.*"))
                    .toList();
        }
    }
}
