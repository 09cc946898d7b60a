// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Aborted;
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

/** The first exchange after many operations of one side have given up. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelAbortedBenchmark {
    /** Exchanges on other channels before the one that is measured, so that it runs compiled. */
    private static final int WARM_UP = 20_000;

    /** So many gave up on those at most: the way past dead cells, and past a segment of them, must be compiled too. */
    private static final int SEVERAL = 150;

    @Param({"heddle", "kotlinx"})
    public String impl;

    @Param({"send", "receive"})
    public String side;

    @Param({"1000", "1000000"})
    public int aborted;

    private Aborted channel;

    @Setup(Level.Iteration)
    public void setUp() {
        channel = Aborted.of(impl, side);
        for (int i = 0; i < aborted; i++) {
            channel.abort();
        }
        for (int i = 0; i < WARM_UP; i++) { // after that, which leaves the caches full of something else
            Aborted other = Aborted.of(impl, side);
            for (int k = i % SEVERAL; k >= 0; k--) {
                other.abort();
            }
            other.exchange();
        }
    }

    @Benchmark
    public void exchange() {
        channel.exchange();
    }
}
