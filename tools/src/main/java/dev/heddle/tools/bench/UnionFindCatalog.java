// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.bench.Row.Duel;
import dev.heddle.tools.bench.Row.X;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of union-find. */
final class UnionFindCatalog {
    static final String SETS = "UnionFindBenchmark.sets";
    static final String READ = "EdgeReadBenchmark.read";
    static final int READ_MEGABYTES = 100;
    static final List<String> FORMATS = List.of("snap", "matrix-market", "dimacs", "metis");
    static final String DENSE = "uniform:10000000:100000000";
    static final String UNIFORM = "uniform:10000000:40000000";
    static final String SMALL = "uniform:1000000:4000000";
    static final String ROAD = "road-shuffled:9000000";
    static final String GRID = "grid:9000000";
    static final String PATH = "path:10000000";
    static final List<String> LARGE = List.of(UNIFORM, DENSE, ROAD, "grid-shuffled:9000000"); // a call takes a second
    static final List<String> SEQUENTIAL = List.of("sequential-index", "sequential-size", "sequential-splice");

    private static final String OURS = "heddle";
    private static final List<String> CONCURRENT = List.of("online", "online-splitting");
    private static final List<String> OTHERS = List.of("heddle-pipe", "heddle-window", "heddle-reservations");

    private final List<Row> rows = new ArrayList<>();

    private UnionFindCatalog() {}

    /** The few rows that stand for the others. */
    static List<Row> quick() {
        UnionFindCatalog c = new UnionFindCatalog();
        c.add(SMALL, 2, List.of("online", "sequential-size"), List.of());
        return c.rows;
    }

    /** Every row. */
    static List<Row> full() {
        UnionFindCatalog c = new UnionFindCatalog();
        List<String> peers = with(CONCURRENT, SEQUENTIAL);
        c.add(SMALL, 2, peers, with(OTHERS, List.of("jgrapht", "heddle-elements", "floor")));
        c.add(UNIFORM, 2, peers, List.of("heddle-pipe", "heddle-mapped", "floor"));
        c.add(ROAD, 2, peers, OTHERS);
        c.add(GRID, 2, peers, List.of("heddle-pipe"));
        c.add(PATH, 2, peers, List.of("heddle-pipe"));
        c.add("rmat:1048576:10000000", 2, peers, OTHERS);
        FORMATS.forEach(format -> c.read(format, READ_MEGABYTES));
        return c.rows;
    }

    /** Small graphs of every kind. */
    static List<Row> smoke() {
        UnionFindCatalog c = new UnionFindCatalog();
        List<String> shown = with(OTHERS, List.of("heddle-mapped", "heddle-elements", "jgrapht", "floor"));
        c.add("uniform:3000:9000", 2, with(CONCURRENT, SEQUENTIAL), shown);
        for (String graph : List.of("rmat:1024:3000", "road-shuffled:1000", "grid:1000", "path:1000")) {
            c.add(graph, 2, List.of(), List.of());
        }
        FORMATS.forEach(format -> c.read(format, 1));
        return c.rows;
    }

    /** How 1 to 16 threads scale. */
    static List<Row> scaling() {
        UnionFindCatalog c = new UnionFindCatalog();
        for (String graph : LARGE) {
            for (int threads : new int[] {1, 2, 4, 8, 16}) {
                c.add(graph, threads, CONCURRENT, with(OTHERS, List.of("sequential-size", "floor")));
            }
        }
        return c.rows;
    }

    private static List<String> with(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private void read(String format, int megabytes) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("format", format);
        params.put("megabytes", "" + megabytes);
        rows.add(new Row(
                Areas.UNION_FIND,
                "read " + megabytes + " MB, " + format,
                READ,
                params,
                1,
                List.of(new Duel(OURS, format.equals("snap") ? List.of("split") : List.of())),
                List.of(),
                new X("read edges, " + format, "megabytes", megabytes)));
    }

    private void add(String graph, int threads, List<String> peers, List<String> extras) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("graph", graph);
        params.put("threads", "" + threads);
        rows.add(new Row(
                Areas.UNION_FIND,
                graph.replace(':', ' ') + ", " + threads + (threads == 1 ? " thread" : " threads"),
                SETS,
                params,
                1,
                List.of(new Duel(OURS, peers)),
                extras,
                new X("sets of a graph, " + graph.replace(':', ' '), "threads", threads)));
    }
}
