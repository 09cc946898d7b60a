// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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
 * What the JVM and the system charge for a passage of a fair lock when everybody waits: the threads take turns in a fixed
 * order, each parks until its turn comes, and whose turn ends unparks the next. There is no queue and no lock. The score
 * is wall time per turn; its bytes are those of parking alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOverBenchmark {
    static final int TURNS = 16_000; // a multiple of every number of threads

    @Param("park")
    public String impl;

    @Param("platform")
    public String kind;

    @Param("16")
    public int threads;

    private final AtomicLong turn = new AtomicLong();
    private Crew crew;
    private Work[] works;
    private Thread[] members;

    @Setup
    public void setUp() throws InterruptedException {
        if (TURNS % threads != 0) {
            throw new IllegalArgumentException(TURNS + " turns can't be shared out evenly among " + threads);
        }
        crew = new Crew(Threads.of(kind), threads);
        works = Work.of(threads);
        members = new Thread[threads];
        crew.play(member -> members[member] = Thread.currentThread());
    }

    @TearDown
    public void tearDown() {
        crew.close();
    }

    /** Work, wait for one's turn, work, hand over. */
    @Benchmark
    @OperationsPerInvocation(TURNS)
    public void handOver() throws InterruptedException {
        turn.set(0);
        crew.play(this::take);
    }

    private void take(int member) {
        Thread next = members[(member + 1) % threads];
        for (long mine = member; mine < TURNS; mine += threads) {
            works[member].some();
            while (turn.get() != mine) {
                LockSupport.park(this);
            }
            works[member].some();
            turn.set(mine + 1);
            LockSupport.unpark(next);
        }
    }
}
