// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Barrier;
import java.util.concurrent.BrokenBarrierException;
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

/** Work, then a barrier, again and again. The score is wall time per crossing of all parties. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BarrierBenchmark {
    private static final int CROSSINGS = 256;

    @Param({"heddle", "jdk"})
    public String impl;

    @Param("platform")
    public String kind;

    @Param("16")
    public int threads;

    private Barrier barrier;
    private Crew crew;
    private Work[] works;

    @Setup
    public void setUp() {
        barrier = Barrier.of(impl, threads);
        crew = new Crew(Threads.of(kind), threads);
        works = Work.of(threads);
    }

    @TearDown
    public void tearDown() {
        crew.close();
    }

    @Benchmark
    @OperationsPerInvocation(CROSSINGS)
    public void cross() throws InterruptedException {
        crew.play(member -> cross(works[member]));
    }

    private void cross(Work work) throws InterruptedException, BrokenBarrierException {
        for (int i = 0; i < CROSSINGS; i++) {
            work.some();
            barrier.await();
        }
    }
}
