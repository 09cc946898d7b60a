// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Gate;
import dev.heddle.jmh.peers.Gates;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Acquire and release where permits last: nothing waits. {@code -t} gives the threads; {@code raw} is the floor, two
 * fetch-and-adds on one word.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class UncontendedBenchmark {
    /** More permits than any thread count asked for. */
    private static final int PERMITS = 64;

    @Param({"raw", "heddle-fair", "heddle-barging", "jdk-fair", "jdk-unfair", "kotlinx"})
    public String impl;

    private Gate gate;

    @Setup
    public void setUp() {
        gate = Gates.semaphore(impl, PERMITS);
    }

    @Benchmark
    public void acquireRelease() throws InterruptedException {
        gate.enter();
        gate.leave();
    }
}
