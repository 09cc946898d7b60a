// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Passages;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A semaphore under the paper's workload: work, acquire, work, release. The score is wall time per passage. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SemaphoreBenchmark {
    static final int PASSAGES = 16_384;

    /** {@code raw} counts with two fetch-and-adds and has a permit for every thread: the least that counting costs. */
    @Param({"heddle-fair", "heddle-barging", "jdk-fair", "jdk-unfair", "kotlinx", "raw"})
    public String impl;

    @Param({"1", "8"})
    public int permits;

    @Param("platform")
    public String kind;

    @Param("16")
    public int threads;

    private Passages passages;

    @Setup
    public void setUp() {
        passages = Passages.semaphore(impl, permits, Threads.of(kind), threads);
    }

    @TearDown
    public void tearDown() {
        passages.close();
    }

    @Benchmark
    @OperationsPerInvocation(PASSAGES)
    public void pass() throws InterruptedException {
        passages.pass(PASSAGES);
    }
}
