// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Aborts;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A waiter that joins a queue behind others that stay, and gives up at once. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AbortBenchmark {
    @Param({"heddle-fair", "heddle-async", "jdk-fair", "jdk-unfair", "kotlinx"})
    public String impl;

    /** Those in front, who stay: virtual threads where the JDK has them. */
    @Param({"0", "1000", "5000"})
    public int waiters;

    private Aborts aborts;

    @Setup
    public void setUp() {
        aborts = Aborts.behind(impl, waiters);
    }

    @TearDown
    public void tearDown() throws InterruptedException {
        aborts.close();
    }

    @Benchmark
    public void abort() throws InterruptedException {
        aborts.abort();
    }
}
