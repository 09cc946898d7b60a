// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers UF-21: one graph in all formats, and files that are not what they should be. */
class EdgeFileTest {
    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.replace("\\n", "\n")
                .replace("\\t", "\t")
                .replace("\\r", "\r")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] zipped(byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        }
        return out.toByteArray();
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /** Every edge as "x-y". */
    private static List<String> edges(EdgeSource source) {
        List<String> edges = new ArrayList<>();
        give(source, edges);
        return edges;
    }

    private static void give(EdgeSource source, List<String> edges) {
        long[] from = new long[3];
        long[] to = new long[3];
        try (EdgeCursor cursor = source.open()) {
            for (int n = cursor.next(from, to, 3); n > 0; n = cursor.next(from, to, 3)) {
                for (int i = 0; i < n; i++) {
                    edges.add(from[i] + "-" + to[i]);
                }
            }
        }
    }

    /** A pipe has no position and no length, and is read once. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Timeout(60)
    void pipe_largerThanItsBuffers_isRead(boolean compressed) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int x = 0; x < 50_000; x++) {
            text.append(x).append(' ').append(x + 1).append('\n');
            expected.add(x + "-" + (x + 1));
        }
        byte[] plain = bytes(text.toString());
        Thread writer = new Thread(() -> assertDoesNotThrow(
                () -> Files.write(pipe, compressed ? zipped(plain) : plain, StandardOpenOption.WRITE)));
        writer.start();
        assertEquals(expected, edges(EdgeSource.read(pipe, EdgeFormat.SNAP)));
        writer.join();
    }

    /** The line is told without a second look into the pipe, which would wait for another writer. */
    @Test
    @Timeout(60)
    void pipe_malformedLine_isNamed() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Thread writer = new Thread(() ->
                assertDoesNotThrow(() -> Files.write(pipe, bytes("0 1\\n2 x \\n3 4\\n"), StandardOpenOption.WRITE)));
        writer.start();
        assertMalformed(pipe, () -> edges(EdgeSource.read(pipe, EdgeFormat.SNAP)), 2, "2 x", "id is not a number");
        writer.join();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a.txt|-1|# a\\n1 2\\n\\n# b\\n\\t3\\t 4 \\r\\n5 6|1-2 3-4 5-6",
                "a|-1||",
                "b.txt|-1|# only\\n|",
                "c.txt|-1|1 2 \\r\\n\\r\\n#x\\r\\n3 4|1-2 3-4",
                "rule.txt|-1|#####################################################################\\n1 2\\n|1-2",
                "big|-1|0 9223372036854775799\\n|0-9223372036854775799",
                "a.mtx|3|%%MatrixMarket matrix coordinate pattern general\\n% c\\n\\n3 3 2\\n1 2\\n% d\\n3 3\\n\\n|0-1 2-2",
                "b.mtx|3|%%matrixmarket MATRIX Coordinate Real Symmetric\\n3 3 2\\n2 1 -1.5e-3\\n3 1 7\\n|1-0 2-0",
                "d.mtx|3|%%MatrixMarket matrix coordinate real general\\n3 3 4\\n1 1 .5\\n1 2 -3.\\n2 2 +1E+9\\n3 3 7e1|0-0 0-1 1-1 2-2",
                "e.mtx|0|%%MatrixMarket matrix coordinate pattern general\\n0 0 0|",
                "c.mtx|2|%%MatrixMarket matrix coordinate complex hermitian\\n2 2 1\\n2 1 1.0 -2\\n|1-0",
                "blank.txt|2| \\n\\n%%MatrixMarket matrix coordinate pattern general\\n2 2 1\\n2 1\\n|1-0",
                "blanks|2|\\r\\n\\t\\np sp 2 1\\na 1 2 3\\n|0-1",
                "noname|2|%%MatrixMarket matrix coordinate integer general\\n2 2 1\\n2 1 -4|1-0",
                "a.gr|4|c x\\np sp 4 2\\nc y\\na 1 2 5\\na 4 3 -1\\nc z\\n|0-1 3-2",
                "road|4|c x\\np sp 4 1\\na 1 2 5\\n|0-1",
                "a.graph|4|% c\\n4 3\\n2 3\\n1 3\\n% between\\n1 2\\n\\n|0-1 0-2 1-2",
                "b.metis|3|3 2 001\\n2 7\\n1 7 3 9\\n2 9\\n|0-1 1-2",
                "c.metis|3|3 1 110 2\\n9 1 1 2\\n9 1 1 1\\n9 1 1\\n|0-1",
            })
    void read_wellFormed_givesTheEdges(String name, long vertices, String content, String expected) throws IOException {
        byte[] plain = bytes(content == null ? "" : content);
        List<String> wanted = expected == null ? List.of() : List.of(expected.split(" "));
        for (Path file : List.of(write(name, plain), write(name + ".gz", zipped(plain)))) {
            EdgeSource source = EdgeSource.read(file);
            assertEquals(wanted, edges(source), file::toString);
            assertEquals(wanted, edges(source), "the second pass");
            assertEquals(vertices, source.vertexCount());
            assertEquals(wanted, edges(source.load()));
            assertEquals(wanted.size(), source.load().edgeCount());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1 2\\n3 -4\\n|2|3 -4|negative second id",
                "1 2\\n-3 4\\n|2|-3 4|negative id",
                "1 2\\n3\\n|2|3|second id is missing",
                "1 2\\n3 4 5\\n|2|3 4 5|more than there should be",
                "1 2\\n3 x\\n|2|3 x|second id is not a number",
                "1 2\\n3,4\\n|2|3,4|id is not a number",
                "1 2\\n+3 4\\n|2|+3 4|id is not a number",
                "1 2\\n1e3 4\\n|2|1e3 4|id is not a number",
                "1 2\\n3 4 # x\\n|2|3 4 # x|more than there should be",
                "1 2\\n0x3 4\\n|2|0x3 4|id is not a number",
                "1 2\\n3 92233720368547758070\\n|2|3 92233720368547758070|second id is too large",
                "1 2\\n3 4.0|2|3 4.0|second id is not a number",
                "hello|1|hello|neither name nor content",
            })
    void read_malformed_namesFileLineAndText(String content, long line, String text, String problem)
            throws IOException {
        byte[] plain = bytes(content);
        for (Path file : List.of(write("some", plain), write("some.gz", zipped(plain)))) {
            assertMalformed(file, line, text == null ? "" : text, problem.replace("\"\"", "\""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "%%MatrixMarket matrix array real general\\n2 2\\n|1|%%MatrixMarket matrix array real general|layout",
                "%%MatrixMarket vector coordinate real general\\n|1|%%MatrixMarket vector coordinate real general|object",
                "%%MatrixMarket matrix coordinate quaternion general\\n|1|%%MatrixMarket matrix coordinate quaternion general|field",
                "%%MatrixMarket matrix coordinate real odd\\n|1|%%MatrixMarket matrix coordinate real odd|symmetry",
                "%%MatrixMarket matrix coordinate pattern hermitian\\n1 1 0|1|%%MatrixMarket matrix coordinate pattern hermitian|no pattern is hermitian",
                "%%MatrixMarket matrix coordinate pattern skew-symmetric\\n1 1 0|1|%%MatrixMarket matrix coordinate pattern skew-symmetric|no pattern is skew",
                "%%MatrixMarket matrix coordinate real hermitian\\n1 1 0|1|%%MatrixMarket matrix coordinate real hermitian|no real is hermitian",
                "%%MatrixMarket matrix coordinate Integer Hermitian\\n1 1 0|1|%%MatrixMarket matrix coordinate Integer Hermitian|no integer is hermitian",
                "%%MatrixMarket matrix coordinate pattern general\\n2 3 1\\n1 1\\n|2|2 3 1|not square",
                "%%MatrixMarket matrix coordinate pattern general\\n2 2 2\\n1 1\\n|4||after 1 of 2 entries",
                "%%MatrixMarket matrix coordinate pattern general\\n2 2 1\\n1 1\\n2 2\\n|4|2 2|more than the 1 entries",
                "%%MatrixMarket matrix coordinate pattern general\\n2 2 1\\n0 1\\n|3|0 1|id 0 is not from 1 to 2",
                "%%MatrixMarket matrix coordinate pattern general\\n2 2 1\\n1 3\\n|3|1 3|id 3 is not from 1 to 2",
                "%%MatrixMarket matrix coordinate pattern general\\n2 2 1\\n1 2 1\\n|3|1 2 1|more than",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 2\\n|3|1 2|value is missing",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 2 z\\n|3|1 2 z|value is not a number",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 2 1d\\n|3|1 2 1d|value is not a number",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 2 0x1p3\\n|3|1 2 0x1p3|value is not a number",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 2 NaN\\n|3|1 2 NaN|value is not a number",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 2 1e\\n|3|1 2 1e|value is not a number",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 2 -.\\n|3|1 2 -.|value is not a number",
                "%%MatrixMarket matrix coordinate real general\\n2 2 1\\n1 2 1-2\\n|3|1 2 1-2|value is not a number",
                "%%MatrixMarket matrix coordinate integer general\\n2 2 1\\n1 2 1.5\\n|3|1 2 1.5|value is not an integer",
                "%%MatrixMarket matrix coordinate complex general\\n2 2 1\\n1 2 1\\n|3|1 2 1|value is missing",
            })
    void read_malformedMatrixMarket_namesFileLineAndText(String content, long line, String text, String problem)
            throws IOException {
        byte[] plain = bytes(content);
        for (Path file : List.of(write("some", plain), write("some.gz", zipped(plain)))) {
            assertMalformed(file, line, text == null ? "" : text, problem.replace("\"\"", "\""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "p sp 2 2\\na 1 2 1\\n|3||after 1 of 2 arcs",
                "p sp 2 1\\na 1 2 1\\na 1 2 1\\n|3|a 1 2 1|more than the 1 arcs",
                "p max 2 1\\n|1|p max 2 1|not \"\"p sp",
                "p sp 2 1\\ne 1 2 1\\n|2|e 1 2 1|not an arc",
                "p sp 2 1\\naa 1 2 1\\n|2|aa 1 2 1|not an arc",
                "p sp 2 1\\na 1 2\\n|2|a 1 2|weight is missing",
                "p sp 2 1\\na 1 3 1\\n|2|a 1 3 1|id 3",
                "c only comments\\n|2||not \"\"p sp",
            })
    void read_malformedDimacs_namesFileLineAndText(String content, long line, String text, String problem)
            throws IOException {
        assertMalformed(write("some", bytes(content)), line, text == null ? "" : text, problem.replace("\"\"", "\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "3 2\\n2\\n1 3\\n|4||after the lines of 2 of 3",
                "3 2\\n2\\n1 3\\n2\\n1\\n|5|1|more than the lines",
                "3 3\\n2\\n1 3\\n2\\n|5||2 edges up and 2 down, not 3",
                "4 2\\n2 3\\n1\\n\\n1\\n|6||of one of its vertices only",
                "3 1\\n2\\n\\n1\\n|5||of one of its vertices only",
                "2 1\\n1\\n2\\n|2|1|its own neighbour",
                "2 1\\n3\\n1\\n|2|3|id 3",
                "2 1 2\\n2\\n1\\n|1|2 1 2|format",
                "2 1 001\\n2\\n1\\n|2|2|weight is missing",
                "2\\n|1|2|number of edges is missing",
                "2 1 011 9999999\\n|1|2 1 011 9999999|too large",
            })
    void read_malformedMetis_namesFileLineAndText(String content, long line, String text, String problem)
            throws IOException {
        assertMalformed(write("some.graph", bytes(content)), line, text == null ? "" : text, problem);
    }

    private static void assertMalformed(Path file, long line, String text, String problem) {
        assertMalformed(file, () -> edges(EdgeSource.read(file)), line, text, problem);
    }

    private static void assertMalformed(Path file, Executable reading, long line, String text, String problem) {
        var e = assertThrows(MalformedEdgesException.class, reading);
        assertEquals(line, e.line(), e::getMessage);
        assertEquals(text, e.text());
        assertEquals(file, e.file());
        assertTrue(e.getMessage().startsWith(file + ":" + line + ": "), e::getMessage);
        assertTrue(e.getMessage().contains(problem), e::getMessage);
    }

    @Test
    void read_truncatedGzip_isMalformed() throws IOException {
        byte[] whole = zipped(bytes("1 2\\n".repeat(10_000)));
        for (int length : new int[] {0, 1, 2, 3, whole.length / 2, whole.length - 1}) {
            Path file = write("cut" + length + ".gz", Arrays.copyOf(whole, length));
            var e = assertThrows(MalformedEdgesException.class, () -> edges(EdgeSource.read(file)));
            assertTrue(e.getMessage().contains("damaged or ends too early"), e::getMessage);
        }
        assertThrows(UncheckedIOException.class, () -> EdgeSource.read(folder.resolve("none")));
    }

    /** A byte of 255 is neither a blank nor the end of the file. */
    @Test
    void read_anyByte_endsNoFile() throws IOException {
        for (int b = 128; b < 256; b++) {
            byte[] comment = {'0', ' ', '1', '\n', '#', (byte) b, '\n', '2', ' ', '3', '\n'};
            assertEquals(List.of("0-1", "2-3"), edges(EdgeSource.read(write("comment" + b, comment))));
            byte[] line = {'0', ' ', '1', '\n', (byte) b, '\n', '2', ' ', '3', '\n'};
            Path file = write("line" + b, line);
            var e = assertThrows(MalformedEdgesException.class, () -> edges(EdgeSource.read(file)));
            assertEquals(2, e.line());
        }
        Path utf16 = write("utf16", "0 1\n".getBytes(StandardCharsets.UTF_16LE));
        assertThrows(MalformedEdgesException.class, () -> edges(EdgeSource.read(utf16)));
        byte[] mark = {(byte) 0xFF, (byte) 0xFE, '0', 0, ' ', 0, '1', 0};
        Path marked = write("marked", mark);
        assertThrows(MalformedEdgesException.class, () -> edges(EdgeSource.read(marked)));
    }

    @Test
    void text_longAndOfOtherLetters_isCutBetweenThem() throws IOException {
        for (String start : List.of("", "x")) {
            Path file = write("long", bytes("0 1\\n2 " + start + "é".repeat(200) + "\\n"));
            var e = assertThrows(MalformedEdgesException.class, () -> edges(EdgeSource.read(file)));
            assertTrue(e.text().matches("2 " + start + "é+\\.\\.\\."), e::text);
        }
    }

    /** To tell the format by the content would take away the beginning of what can be read once only. */
    @Test
    @Timeout(60)
    void pipe_ofUnknownFormat_isRefused() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        var e = assertThrows(UncheckedIOException.class, () -> EdgeSource.read(pipe));
        assertEquals(
                pipe + ": it can be read once only, so its format must be told",
                e.getCause().getMessage());
    }

    /** A pipe has no length: without a look at its kind it would be a file of no edges. */
    @ParameterizedTest
    @EnumSource(names = "INT.*", mode = EnumSource.Mode.MATCH_ANY)
    @Timeout(60)
    void pipe_ofPairs_isRefused(EdgeFormat format) throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        for (Path file : List.of(pipe, folder, Path.of("/dev/null"))) {
            var e = assertThrows(UncheckedIOException.class, () -> EdgeSource.read(file, format));
            assertEquals(
                    file + ": pairs are mapped, which takes a regular file",
                    e.getCause().getMessage());
        }
    }

    /** The header is read once, and what follows it goes to the first pass. */
    @Test
    @Timeout(60)
    void pipe_withHeader_isRead() throws Exception {
        Path pipe = folder.resolve("pipe.gr");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Thread writer = new Thread(() -> assertDoesNotThrow(
                () -> Files.write(pipe, bytes("p sp 4 2\\na 1 2 5\\na 4 3 1\\n"), StandardOpenOption.WRITE)));
        writer.start();
        EdgeSource source = EdgeSource.read(pipe);
        assertEquals(4, source.vertexCount());
        assertEquals(List.of("0-1", "3-2"), edges(source));
        writer.join();
    }

    /** What is told of the bytes read grows to the length of the file, whatever its format. */
    @ParameterizedTest
    @CsvSource({"SNAP, 4", "SNAP, 0", "INT32_PAIRS, 8", "INT64_PAIRS, 16"})
    void bytesRead_atTheEnd_isTheLength(EdgeFormat format, int length) throws IOException {
        byte[] zeros = new byte[1000 * length];
        byte[] text = bytes("0 1\\n".repeat(zeros.length / 4));
        Path file = write(format.toString(), format == EdgeFormat.SNAP ? text : zeros);
        long[] ends = new long[64];
        try (EdgeCursor cursor = EdgeSource.read(file, format).open()) {
            long read = cursor.bytesRead();
            assertEquals(0, read / (1 << 16), "at the beginning");
            while (cursor.next(ends, ends.clone(), 64) > 0) { // ends: with the file
                assertTrue(cursor.bytesRead() >= read);
                assertTrue(format == EdgeFormat.SNAP || cursor.bytesRead() > read);
                read = cursor.bytesRead();
            }
            assertEquals(Files.size(file), cursor.bytesRead());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SNAP", "INT32_PAIRS"})
    void cursor_closed_givesNoMore(EdgeFormat format) throws IOException {
        byte[] zeros = new byte[64];
        Path file = write("a", format == EdgeFormat.SNAP ? zipped(bytes("0 0\\n".repeat(100_000))) : zeros);
        long[] ends = new long[2];
        for (int before = 0; before < 3; before++) {
            EdgeCursor cursor = EdgeSource.read(file, format).open();
            for (int i = 0; i < before; i++) {
                assertEquals(2, cursor.next(ends, ends.clone(), 2));
            }
            cursor.close();
            assertEquals(0, cursor.next(ends, ends.clone(), 2));
            cursor.close();
        }
        EdgeCursor ofArrays = EdgeSource.of(new int[] {0, 1}, new int[] {1, 2}).open();
        assertEquals(1, ofArrays.next(ends, ends.clone(), 1));
        ofArrays.close();
        assertEquals(0, ofArrays.next(ends, ends.clone(), 1));
    }

    /** A cursor gives what comes before a bad edge, and fails when there is nothing to give. */
    @Test
    void pairs_badId_isNoLessThanWhatComesBefore() throws IOException {
        for (long bad : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            for (int at = 0; at < 5; at++) {
                ByteBuffer bytes = ByteBuffer.allocate(5 * 16).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < 5; i++) {
                    bytes.putLong(i).putLong(i == at ? bad : i + 1);
                }
                Path file = write("pairs", bytes.array());
                RandomAccessEdges edges = EdgeSource.map(file, EdgeFormat.INT64_PAIRS);
                List<String> before = new ArrayList<>();
                var e = assertThrows(MalformedEdgesException.class, () -> give(edges, before));
                assertEquals(at, before.size());
                assertEquals(at, e.line());
                assertTrue(e.getMessage().contains(bad < 0 ? "negative second id" : "second id is too large"));
                assertThrows(MalformedEdgesException.class, edges::load);
                var sets = new DeterministicUnionFind(9);
                assertThrows(MalformedEdgesException.class, () -> sets.applyBatch(Sources.of(edges::open)));
                assertEquals(9 - at, sets.setCount());
                assertThrows(MalformedEdgesException.class, () -> sets.applyBatch(edges));
            }
        }
        EdgeSource greatest = EdgeSource.of(new long[] {3, 4}, new long[] {5, Long.MAX_VALUE});
        var e = assertThrows(IndexOutOfBoundsException.class, greatest::load);
        assertTrue(e.getMessage().startsWith("edge at position 1: no vertex 9223372036854775807"), e::getMessage);
    }

    /** Whatever the file is like: it is not read. */
    @ParameterizedTest
    @EnumSource(names = "INT.*", mode = EnumSource.Mode.MATCH_NONE)
    void map_text_isRefused(EdgeFormat format) {
        var e = assertThrows(IllegalArgumentException.class, () -> EdgeSource.map(folder.resolve("none"), format));
        assertEquals("not binary: " + format, e.getMessage());
    }

    @Test
    void applyBatch_malformedLine_appliesTheLinesBefore() throws IOException {
        Path file = write("edges", bytes("0 1\\n1 2\\n3 4\\n5 x\\n6 7\\n"));
        for (Algorithm algorithm : Algorithm.values()) {
            var sets = DeterministicUnionFind.builder(8)
                    .algorithm(algorithm)
                    .threads(2)
                    .build();
            var source = EdgeSource.read(file);
            assertEquals(
                    4,
                    assertThrows(MalformedEdgesException.class, () -> sets.applyBatch(source))
                            .line());
            assertArrayEquals(new int[] {0, 0, 0, 3, 3, 5, 6, 7}, sets.labels());
        }
    }

    @Test
    void map_pairs_giveTheEdges() throws IOException {
        Graphs graph = Graphs.uniform(new SplittableRandom(1), 100, 1000);
        ByteBuffer ints = ByteBuffer.allocate(8000).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer longs = ByteBuffer.allocate(16000).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 1000; i++) {
            ints.putInt(graph.from()[i]).putInt(graph.to()[i]);
            longs.putLong(graph.from()[i]).putLong(graph.to()[i]);
        }
        Reference expected = Reference.of(graph, LinkRule.SIZE);
        Path narrow = write("ints", ints.array());
        Path wide = write("longs", longs.array());
        for (RandomAccessEdges edges :
                List.of(EdgeSource.map(narrow, EdgeFormat.INT32_PAIRS), EdgeSource.map(wide, EdgeFormat.INT64_PAIRS))) {
            assertEquals(1000, edges.edgeCount());
            assertEquals(edges(graph.edges()), edges(edges));
            var sets = DeterministicUnionFind.builder(100)
                    .algorithm(Algorithm.PIPE)
                    .blockSize(7)
                    .build();
            sets.applyBatch(edges);
            assertArrayEquals(expected.labels(), sets.labels());
            assertThrows(IndexOutOfBoundsException.class, () -> edges.copy(999, 2, new long[2], new long[2]));
        }
        Path cut = write("cut", Arrays.copyOf(ints.array(), 7999));
        var e = assertThrows(MalformedEdgesException.class, () -> EdgeSource.map(cut, EdgeFormat.INT32_PAIRS));
        assertTrue(e.getMessage().contains("7 bytes after the last edge"), e::getMessage);
        assertThrows(IllegalArgumentException.class, () -> EdgeSource.map(cut, EdgeFormat.SNAP));
        assertInstanceOf(RandomAccessEdges.class, EdgeSource.read(narrow, EdgeFormat.INT32_PAIRS));
    }

    @Test
    void load_idsOfBothWidths_areKept() {
        long[] from = new long[200_000];
        long[] to = new long[200_000];
        Arrays.setAll(to, i -> i);
        to[150_000] = 1L << 33;
        RandomAccessEdges loaded = Sources.wide(from, to).load();
        long[] x = new long[200_000];
        long[] y = new long[200_000];
        loaded.copy(0, 200_000, x, y);
        assertArrayEquals(to, y);
        assertEquals((1L << 33) + 1, loaded.vertexCount());
    }
}
