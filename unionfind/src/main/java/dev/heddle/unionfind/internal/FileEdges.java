// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.EdgeCursor;
import dev.heddle.unionfind.EdgeFormat;
import dev.heddle.unionfind.EdgeSource;
import dev.heddle.unionfind.RandomAccessEdges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/** Edges of a file. */
public final class FileEdges {
    private FileEdges() {}

    /** The edges of a file whose name or content tells the format. */
    public static EdgeSource read(Path file) {
        return read(file, format(file));
    }

    /** The edges of a file. */
    public static EdgeSource read(Path file, EdgeFormat format) {
        return switch (format) {
            case INT32_PAIRS, INT64_PAIRS -> map(file, format);
            case SNAP, MATRIX_MARKET, DIMACS, METIS -> new OfText(file, format);
        };
    }

    /** The edges of a binary file. */
    public static RandomAccessEdges map(Path file, EdgeFormat format) {
        return switch (format) {
            case INT32_PAIRS, INT64_PAIRS -> new MappedEdges(file, format);
            case SNAP, MATRIX_MARKET, DIMACS, METIS -> throw new IllegalArgumentException("not binary: " + format);
        };
    }

    /** By the name, and where that says nothing by the first line; nothing is guessed. */
    private static EdgeFormat format(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String end = plain.substring(plain.lastIndexOf('.') + 1);
        switch (end) {
            case "mtx":
                return EdgeFormat.MATRIX_MARKET;
            case "gr":
                return EdgeFormat.DIMACS;
            case "graph", "metis":
                return EdgeFormat.METIS;
            default:
                return byContent(file);
        }
    }

    private static EdgeFormat byContent(Path file) {
        if (isReadOnce(file)) { // what is read now would be missing later
            throw new UncheckedIOException(
                    new IOException(file + ": it can be read once only, so its format must be told"));
        }
        try (TextInput in = new TextInput(file)) {
            in.skipBlankLines();
            if (in.peek() == '#') {
                return EdgeFormat.SNAP;
            }
            String word = in.word();
            if (word.equalsIgnoreCase("%%MatrixMarket")) {
                return EdgeFormat.MATRIX_MARKET;
            }
            if (word.equals("p") || word.equals("c")) {
                return EdgeFormat.DIMACS;
            }
            if (word.isEmpty() || word.matches("[0-9]+")) {
                return EdgeFormat.SNAP; // also of no edges
            }
            throw in.error("neither name nor content tells the format");
        }
    }

    /** Whether the file is a pipe or something like it. */
    private static boolean isReadOnce(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    }

    /** Whatever is read from its beginning to its end. */
    private static final class OfText implements EdgeSource {
        private final Path file;
        private final EdgeFormat format;
        private final long vertices;
        private final AtomicReference<Formats.Cursor> begun = new AtomicReference<>(); // for the first pass; null: none

        OfText(Path file, EdgeFormat format) {
            this.file = file;
            this.format = format;
            if (format == EdgeFormat.SNAP) {
                vertices = UNKNOWN; // no header
                return;
            }
            Formats.Cursor header = begin();
            vertices = header.vertices;
            if (isReadOnce(file)) {
                begun.set(header);
            } else {
                header.close();
            }
        }

        private Formats.Cursor begin() {
            TextInput in = new TextInput(file);
            try {
                return switch (format) {
                    case MATRIX_MARKET -> new Formats.MatrixMarket(in);
                    case DIMACS -> new Formats.Dimacs(in);
                    case METIS -> new Formats.Metis(in);
                    default -> new Formats.Snap(in);
                };
            } catch (RuntimeException e) {
                in.close();
                throw e;
            }
        }

        @Override
        public long edgeCount() {
            return UNKNOWN; // what a header says is believed when the end has been seen
        }

        @Override
        public long vertexCount() {
            return vertices;
        }

        @Override
        public EdgeCursor open() {
            Formats.Cursor first = begun.getAndSet(null);
            return first != null ? first : begin();
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }
}
