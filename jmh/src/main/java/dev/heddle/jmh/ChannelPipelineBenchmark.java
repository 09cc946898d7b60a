// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Pipeline;
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

/**
 * Elements through stages that share a pool of threads and never block one; each stage works on each element. The score
 * is wall time per element.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelPipelineBenchmark {
    private static final int ELEMENTS = 8192;

    @Param({"heddle", "kotlinx", "kotlinx-pool"})
    public String impl;

    @Param("16")
    public int capacity;

    @Param("4")
    public int stages;

    private Pipeline pipeline;

    @Setup
    public void setUp() {
        pipeline = Pipeline.of(impl, capacity, stages);
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public void pass() throws InterruptedException {
        pipeline.pass(ELEMENTS);
    }
}
