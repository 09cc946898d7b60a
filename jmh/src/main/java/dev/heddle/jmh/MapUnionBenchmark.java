// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.structures.PersistentSortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** All keys of two maps of n random keys; one call is the whole union. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MapUnionBenchmark {
    /** A thousand small unions: after a hundred not all of their code is compiled. */
    private static final long WARM_UP_NANOS = 3_000_000_000L;

    @Param({"heddle", "heddle-parallel", "skip-list"})
    public String impl;

    @Param({"1000000"})
    public int n;

    @Param({"2"})
    public int threads;

    private PersistentSortedMap<Integer, Object> left;
    private PersistentSortedMap<Integer, Object> right;
    private ConcurrentSkipListMap<Integer, Object> changed;
    private ForkJoinPool pool;
    private Object last;

    /** Makes the two maps, and unites them for a while: there are few unions in a second. */
    @Setup
    public void setUp() {
        left = random(1);
        right = random(2);
        pool = new ForkJoinPool(threads);
        for (long start = System.nanoTime(); System.nanoTime() - start < WARM_UP_NANOS; ) {
            copy();
            last = union();
        }
    }

    private PersistentSortedMap<Integer, Object> random(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<Integer, Object> entries = new TreeMap<>();
        while (entries.size() < n) {
            entries.put(random.nextInt(4 * n), "");
        }
        return PersistentSortedMap.ofSorted(entries);
    }

    /** A skip list is changed by the call, and made anew for each. */
    @Setup(Level.Invocation)
    public void copy() {
        changed = impl.equals("skip-list") ? new ConcurrentSkipListMap<>(left) : null;
    }

    /** Ends the threads. */
    @TearDown
    public void tearDown() {
        pool.shutdown();
    }

    /** The union, or the skip list with all of the other map put into it. */
    @Benchmark
    public Object union() {
        switch (impl) {
            case "heddle":
                return left.union(right, (mine, other) -> other);
            case "heddle-parallel":
                return left.union(right, (mine, other) -> other, pool);
            default:
                changed.putAll(right);
                return changed;
        }
    }
}
