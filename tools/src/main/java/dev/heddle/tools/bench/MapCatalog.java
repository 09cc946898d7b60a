// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.bench.Row.Duel;
import dev.heddle.tools.bench.Row.X;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of sorted maps. */
final class MapCatalog {
    static final String GET = "MapBenchmark.get";
    static final String UPDATE = "MapBenchmark.update";
    static final String INSERT = "MapBenchmark.insert";
    static final String SCAN = "MapBenchmark.scan";
    static final String SCAN_ALL = "MapBenchmark.scanAll";
    static final String UNION = "MapUnionBenchmark.union";
    static final String BESIDE_SNAPSHOTS = "MapSnapshotBenchmark.update";
    static final String SNAPSHOT = "MapSnapshotBenchmark.snapshot";
    static final String OURS = "heddle";
    static final String PARALLEL = "heddle-parallel";
    static final String SNAPSHOTS = "heddle-snapshots"; // a thread takes them meanwhile
    static final String TICKS = "heddle-ticks"; // a thread wakes up as often, and does nothing
    static final String WRITES = "heddle-writes"; // a thread writes meanwhile
    static final String SKIP_LIST = "skip-list";
    static final List<String> PERSISTENT = List.of("vavr", "pcollections", "clojure", "scala");

    private static final List<String> OTHERS =
            List.of("tree-map-locked", "vavr", "pcollections", "clojure", "scala", "treap");

    private final List<Row> rows = new ArrayList<>();

    private MapCatalog() {}

    /** The few rows that stand for the others. */
    static List<Row> quick() {
        MapCatalog c = new MapCatalog();
        c.map(GET, "get", 100_000, "uniform", "fresh", 2, List.of());
        c.map(UPDATE, "put or remove", 100_000, "uniform", "fresh", 2, List.of("clojure"));
        return c.rows;
    }

    /** Every row. */
    static List<Row> full() {
        MapCatalog c = new MapCatalog();
        for (int n : new int[] {100_000, 1_000_000}) {
            for (String order : List.of("uniform", "skewed")) {
                for (int threads : new int[] {1, 2}) {
                    c.map(GET, "get", n, order, "fresh", threads, n == 100_000 ? OTHERS : List.of());
                }
            }
            c.map(GET, "get", n, "uniform", "aged", 1, List.of());
        }
        for (int threads : new int[] {1, 2, 8}) {
            c.map(UPDATE, "put or remove", 100_000, "uniform", "fresh", threads, OTHERS);
        }
        c.map(INSERT, "put, then remove", 100_000, "uniform", "fresh", 1, List.of());
        c.map(SCAN, "100 keys", 100_000, "uniform", "fresh", 1, PERSISTENT);
        c.map(SCAN_ALL, "all keys", 100_000, "uniform", "fresh", 1, List.of());
        c.union(1_000_000);
        c.union(100_000);
        for (int n : new int[] {1_000, 100_000, 1_000_000}) {
            c.snapshots(n);
        }
        return c.rows;
    }

    /** Small maps of every kind. */
    static List<Row> smoke() {
        MapCatalog c = new MapCatalog();
        for (String age : List.of("fresh", "aged")) {
            c.map(GET, "get", 1000, "uniform", age, 1, age.equals("fresh") ? OTHERS : List.of());
        }
        c.map(UPDATE, "put or remove", 1000, "uniform", "fresh", 1, OTHERS);
        c.map(INSERT, "put, then remove", 1000, "uniform", "fresh", 1, List.of());
        c.map(SCAN, "100 keys", 1000, "skewed", "fresh", 1, PERSISTENT);
        c.map(SCAN_ALL, "all keys", 1000, "uniform", "fresh", 1, List.of());
        c.union(1000);
        c.snapshots(1000);
        return c.rows;
    }

    /** How trees of several sizes scale from 1 to 16 threads that write. */
    static List<Row> scaling() {
        MapCatalog c = new MapCatalog();
        for (int n : new int[] {1_000, 100_000, 1_000_000}) {
            for (int threads : new int[] {1, 2, 4, 8, 16}) {
                c.map(UPDATE, "put or remove", n, "uniform", "fresh", threads, List.of("treap"));
            }
        }
        return c.rows;
    }

    private void map(String benchmark, String what, int n, String order, String age, int threads, List<String> extras) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("n", "" + n);
        params.put("order", order);
        params.put("age", age);
        String label = what + ", " + n + " entries, " + order + ", " + age + ", " + threads
                + (threads == 1 ? " thread" : " threads");
        rows.add(new Row(
                Areas.STRUCTURES,
                label,
                benchmark,
                params,
                threads,
                List.of(new Duel(OURS, List.of(SKIP_LIST))),
                extras,
                new X("sorted maps, " + what + ", " + n + " entries, " + order + ", " + age, "threads", threads)));
    }

    private void union(int n) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("n", "" + n);
        params.put("threads", "2");
        add("union of two of " + n, UNION, params, new Duel(OURS, List.of(SKIP_LIST)), List.of(PARALLEL), "entries", n);
    }

    private void snapshots(int n) {
        Map<String, String> params = Map.of("n", "" + n);
        Duel duel = new Duel(SNAPSHOTS, List.of(TICKS));
        add("writes beside snapshots, " + n + " entries", BESIDE_SNAPSHOTS, params, duel, List.of(OURS), "entries", n);
        Duel snapshot = new Duel(WRITES, List.of(OURS));
        add("a snapshot beside writes, " + n + " entries", SNAPSHOT, params, snapshot, List.of(), "entries", n);
    }

    private void add(
            String label,
            String benchmark,
            Map<String, String> params,
            Duel duel,
            List<String> extras,
            String axis,
            int x) {
        String plot = "sorted maps, " + benchmark.substring(benchmark.indexOf('.') + 1);
        rows.add(new Row(Areas.STRUCTURES, label, benchmark, params, 1, List.of(duel), extras, new X(plot, axis, x)));
    }
}
