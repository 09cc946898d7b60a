// SPDX-License-Identifier: Apache-2.0
package dev.heddle.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Covers B10: the READMEs' examples compile without a warning, run, and print what their comments say. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PRINTS = Pattern.compile("// prints (.*)");

    @TempDir
    Path folder;

    @TestFactory
    List<DynamicTest> example_ofReadme_printsWhatItSays() throws IOException {
        String readme = Files.readString(Checkout.root().resolve("README.md"))
                + Files.readString(Checkout.root().resolve("channels/README.md"))
                + Files.readString(Checkout.root().resolve("structures/README.md"));
        List<String> blocks =
                BLOCK.matcher(readme).results().map(match -> match.group(1)).toList();
        assertTrue(blocks.size() >= 8, "only " + blocks.size() + " examples found");
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            String name = "Example" + (i + 1);
            String block = blocks.get(i);
            tests.add(DynamicTest.dynamicTest(name, () -> assertEquals(expected(block), run(name, block))));
        }
        return tests;
    }

    @Test
    void example_brokenTwins_areRejected() throws Exception {
        assertThrows(AssertionError.class, () -> run("Warns", "java.util.List raw = null;"));
        assertThrows(AssertionError.class, () -> run("Throws", "throw new IllegalStateException();"));
        assertEquals(List.of("2"), expected("System.out.println(1); // prints 2"));
        assertEquals(List.of("1"), run("Prints", "System.out.println(1); // prints 2"));
    }

    private static List<String> expected(String block) {
        return PRINTS.matcher(block).results().map(match -> match.group(1)).toList();
    }

    /** Compiles the block as the body of a main method, its imports moved out, and gives the lines it prints. */
    private List<String> run(String name, String block) throws IOException, InterruptedException {
        Map<Boolean, List<String>> lines =
                block.lines().collect(Collectors.partitioningBy(line -> line.startsWith("import ")));
        String source = String.join("\n", lines.get(true)) + "\nclass " + name
                + " { public static void main(String[] args) throws Exception {\n"
                + String.join("\n", lines.get(false)) + "\n} }\n";
        Path file = Files.writeString(folder.resolve(name + ".java"), source);
        Path bin = Path.of(System.getProperty("java.home"), "bin");
        String path = System.getProperty("java.class.path");
        output(List.of(
                bin.resolve("javac").toString(),
                "--release",
                "17",
                "-Xlint:all,-options",
                "-Werror",
                "-cp",
                path,
                "-d",
                folder.toString(),
                file.toString()));
        return output(List.of(
                bin.resolve("java").toString(), "-cp", folder + System.getProperty("path.separator") + path, name));
    }

    private static List<String> output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + printed);
        return printed.lines().toList();
    }
}
