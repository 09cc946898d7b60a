// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.MassAborts;
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

/** Interrupts every thread of a long queue and joins them all. Needs virtual threads, JDK 21. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class MassAbortBenchmark {
    @Param({"heddle-fair", "jdk-fair", "jdk-unfair", "kotlinx"})
    public String impl;

    @Param({"1000", "10000"})
    public int waiters;

    /** In which order they are interrupted: fifo, reverse, random. */
    @Param("fifo")
    public String order;

    private MassAborts aborts;

    @Setup(Level.Invocation)
    public void setUp() {
        aborts = MassAborts.of(impl, waiters, order);
    }

    @Benchmark
    public void abortAll() throws InterruptedException {
        aborts.abortAll();
    }
}
