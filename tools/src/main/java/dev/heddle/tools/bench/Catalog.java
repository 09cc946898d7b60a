// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.bench.Row.Duel;
import dev.heddle.tools.bench.Row.X;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of each suite. */
final class Catalog {
    private static final List<Duel> FAIR_AND_BARGING =
            List.of(new Duel("heddle-fair", List.of("jdk-fair")), new Duel("heddle-barging", List.of("jdk-unfair")));
    private static final List<String> FAIR_QUEUES = List.of("array-fair");
    private static final List<String> UNFAIR_QUEUES = List.of("array-unfair", "linked");
    private static final List<String> NONE = List.of();
    private static final int HAND_OVER_TURNS = 16_000; // as in HandOverBenchmark
    private static final List<String> KOTLINX = List.of("kotlinx");

    private final List<Row> rows = new ArrayList<>();

    private Catalog() {}

    /** The few rows that stand for every question. */
    static List<Row> quick() {
        Catalog c = new Catalog();
        for (int threads : new int[] {1, 2}) {
            c.uncontended(threads, List.of("jdk-fair", "jdk-unfair"));
        }
        for (int waiters : new int[] {0, 1000, 5000}) {
            c.abort(waiters, NONE);
        }
        c.interrupt(1000, "fifo", NONE);
        c.interrupt(10_000, "fifo", NONE);
        c.semaphore(1, "platform", 16, KOTLINX);
        c.semaphore(4, "platform", 16, NONE);
        c.semaphore(8, "platform", 64, NONE);
        c.semaphore(32, "platform", 64, NONE);
        c.semaphore(1, "virtual", 1000, KOTLINX);
        c.semaphore(32, "virtual", 1000, NONE);
        c.mutex("platform", 16, NONE);
        c.mutex("virtual", 1000, KOTLINX);
        c.handOver("platform", 16);
        c.handOver("virtual", 1000);
        c.readWrite(5, "platform", 16);
        c.latch("countDown", "platform", 16);
        c.latch("relay", "platform", 16);
        c.barrier("platform", 2);
        c.barrier("platform", 16);
        c.barrier("virtual", 64);
        c.pool(1, "platform", 16);
        c.pool(8, "virtual", 1000);
        c.pool(32, "platform", 16);
        c.rows.addAll(ChannelCatalog.quick());
        c.rows.addAll(MapCatalog.quick());
        c.rows.addAll(UnionFindCatalog.quick());
        c.cas(2, NONE);
        c.cas(16, NONE);
        return c.rows;
    }

    /** Every row. */
    static List<Row> full() {
        Catalog c = new Catalog();
        for (int threads : new int[] {1, 2, 4, 8, 16}) {
            c.uncontended(threads, List.of("jdk-fair", "jdk-unfair", "kotlinx"));
        }
        for (int waiters : new int[] {0, 1000, 5000}) {
            c.abort(waiters, List.of("jdk-unfair", "kotlinx"));
        }
        for (int waiters : new int[] {1000, 3000, 10_000}) {
            c.interrupt(waiters, "fifo", List.of("jdk-unfair", "kotlinx"));
        }
        c.interrupt(10_000, "reverse", NONE);
        c.interrupt(10_000, "random", NONE);
        c.contended(new int[] {1, 2, 4, 8, 16, 32, 64}, "platform");
        c.contended(new int[] {1, 16, 64, 256, 1000}, "virtual");
        c.rows.addAll(ChannelCatalog.full());
        c.rows.addAll(Figure5.rows(Runtime.getRuntime().availableProcessors()));
        c.rows.addAll(MapCatalog.full());
        c.rows.addAll(SplayCatalog.full());
        c.rows.addAll(UnionFindCatalog.full());
        for (int threads : new int[] {1, 2, 4, 8, 16}) {
            c.cas(threads, List.of("jdk-unfair", "kotlinx"));
        }
        return c.rows;
    }

    /** Everything once. */
    static List<Row> smoke() {
        List<Row> rows = new ArrayList<>(quick()); // first, for in these rows threads do meet
        rows.addAll(full());
        rows.removeIf(row -> row.area().equals(Areas.UNION_FIND)); // graphs that take seconds
        rows.removeIf(row -> row.area().equals(Areas.STRUCTURES)); // large maps
        rows.addAll(MapCatalog.smoke());
        rows.addAll(SplayCatalog.smoke());
        rows.addAll(UnionFindCatalog.smoke());
        return Smoke.rows(rows);
    }

    /** The rows that show how 1 to 16 threads scale. */
    static List<Row> scaling() {
        Catalog c = new Catalog();
        int[] threads = {1, 2, 4, 8, 16};
        for (int n : threads) {
            c.uncontended(n, List.of("jdk-fair", "jdk-unfair", "kotlinx"));
        }
        c.contended(threads, "platform");
        for (int n : threads) {
            c.cas(n, List.of("jdk-unfair", "kotlinx"));
        }
        c.rows.addAll(MapCatalog.scaling());
        c.rows.addAll(UnionFindCatalog.scaling());
        return c.rows;
    }

    private void contended(int[] threadCounts, String kind) {
        int[] permits = {1, 4, 8, 32};
        for (int p : permits) {
            for (int n : threadCounts) {
                semaphore(p, kind, n, KOTLINX);
            }
        }
        for (int n : threadCounts) {
            mutex(kind, n, KOTLINX);
        }
        for (int n : threadCounts) {
            if (n > 1 && HAND_OVER_TURNS % n == 0) {
                handOver(kind, n);
            }
        }
        for (int n : threadCounts) {
            readWrite(5, kind, n);
            readWrite(50, kind, n);
        }
        for (int n : threadCounts) {
            latch("countDown", kind, n);
            latch("relay", kind, n);
            barrier(kind, n);
        }
        for (int elements : new int[] {1, 2, 4, 8, 16, 32}) {
            for (int n : threadCounts) {
                pool(elements, kind, n);
            }
        }
    }

