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

    /**
     * {@code heddle}: there is no other thread; {@code heddle-snapshots}: one takes snapshots, and keeps the last;
     * {@code heddle-ticks}: one wakes up as often, and takes none; {@code heddle-writes}: one writes as fast as it can.
     */
    @Param({"heddle", "heddle-ticks", "heddle-snapshots", "heddle-writes"})
    public String impl;

    @Param({"1000", "100000", "1000000"})
    public int n;

    private PathCopyingMap<Integer, Object> map;
    private Integer[] keys;
    private final SplittableRandom random = new SplittableRandom(1);
    private int next;
    private Thread other;
    private volatile boolean over;
    private volatile Object kept;

    /** Makes the map, and starts the thread. */
    @Setup
    public void setUp() {
        Keys all = new Keys(n);
        map = new PathCopyingMap<>(all.entries());
        keys = all.any(1);
        other = new Thread(
                switch (impl) {
                    case "heddle-ticks" -> this::tick;
                    case "heddle-snapshots" -> this::report;
                    case "heddle-writes" -> this::write;
                    default -> () -> {};
                });
        other.start();
    }

    private void report() {
        while (!over) {
            kept = map.snapshot();
            LockSupport.parkNanos(EACH_NANOS);
        }
    }

    private void tick() {
        while (!over) {
            kept = other;
            LockSupport.parkNanos(EACH_NANOS);
        }
    }

    private void write() {
        SplittableRandom coins = new SplittableRandom(2);
        for (int i = 0; !over; i++) {
            change(keys[i & (keys.length - 1)], coins.nextBoolean());
        }
    }

    private void change(Integer key, boolean put) {
        if (put) {
            map.put(key, key);
        } else {
            map.remove(key);
        }
    }

    /** Ends the thread. */
    @TearDown
    public void tearDown() throws InterruptedException {
        over = true;
        other.join();
    }

    /** A put or a removal, half and half. */
    @Benchmark
    public void update() {
        change(keys[next++ & (keys.length - 1)], random.nextBoolean());
    }

    /** A snapshot. */
    @Benchmark
    public Object snapshot() {
        return map.snapshot();
    }
}
