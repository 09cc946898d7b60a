// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Latch;
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

/** A latch counted down by many, and a chain of latches that each let many go. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LatchBenchmark {
    private static final int COUNTS = 16_384;
    private static final int LATCHES = 256;

    @Param({"heddle", "jdk"})
    public String impl;

    @Param("platform")
    public String kind;

    @Param("16")
    public int threads;

    private Crew crew;
    private Work[] works;

    @Setup
    public void setUp() {
        crew = new Crew(Threads.of(kind), threads);
        works = Work.of(threads);
    }

    @TearDown
    public void tearDown() {
        crew.close();
    }

    /** Work and count down, shared out among the threads, while one waits. The score is time per count. */
    @Benchmark
    @OperationsPerInvocation(COUNTS)
    public void countDown() throws InterruptedException {
        Latch latch = Latch.of(impl, COUNTS);
        Pot pot = crew.pot(COUNTS);
        crew.start(member -> countDown(latch, pot, works[member]));
        latch.await();
        crew.await();
    }

    /** Each latch is opened by one thread after work and awaited by all others. The score is time per latch. */
    @Benchmark
    @OperationsPerInvocation(LATCHES)
    public void relay() throws InterruptedException {
        Latch[] latches = new Latch[LATCHES];
        for (int i = 0; i < LATCHES; i++) {
            latches[i] = Latch.of(impl, 1);
        }
        crew.play(member -> relay(latches, member));
    }

    private static void countDown(Latch latch, Pot pot, Work work) {
        for (int helping = pot.take(); helping > 0; helping = pot.take()) { // ends: the pot is empty
            for (int i = 0; i < helping; i++) {
                work.some();
                latch.countDown();
            }
        }
    }

    private void relay(Latch[] latches, int member) throws InterruptedException {
        for (int i = 0; i < latches.length; i++) {
            if (i % threads == member) {
                works[member].some();
                latches[i].countDown();
            } else {
                latches[i].await();
            }
        }
    }
}
