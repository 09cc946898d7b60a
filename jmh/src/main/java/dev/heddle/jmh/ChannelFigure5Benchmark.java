// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Transfers;
import java.util.List;
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
 * The experiment of Koval, Alistarh, Elizarov, <em>Fast and Scalable Channels in Kotlin Coroutines</em>, PPoPP 2023,
 * Figure 5: coroutines, half of them senders, on a given number of threads, each with a geometric amount of work, about
 * 100 ns, for each element. Coroutines are virtual threads, or those of kotlinx.coroutines. The score is wall time per
 * element. The number of threads is an option of the JVM and is only checked here.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelFigure5Benchmark {
    private static final int ELEMENTS = 16_384;

    /** The options that set the number of threads below virtual threads and below coroutines. */
    private static final List<String> OPTIONS =
            List.of("jdk.virtualThreadScheduler.parallelism", "kotlinx.coroutines.scheduler.core.pool.size");

    @Param({"heddle", "kotlinx", "jox", "synchronous-fair", "synchronous-unfair"})
    public String impl;

    @Param("0")
    public int capacity;

    @Param("2")
    public int parallelism;

    @Param("2")
    public int coroutines;

    private Transfers transfers;

    @Setup
    public void setUp() {
        for (String option : OPTIONS) {
            if (!Integer.toString(parallelism).equals(System.getProperty(option))) {
                throw new IllegalStateException("run with -jvmArgsAppend -D" + option + "=" + parallelism);
            }
        }
        transfers = Transfers.of(impl, capacity, Threads.VIRTUAL, coroutines / 2, coroutines / 2, true);
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
