// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Batches;
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

/** One thread puts 64 elements into a buffer of 64 and takes them out. The score is wall time per element. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelBatchBenchmark {
    private static final int ELEMENTS = 64;

    @Param({"heddle", "singles", "array"})
    public String impl;

    private Batches batches;

    @Setup
    public void setUp() {
        batches = Batches.of(impl, ELEMENTS);
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public void move() throws InterruptedException {
        if (batches.move() != ELEMENTS) {
            throw new IllegalStateException("elements are missing");
        }
    }
}
