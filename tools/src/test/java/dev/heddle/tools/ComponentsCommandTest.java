// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code ./heddle components}: what it prints and writes, and how it ends. */
class ComponentsCommandTest {
    private static final String GRAPH = "# a triangle, an edge, a loop\n0 1\n1 2\n2 0\n5 4\n7 7\n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    private int components(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        String[] all = new String[args.length + 2];
        all[0] = "components";
        all[1] = "--quiet";
        System.arraycopy(args, 0, all, 2, args.length);
        return line.execute(all);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUTO", "pipe", "Reservations", "window", "sequential"})
    void graph_anyAlgorithm_isTold(String algorithm) throws IOException {
        int code = components(
                file("a.txt", GRAPH),
                "--algorithm",
                algorithm,
                "--threads",
                "2",
                "--order",
                "shuffled:" + Long.MIN_VALUE,
                "--largest",
                "2");
        assertEquals(0, code, err::toString);
        List<String> lines = out.toString().lines().toList();
        assertTrue(lines.contains("vertices    8, of which 2 without an edge"), out::toString);
        assertTrue(lines.contains("edges       5"), out::toString);
        assertTrue(lines.contains("components  5"), out::toString);
        assertTrue(lines.contains("largest     3 2"), out::toString);
        for (String phase : List.of("reading ", "uniting ", "labelling ")) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(phase)), out::toString);
        }
    }

    @Test
    void labelsAndForest_areWritten() throws IOException {
        Path labels = folder.resolve("labels");
        Path forest = folder.resolve("forest");
        String graph = file("a.txt", GRAPH);
        assertEquals(0, components(graph, "--labels", labels.toString(), "--forest", forest.toString()));
        assertEquals("0 0\n1 0\n2 0\n3 3\n4 4\n5 4\n6 6\n7 7\n", Files.readString(labels));
        assertEquals("0 1\n1 2\n5 4\n", Files.readString(forest));
        assertEquals(0, components(graph, "--labels", labels.toString(), "--label", "consecutive"));
        assertEquals("0 0\n1 0\n2 0\n3 1\n4 2\n5 2\n6 3\n7 4\n", Files.readString(labels));
        try (var left = Files.list(folder)) {
            assertEquals(3, left.count());
        }
    }

    @Test
    void sparseIds_dense_areTheOnlyVertices() throws IOException {
        String graph = file("a.txt", "9000000000000 5\n5 17\n8 9\n");
        assertEquals(1, components(graph));
        assertTrue(err.toString().contains("--ids dense"), err::toString);
        Path labels = folder.resolve("labels");
        assertEquals(0, components(graph, "--ids", "dense", "--labels", labels.toString()), err::toString);
        assertEquals("5 5\n8 8\n9 8\n17 5\n9000000000000 5\n", Files.readString(labels));
        assertTrue(out.toString().contains("components  2"), out::toString);
    }

    @Test
    void severalFiles_ofAnyFormat_areToldOneAfterTheOther() throws IOException {
        var zipped = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write("3 1\n2\n1\n\n".getBytes(StandardCharsets.UTF_8));
        }
        Path metis = Files.write(folder.resolve("a.graph.gz"), zipped.toByteArray());
        Path pairs = Files.write(folder.resolve("pairs"), new byte[16]); // 0-0 twice
        assertEquals(0, components(metis.toString(), file("b.gr", "p sp 4 1\na 1 4 2\n")));
        assertTrue(out.toString().contains("components  2"), out::toString);
        assertTrue(out.toString().contains("components  3"), out::toString);
        assertEquals(0, components(pairs.toString(), "--format", "int32_pairs"));
        assertTrue(out.toString().contains("components  1"), out::toString);
    }

    @Test
    void file_malformed_isToldInOneLineWithExitCodeOne() throws IOException {
        String graph = file("bad.txt", "0 1\n2 two\n");
        assertEquals(1, components(graph, "--labels", folder.resolve("labels").toString()));
        assertEquals("heddle: " + graph + ":2: second id is not a number: \"2 two\"\n", err.toString());
        assertEquals(1, components(folder.resolve("none").toString()));
        assertEquals(1, components(file("a.txt", GRAPH), "--labels", "/no/such/folder/labels"));
        assertEquals(3, err.toString().lines().count(), err::toString);
    }

    @ParameterizedTest
    @CsvSource({"int32_pairs, as_given", "int32_pairs, dense", "int64_pairs, as_given", "int64_pairs, dense"})
    void pairs_negativeId_isToldInOneLineWithExitCodeOne(String format, String ids) throws IOException {
        byte[] zeros = new byte[format.equals("int32_pairs") ? 24 : 48]; // 0-0 three times
        Arrays.fill(zeros, zeros.length / 2, zeros.length * 2 / 3, (byte) -1); // the second end of the second edge
        Path pairs = Files.write(folder.resolve("pairs"), zeros);
        assertEquals(1, components(pairs.toString(), "--format", format, "--ids", ids));
        assertEquals("heddle: " + pairs + ":1: negative second id: \"0 -1\"\n", err.toString());
    }

    @Test
    void file_unreadable_isNamedOnceWithTheReason() throws IOException {
        String none = folder.resolve("none").toString();
        assertEquals(1, components(none));
        assertEquals("heddle: cannot read " + none + " (No such file or directory)\n", err.toString());
        err.getBuffer().setLength(0);
        assertEquals(1, components(none, "--format", "INT32_PAIRS"));
        assertEquals("heddle: cannot read " + none + " (No such file or directory)\n", err.toString());
        err.getBuffer().setLength(0);
        assertEquals(1, components(folder.toString()));
        assertTrue(err.toString().startsWith("heddle: cannot read " + folder), err::toString);
        assertFalse(err.toString().contains("Exception"), err::toString);
    }

    /** What the user has is not lost: a folder, a pipe, what a link leads to, the graph. */
    @Test
    @Timeout(60)
    void output_placeOfAnotherKind_isKept() throws Exception {
        String graph = file("a.txt", GRAPH);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertEquals(1, components(graph, "--labels", empty.toString()));
        assertTrue(Files.isDirectory(empty));
        assertEquals("heddle: cannot write " + empty + ": it is a folder\n", err.toString());
        assertEquals("", out.toString(), "found before the work");
        err.getBuffer().setLength(0);
        assertEquals(
                1, components(graph, "--forest", folder.resolve("no/forest").toString()));
        assertEquals(
                "heddle: cannot write " + folder.resolve("no/forest") + ": there is no folder " + folder.resolve("no")
                        + "\n",
                err.toString());

        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        assertEquals(0, components(graph, "--labels", link.toString()));
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.readString(real).startsWith("0 0\n1 0\n"));

        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Process reader = new ProcessBuilder("cat", pipe.toString()).start();
        assertEquals(0, components(graph, "--forest", pipe.toString()), err::toString);
        assertEquals("0 1\n1 2\n5 4\n", new String(reader.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertFalse(Files.isRegularFile(pipe));

        assertEquals(2, components(graph, "--labels", graph));
        assertEquals(GRAPH, Files.readString(Path.of(graph)));
        String both = folder.resolve("both").toString();
        assertEquals(2, components(graph, "--labels", both, "--forest", both));
        assertTrue(err.toString().contains("are one file"), err::toString);
        assertFalse(Files.exists(Path.of(both)));
    }

    /** What is written goes through a file beside its place, whose name may be that of anything else. */
    @Test
    void output_besideAFileOfTheDraftsName_leavesIt() throws IOException {
        String graph = file("labels.part", GRAPH);
        file("labels.1.part", "mine");
        Path labels = folder.resolve("labels");
        assertEquals(0, components(graph, "--labels", labels.toString()), err::toString);
        assertTrue(Files.readString(labels).startsWith("0 0\n1 0\n"));
        assertEquals(GRAPH, Files.readString(Path.of(graph)));
        assertEquals("mine", Files.readString(folder.resolve("labels.1.part")));
        assertEquals(
                0,
                components(
                        graph,
                        "--forest",
                        folder.resolve("f").toString(),
                        "--labels",
                        folder.resolve("f.part").toString()));
        assertEquals("0 1\n1 2\n5 4\n", Files.readString(folder.resolve("f")));
        assertTrue(Files.readString(folder.resolve("f.part")).startsWith("0 0\n"));
        try (var left = Files.list(folder)) {
            assertEquals(5, left.count());
        }
    }

    @Test
    void standardOutput_full_isAFailure() throws IOException {
        CommandLine line = Main.commandLine();
        line.setErr(new PrintWriter(err));
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("full");
            }
        };
        line.setOut(new PrintWriter(full, false, StandardCharsets.UTF_8));
        assertEquals(1, line.execute("components", "--quiet", file("a.txt", GRAPH)));
        assertEquals("heddle: cannot write the result\n", err.toString());
    }

    /** The format of a pipe is not told by content, which would be gone then. */
    @Test
    @Timeout(60)
    void pipe_withoutFormat_isRefusedAndReadWithOne() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        assertEquals(1, components(pipe.toString()));
        assertTrue(err.toString().contains("so its format must be told"), err::toString);
        Process writer =
                new ProcessBuilder("sh", "-c", "cat \"$0\" > \"$1\"", file("b.txt", GRAPH), pipe.toString()).start();
        assertEquals(0, components("--format", "snap", pipe.toString()), err::toString);
        assertTrue(out.toString().contains("components  5"), out::toString);
        assertEquals(0, writer.waitFor());
    }

    @Test
    void version_ofTheCommand_isThatOfTheProgram() {
        assertEquals(0, components("--version"));
        assertEquals("Heddle 0.1.0-SNAPSHOT\n", out.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'', Missing required parameter",
        "a --threads 0, --threads must be positive",
        "a --largest -1, --largest must not",
        "a --order sorted, neither as-given nor shuffled:SEED",
        "a --order shuffled:9223372036854775808, has no seed that is a 64-bit integer",
        "a --algorithm magic, expected one of",
        "a b --labels c, are for one FILE"
    })
    void call_wrong_explainsItselfWithExitCodeTwo(String args, String message) {
        assertEquals(2, components(args.isEmpty() ? new String[0] : args.split(" ")));
        assertTrue(err.toString().contains(message), err::toString);
    }

    /** The program in a JVM of its own, which reads from a pipe that nobody writes to until it is interrupted. */
    @Test
    @Timeout(120)
    void interrupt_whileItWorks_endsWithItsCodeAndLeavesNothing() throws Exception {
        Path pipe = folder.resolve("graph.txt");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Path labels = folder.resolve("labels");
        Process process = new ProcessBuilder(
                        "env",
                        "--default-signal=INT", // which a build in the background ignores, and what it starts
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "components",
                        "--format",
                        "snap",
                        "--labels",
                        labels.toString(),
                        pipe.toString())
                .redirectErrorStream(true)
                .start();
        try (OutputStream edges = Files.newOutputStream(pipe)) { // returns when the other side is open
            edges.write("0 1\n".getBytes(StandardCharsets.UTF_8));
            edges.flush();
            String pid = Long.toString(process.pid());
            assertEquals(0, new ProcessBuilder("kill", "-INT", pid).start().waitFor());
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(130, process.exitValue());
        assertFalse(Files.exists(labels));
    }
}
