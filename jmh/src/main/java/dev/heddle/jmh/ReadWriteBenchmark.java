// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.ReadWriteLocks;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
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

/** A read-write lock under the paper's workload, a share of the passages writing. The score is time per passage. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadWriteBenchmark {
    private static final int PASSAGES = 16_384;

    @Param({"heddle", "jdk-fair", "jdk-unfair"})
    public String impl;

    @Param({"5", "50"})
    public int writePercent;

    @Param("platform")
    public String kind;

    @Param("16")
    public int threads;

    private ReadWriteLock lock;
    private Crew crew;
    private Work[] works;

    @Setup
    public void setUp() {
        lock = ReadWriteLocks.of(impl);
        crew = new Crew(Threads.of(kind), threads);
        works = Work.of(threads);
    }

    @TearDown
    public void tearDown() {
        crew.close();
    }

    @Benchmark
    @OperationsPerInvocation(PASSAGES)
    public void pass() throws InterruptedException {
        Pot pot = crew.pot(PASSAGES);
        crew.play(member -> pass(pot, works[member]));
    }

    private void pass(Pot pot, Work work) {
        Lock read = lock.readLock();
        Lock write = lock.writeLock();
        for (int helping = pot.take(); helping > 0; helping = pot.take()) { // ends: the pot is empty
            for (int i = 0; i < helping; i++) {
                pass(work.pick(100) < writePercent ? write : read, work);
            }
        }
    }

    private static void pass(Lock side, Work work) {
        work.some();
        side.lock();
        try {
            work.some();
        } finally {
            side.unlock();
        }
    }
}
