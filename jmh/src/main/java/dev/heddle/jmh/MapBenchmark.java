// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.maps.Keys;
import dev.heddle.jmh.maps.Queries;
import dev.heddle.jmh.maps.SortedMaps;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Reads and writes of a sorted map of n entries. {@code -t} gives the threads. {@code age} says how the map came about:
 * {@code fresh} from sorted entries, {@code aged} after a million random updates, without a collection that was asked for.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MapBenchmark {
    private static final int UPDATES = 1_000_000;
    private static final int UPDATES_EACH = 100; // at most so many for an entry: small maps are old sooner
    private static final int RUN = 100; // entries of a scan of a range

    @Param({"heddle", "skip-list", "tree-map-locked", "vavr", "pcollections", "clojure", "scala", "treap"})
    public String impl;

    @Param({"100000"})
    public int n;

    @Param({"uniform"})
    public String order;

    @Param({"fresh"})
    public String age;

    private Keys keys;
    private SortedMaps.Subject map;
    private BitSet there; // keys of an aged map; null: those that it was made of
    private final AtomicLong seeds = new AtomicLong();

    /** Makes the map. */
    @Setup
    public void setUp() {
        keys = new Keys(n);
        map = SortedMaps.of(impl, keys.entries());
        if (age.equals("aged")) {
            SplittableRandom random = new SplittableRandom(1);
            Integer[] any = keys.any(2);
            there = keys.there();
            for (int i = 0; i < Math.min(UPDATES, UPDATES_EACH * n); i++) {
                Integer key = any[i & (any.length - 1)];
                boolean put = random.nextBoolean();
                update(key, put);
                there.set(key, put);
            }
        }
    }

    private void update(Integer key, boolean put) {
        if (put) {
            map.put(key, key);
        } else {
            map.remove(key);
        }
    }

    /** A thread that asks. */
    @State(Scope.Thread)
    public static class Asker {
        private Queries queries;

        /** Draws what it asks for. */
        @Setup
        public void setUp(MapBenchmark benchmark) {
            long seed = benchmark.seeds.incrementAndGet();
            queries = benchmark.there == null
                    ? new Queries(benchmark.keys, benchmark.order, seed)
                    : new Queries(benchmark.keys, benchmark.order, seed, benchmark.there);
        }
    }

    /** The value of a key that is there. */
    @Benchmark
    public Object get(Asker asker) {
        return map.get(asker.queries.present());
    }

    /** A put or a removal, half and half, of a key that is there half of the time. */
    @Benchmark
    public void update(Asker asker) {
        update(asker.queries.any(), asker.queries.coin());
    }

    /** A put of a key that is there half of the time, and its removal. */
    @Benchmark
    public void insert(Asker asker) {
        Integer key = asker.queries.any();
        map.put(key, key);
        map.remove(key);
    }

    /** A hundred keys from one on. */
    @Benchmark
    public long scan(Asker asker) {
        return map.scan(asker.queries.present(), RUN);
    }

    /** All keys. */
    @Benchmark
    public long scanAll() {
        return map.scan(0, Integer.MAX_VALUE);
    }
}
