// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Selecting;
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
 * Receives from the first of several channels that has an element; every select makes its clauses anew. Kind
 * {@code none}: the caller sends to one channel after the other, each with room for one element, and selects after each,
 * so nothing waits. Kind {@code virtual}: one virtual thread sends to channels chosen at random, without a buffer, and
 * another selects, so it waits at all of them. The score is wall time per element, its send included.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelSelectBenchmark {
    private static final int ELEMENTS = 1024;

    @Param({"heddle", "jox", "kotlinx"})
    public String impl;

    @Param({"2", "8", "64"})
    public int channels;

    @Param({"none", "virtual"})
    public String kind;

    private Selecting selecting;

    @Setup
    public void setUp() {
        boolean alone = kind.equals("none");
        if (!alone && Threads.of(kind) != Threads.VIRTUAL) {
            throw new IllegalArgumentException("no select on " + kind + " threads");
        }
        selecting = alone ? Selecting.alone(impl, channels) : Selecting.waiting(impl, channels);
    }

    @TearDown
    public void tearDown() {
        selecting.close();
    }

    @Benchmark
    @OperationsPerInvocation(ELEMENTS)
    public void select() throws InterruptedException {
        selecting.pass(ELEMENTS);
    }
}
