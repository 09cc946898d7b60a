// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.EdgeSource;
import java.util.List;
import java.util.Locale;

/** The formats of text: each a header, if it has one, and how to find the next edge. */
final class Formats {
    private Formats() {}

    /** A cursor that knows what its header says. */
    abstract static class Cursor extends TextCursor {
        long vertices = EdgeSource.UNKNOWN;
        long declared; // entries
        long found; // entries so far

        Cursor(TextInput in) {
            super(in);
        }

        final void checkRest(int comment, String what) {
            in.skipComments(comment);
            if (!in.isEnd()) {
                throw in.error("more than the " + declared + " " + what + " of the header");
            }
        }

        final void checkEnd(String what) {
            if (in.isEnd()) {
                throw in.error("the file ends after " + found + " of " + declared + " " + what);
            }
        }
    }

    /** Two ids a line. */
    static final class Snap extends Cursor {
        Snap(TextInput in) {
            super(in);
        }

        @Override
        boolean find() {
            in.skipComments('#');
            if (in.isEnd()) {
                return false;
            }
            x = in.number("id");
            y = in.number("second id");
            in.endLine();
            return true;
        }
    }

    /** A banner, sizes, an entry a line. */
    static final class MatrixMarket extends Cursor {
        private static final List<String> FIELDS = List.of("pattern", "real", "integer", "complex");
        private static final List<String> SYMMETRIES = List.of("general", "symmetric", "skew-symmetric", "hermitian");

        private final int values; // of an entry
        private final boolean whole; // of integers

        MatrixMarket(TextInput in) {
            super(in);
            in.skipBlankLines();
            if (!in.word().equalsIgnoreCase("%%MatrixMarket")) {
                throw in.error("no banner \"%%MatrixMarket matrix coordinate FIELD SYMMETRY\"");
            }
            expect("object", List.of("matrix"));
            expect("layout", List.of("coordinate"));
            String field = expect("field", FIELDS);
            values = field.equals("pattern") ? 0 : field.equals("complex") ? 2 : 1;
            whole = field.equals("integer");
            String symmetry = expect("symmetry", SYMMETRIES);
            boolean known = symmetry.equals("hermitian") ? values == 2 : values > 0 || !symmetry.startsWith("skew");
            if (!known) {
                throw in.error("no " + field + " is " + symmetry);
            }
            in.endLine();
            in.skipComments('%');
            vertices = in.number("number of rows");
            if (in.number("number of columns") != vertices) {
                throw in.error("the matrix is not square");
            }
            declared = in.number("number of entries");
            in.endLine();
        }

        private String expect(String what, List<String> known) {
            String word = in.word().toLowerCase(Locale.ROOT);
            if (!known.contains(word)) {
                throw in.error(what + " is none of " + String.join(", ", known));
            }
            return word;
        }

        @Override
        boolean find() {
            if (found == declared) {
                checkRest('%', "entries");
                return false;
            }
            in.skipComments('%');
            checkEnd("entries");
            x = in.vertex(vertices);
            y = in.vertex(vertices);
            if (whole) {
                in.integer("value");
            } else {
                for (int i = 0; i < values; i++) {
                    in.value("value");
                }
            }
            in.endLine();
            found++;
            return true;
        }
    }

    /** Lines that begin with c, p or a. */
    static final class Dimacs extends Cursor {
        Dimacs(TextInput in) {
            super(in);
            in.skipComments('c');
            if (!in.word().equals("p") || !in.word().equals("sp")) {
                throw in.error("not \"p sp VERTICES ARCS\"");
            }
            vertices = in.number("number of vertices");
            declared = in.number("number of arcs");
            in.endLine();
        }

        @Override
        boolean find() {
            if (found == declared) {
                checkRest('c', "arcs");
                return false;
            }
            in.skipComments('c');
            checkEnd("arcs");
            if (in.letter() != 'a') {
                throw in.error("not an arc \"a FROM TO WEIGHT\"");
            }
            x = in.vertex(vertices);
            y = in.vertex(vertices);
            in.value("weight");
            in.endLine();
            found++;
            return true;
        }
    }

    /** A line a vertex: a blank one is a vertex without neighbours. Each edge stands in two lines. */
    static final class Metis extends Cursor {
        private static final int MOST_WEIGHTS = 1000;

        private final boolean edgeWeights;
        private final long front; // numbers before the neighbours
        private long vertex = -1; // whose line it is
        private boolean inLine;
        private long upward; // entries that lead to a greater id
        private long
                unpaired; // 0 if the entries that lead up are those that lead down, but for a chance of 2 to the -64

        Metis(TextInput in) {
            super(in);
            in.skipComments('%');
            vertices = in.number("number of vertices");
            long edges = in.number("number of edges");
            String kind = in.isLineEnd() ? "0" : in.word();
            if (!kind.matches("[01]{1,3}")) {
                throw in.error("format is not of three digits 0 or 1");
            }
            int digits = Integer.parseInt(kind, 2);
            boolean weights = (digits & 2) != 0;
            long constraints = in.isLineEnd() ? (weights ? 1 : 0) : in.number("number of weights");
            if (edges > Long.MAX_VALUE / 2 || constraints > MOST_WEIGHTS) {
                throw in.error("a number is too large");
            }
            in.endLine();
            declared = 2 * edges;
            edgeWeights = (digits & 1) != 0;
            front = ((digits & 4) != 0 ? 1 : 0) + (weights ? constraints : 0);
        }

        @Override
        boolean find() {
            while (inLine || beginLine()) { // ends: each round takes a number or a line
                if (in.isLineEnd()) {
                    in.endLine();
                    inLine = false;
                    continue;
                }
                y = in.vertex(vertices);
                if (y == vertex) {
                    throw in.error("vertex " + (vertex + 1) + " is its own neighbour");
                }
                if (edgeWeights) {
                    in.value("weight");
                }
                found++;
                if (y > vertex) {
                    x = vertex;
                    upward++;
                    unpaired += mixed(x, y);
                    return true;
                }
                unpaired -= mixed(y, vertex);
            }
            return false;
        }

        /** As good as random for each pair, so that sums over different pairs differ. */
        private static long mixed(long low, long high) {
            long h = low * 0x9E3779B97F4A7C15L + high;
            h = (h ^ (h >>> 32)) * 0xD6E8FEB86659FD93L;
            h = (h ^ (h >>> 29)) * 0xBF58476D1CE4E5B9L;
            return h ^ (h >>> 32);
        }

        /** Goes to the neighbours of the next vertex; false after the last one. */
        private boolean beginLine() {
            while (in.peek() == '%') { // ends: each round takes a line
                in.skipLine();
            }
            if (vertex == vertices - 1) {
                in.skipComments('%');
                if (!in.isEnd()) {
                    throw in.error("more than the lines of " + vertices + " vertices");
                }
                if (found != declared || 2 * upward != declared) {
                    throw in.error(upward + " edges up and " + (found - upward) + " down, not " + declared / 2);
                }
                if (unpaired != 0) {
                    throw in.error("an edge stands in the line of one of its vertices only");
                }
                return false;
            }
            if (in.isEnd()) {
                throw in.error("the file ends after the lines of " + (vertex + 1) + " of " + vertices + " vertices");
            }
            vertex++;
            for (long i = 0; i < front; i++) {
                in.value("weight");
            }
            inLine = true;
            return true;
        }
    }
}
