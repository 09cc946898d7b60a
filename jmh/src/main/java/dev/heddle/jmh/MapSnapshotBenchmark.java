// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.maps.Keys;
import dev.heddle.structures.PathCopyingMap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What snapshots cost those who write, and what one costs who takes it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MapSnapshotBenchmark {
    private static final int EACH_NANOS = 100_000; // ten thousand snapshots a second

    /** {@code heddle}: nobody takes snapshots; {@code heddle-snapshots}: a thread does, and keeps the last one. */
    @Param({"heddle", "heddle-snapshots"})
    public String impl;

    @Param("100000")
    public int n;

    private PathCopyingMap<Integer, Object> map;
    private Integer[] keys;
    private SplittableRandom random;
    private int next;
    private Thread reporter;
    private volatile boolean over;
    private volatile Object kept;

    /** Makes the map, and starts the thread. */
    @Setup
    public void setUp() {
        Keys all = new Keys(n);
        map = new PathCopyingMap<>(all.entries());
        keys = all.any(1);
        random = new SplittableRandom(1);
        reporter = new Thread(() -> {
            while (!over) {
                kept = map.snapshot();
                LockSupport.parkNanos(EACH_NANOS);
            }
        });
        if (impl.equals("heddle-snapshots")) {
            reporter.start();
        }
    }

    /** Ends the thread. */
    @TearDown
    public void tearDown() throws InterruptedException {
        over = true;
        reporter.join();
    }

    /** A put or a removal, half and half. */
    @Benchmark
    public void update() {
        Integer key = keys[next++ & (keys.length - 1)];
        if (random.nextBoolean()) {
            map.put(key, key);
        } else {
            map.remove(key);
        }
    }

    /** A snapshot. */
    @Benchmark
    public Object snapshot() {
        return map.snapshot();
    }
}
