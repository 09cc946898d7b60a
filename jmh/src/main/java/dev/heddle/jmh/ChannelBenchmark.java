// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Transfers;
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

/**
 * Elements through one channel between senders and receivers, without work or with a geometric number of draws, about
 * 100 ns, before each send and after each receive. The score is wall time per element.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelBenchmark {
    private static final int ELEMENTS = 16_384;

    @Param({"heddle", "jox", "synchronous-fair", "synchronous-unfair", "transfer"})
    public String impl;

    @Param("0")
    public int capacity;

    @Param("platform")
    public String kind;

    @Param("1")
    public int senders;

    @Param("1")
    public int receivers;

    @Param("false")
    public boolean work;

    private Transfers transfers;

    @Setup
    public void setUp() {
        transfers = Transfers.of(impl, capacity, Threads.of(kind), senders, receivers, work);
    }

    @TearDown
    public void tearDown() {
        transfers.close();
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public void transfer() throws InterruptedException {
        transfers.move(ELEMENTS);
    }
}