    private void uncontended(int threads, List<String> extras) {
        List<Duel> duels = List.of(new Duel("heddle-fair", List.of("raw")), new Duel("heddle-barging", List.of("raw")));
        X x = new X("acquire and release while permits last", "threads", threads);
        add(
                Areas.UNCONTENDED,
                plural(threads, "thread"),
                "UncontendedBenchmark.acquireRelease",
                Map.of(),
                threads,
                duels,
                extras,
                x);
    }

    private void abort(int waiters, List<String> extras) {
        List<Duel> duels =
                List.of(new Duel("heddle-fair", List.of("jdk-fair")), new Duel("heddle-async", List.of("jdk-fair")));
        X x = new X("give up behind others that wait", "waiters in front", waiters);
        add(
                Areas.ABORT,
                "behind " + waiters,
                "AbortBenchmark.abort",
                Map.of("waiters", "" + waiters),
                1,
                duels,
                extras,
                x);
    }

    private void interrupt(int waiters, String order, List<String> extras) {
        List<Duel> duels = List.of(new Duel("heddle-fair", List.of("jdk-fair")));
        X x = new X("interrupt all waiters and join, " + order, "waiters", waiters);
        add(
                Areas.INTERRUPT,
                waiters + " virtual, " + order,
                "MassAbortBenchmark.abortAll",
                Map.of("waiters", "" + waiters, "order", order),
                1,
                duels,
                extras,
                x);
    }

    private void semaphore(int permits, String kind, int threads, List<String> others) {
        List<String> extras = new ArrayList<>(others);
        if (permits > 1) {
            extras.add("raw");
        }
        X x = new X("semaphore, " + plural(permits, "permit") + ", " + kind, "threads", threads);
        add(
                Areas.SEMAPHORE,
                plural(permits, "permit") + ", " + threads + " " + kind,
                "SemaphoreBenchmark.pass",
                crew(kind, threads, "permits", permits),
                1,
                FAIR_AND_BARGING,
                extras,
                x);
    }

    private void mutex(String kind, int threads, List<String> extras) {
        X x = new X("mutex, " + kind, "threads", threads);
        add(
                Areas.MUTEX,
                threads + " " + kind,
                "MutexBenchmark.pass",
                crew(kind, threads),
                1,
                FAIR_AND_BARGING,
                extras,
                x);
    }

    private void handOver(String kind, int threads) {
        X x = new X("hand-over, " + kind, "threads", threads);
        add(
                Areas.HAND_OVER,
                threads + " " + kind,
                "HandOverBenchmark.handOver",
                crew(kind, threads),
                1,
                List.of(),
                List.of("park"),
                x);
    }

    private void readWrite(int writes, String kind, int threads) {
        X x = new X("read-write mutex, " + writes + " % writes, " + kind, "threads", threads);
        add(
                Areas.READ_WRITE,
                writes + " % writes, " + threads + " " + kind,
                "ReadWriteBenchmark.pass",
                crew(kind, threads, "writePercent", writes),
                1,
                List.of(new Duel("heddle", List.of("jdk-fair"))),
                List.of("jdk-unfair"),
                x);
    }

    private void latch(String method, String kind, int threads) {
        X x = new X("latch, " + method + ", " + kind, "threads", threads);
        add(
                Areas.LATCH,
                method + ", " + threads + " " + kind,
                "LatchBenchmark." + method,
                crew(kind, threads),
                1,
                List.of(new Duel("heddle", List.of("jdk"))),
                NONE,
                x);
    }

    private void barrier(String kind, int parties) {
        X x = new X("barrier, " + kind, "parties", parties);
        add(
                Areas.BARRIER,
                parties + " " + kind,
                "BarrierBenchmark.cross",
                crew(kind, parties),
                1,
                List.of(new Duel("heddle", List.of("jdk"))),
                NONE,
                x);
    }

    private void pool(int elements, String kind, int threads) {
        X x = new X("pool, " + plural(elements, "element") + ", " + kind, "threads", threads);
        add(
                Areas.POOL,
                plural(elements, "element") + ", " + threads + " " + kind,
                "PoolBenchmark.use",
                crew(kind, threads, "elements", elements),
                1,
                List.of(
                        new Duel("heddle-fifo", FAIR_QUEUES),
                        new Duel("heddle-lifo", FAIR_QUEUES),
                        new Duel("heddle-fifo-barging", UNFAIR_QUEUES),
                        new Duel("heddle-lifo-barging", UNFAIR_QUEUES)),
                NONE,
                x);
    }

    private void cas(int threads, List<String> extras) {
        X x = new X("failed compare-and-sets while permits last", "threads", threads);
        add(
                Areas.CAS,
                plural(threads, "thread"),
                "UncontendedBenchmark.acquireRelease",
                Map.of(),
                threads,
                FAIR_AND_BARGING,
                extras,
                x);
    }

    private static Map<String, String> crew(String kind, int threads) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("kind", kind);
        params.put("threads", "" + threads);
        return params;
    }

    private static Map<String, String> crew(String kind, int threads, String name, int value) {
        Map<String, String> params = crew(kind, threads);
        params.put(name, "" + value);
        return params;
    }

    private static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private void add(
            String area,
            String label,
            String benchmark,
            Map<String, String> params,
            int threads,
            List<Duel> duels,
            List<String> extras,
            X x) {
        rows.add(new Row(area, label, benchmark, params, threads, duels, extras, x));
    }
}
