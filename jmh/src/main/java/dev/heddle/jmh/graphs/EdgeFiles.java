// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.graphs;

import dev.heddle.unionfind.EdgeCursor;
import dev.heddle.unionfind.EdgeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Graphs in text files, and what reads them. */
public final class EdgeFiles {
    private static final int SEED = 20_230_617;
    private static final int VERTICES = 1_000_000;
    private static final int BLOCK = 4096; // edges read at a time

    private EdgeFiles() {}

    /** A file of about so many bytes, to be deleted by the caller: random edges; of METIS each line a circle's vertex. */
    public static Path write(String format, int bytes) throws IOException {
        Path file = Files.createTempFile("heddle", format.equals("metis") ? ".graph" : ".txt");
        StringBuilder text = new StringBuilder(bytes + BLOCK);
        if (format.equals("metis")) {
            circle(text, bytes);
        } else {
            random(text, format, bytes);
        }
        return Files.writeString(file, text, StandardCharsets.US_ASCII);
    }

    private static void random(StringBuilder text, String format, int bytes) {
        var random = new SplittableRandom(SEED);
        StringBuilder lines = new StringBuilder(bytes + BLOCK);
        int count = 0;
        for (; lines.length() < bytes; count++) {
            int x = 1 + random.nextInt(VERTICES);
            int y = 1 + random.nextInt(VERTICES);
            switch (format) {
                case "snap" -> lines.append(x).append('\t').append(y).append('\n');
                case "matrix-market" -> lines.append(x).append(' ').append(y).append('\n');
                case "dimacs" ->
                    lines.append("a ").append(x).append(' ').append(y).append(' ');
                default -> throw new IllegalArgumentException(format);
            }
            if (format.equals("dimacs")) {
                lines.append(random.nextInt(VERTICES)).append('\n');
            }
        }
        switch (format) {
            case "snap" -> text.append("# random edges\n");
            case "dimacs" -> text.append("p sp " + VERTICES + " " + count + "\n");
            default ->
                text.append("%%MatrixMarket matrix coordinate pattern general\n" + VERTICES + " " + VERTICES + " "
                        + count + "\n");
        }
        text.append(lines);
    }

    /** Every vertex of a circle with its neighbours up to the eighth, so that most of a line is ids. */
    private static void circle(StringBuilder text, int bytes) {
        int n = Math.max(20, bytes / 109);
        text.append(n).append(' ').append(8L * n).append('\n');
        for (int x = 0; x < n; x++) {
            for (int step = 1; step <= 8; step++) {
                text.append(1 + (x + step) % n).append(' ');
                text.append(1 + (x + n - step) % n).append(step == 8 ? '\n' : ' ');
            }
        }
    }

    /** The sum of all ends of edges, read by ours. */
    public static long read(Path file) {
        long[] from = new long[BLOCK];
        long[] to = new long[BLOCK];
        long sum = 0;
        try (EdgeCursor cursor = EdgeSource.read(file).open()) {
            for (int count = cursor.next(from, to, BLOCK); count > 0; count = cursor.next(from, to, BLOCK)) {
                for (int i = 0; i < count; i++) {
                    sum += from[i] + to[i];
                }
            }
        }
        return sum;
    }

    /** The same of a SNAP file by the means of the JDK. */
    public static long split(Path file) throws IOException {
        long sum = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    String[] ends = line.split("\t", -1);
                    sum += Long.parseLong(ends[0]) + Long.parseLong(ends[1]);
                }
            }
        }
        return sum;
    }
}
