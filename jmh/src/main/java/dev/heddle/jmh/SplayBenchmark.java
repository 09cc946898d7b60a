// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.maps.Keys;
import dev.heddle.jmh.maps.Queries;
import dev.heddle.jmh.maps.SortedMaps;
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
 * Accesses of a sorted map of n entries that favour some keys: the workloads of the paper. {@code -t} gives the threads,
 * {@code writes} the percentage of accesses that put or remove, half and half, any key. The splay-list knows the order of the
 * queries when the measurement begins.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SplayBenchmark {
    @Param({"heddle-splay", "skip-list", "heddle", "tree-map-locked"})
    public String impl;

    @Param({"100000"})
    public int n;

    @Param({"99-1"})
    public String order;

    @Param({"0"})
    public int writes;

    private Keys keys;
    private SortedMaps.Subject map;
    private final AtomicLong seeds = new AtomicLong();

    /** Makes the map. */
    @Setup
    public void setUp() {
        keys = new Keys(n);
        map = impl.equals("heddle-splay")
                ? SortedMaps.learnt(keys.entries(), keys.present(order, 0))
                : SortedMaps.of(impl, keys.entries());
    }

    /** A thread that asks. */
    @State(Scope.Thread)
    public static class Asker {
        private Queries queries;

        /** Draws what it asks for. */
        @Setup
        public void setUp(SplayBenchmark benchmark) {
            queries = new Queries(benchmark.keys, benchmark.order, benchmark.seeds.incrementAndGet());
        }
    }

    /** A get of a key that was there at the start, or a put or a removal of a key that is there half of the time. */
    @Benchmark
    public Object access(Asker asker) {
        Queries queries = asker.queries;
        if (!queries.percent(writes)) {
            return map.get(queries.present());
        }
        Integer key = queries.any();
        if (queries.coin()) {
            map.put(key, key);
        } else {
            map.remove(key);
        }
        return key;
    }
}
