// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Pool;
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

/** A pool under the paper's workload: work, take, work, put. The score is wall time per element used. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PoolBenchmark {
    private static final int USES = 16_384;

    @Param({
        "heddle-fifo",
        "heddle-lifo",
        "heddle-fifo-barging",
        "heddle-lifo-barging",
        "array-fair",
        "array-unfair",
        "linked"
    })
    public String impl;

    @Param({"1", "16"})
    public int elements;

    @Param("platform")
    public String kind;

    @Param("16")
    public int threads;

    private Pool pool;
    private Crew crew;
    private Work[] works;

    @Setup
    public void setUp() throws InterruptedException {
        pool = Pool.of(impl, elements);
        crew = new Crew(Threads.of(kind), threads);
        works = Work.of(threads);
    }

    @TearDown
    public void tearDown() {
        crew.close();
    }

    @Benchmark
    @OperationsPerInvocation(USES)
    public void use() throws InterruptedException {
        Pot pot = crew.pot(USES);
        crew.play(member -> use(pool, pot, works[member]));
    }

    private static void use(Pool pool, Pot pot, Work work) throws InterruptedException {
        for (int helping = pot.take(); helping > 0; helping = pot.take()) { // ends: the pot is empty
            for (int i = 0; i < helping; i++) {
                work.some();
                Object element = pool.take();
                work.some();
                pool.put(element);
            }
        }
    }
}
