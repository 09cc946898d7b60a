// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Chain;
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

/** Elements through 1,000 virtual threads in a row. The score is wall time per element and channel. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelChainBenchmark {
    private static final int MEMBERS = 1000;
    private static final int ELEMENTS = 50;

    @Param({"heddle", "jox", "kotlinx"})
    public String impl;

    @Param({"0", "16"})
    public int capacity;

    @Param("virtual")
    public String kind;

    private Chain chain;

    @Setup
    public void setUp() {
        if (Threads.of(kind) != Threads.VIRTUAL) {
            throw new IllegalArgumentException("no chain of " + kind + " threads");
        }
        chain = Chain.of(impl, capacity, MEMBERS);
    }

    @TearDown
    public void tearDown() {
        chain.close();
    }

    @Benchmark
    @OperationsPerInvocation((MEMBERS - 1) * ELEMENTS)
    public void pass() throws InterruptedException {
        chain.pass(ELEMENTS);
    }
}
