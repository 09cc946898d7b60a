// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.peers.Pipe;
import dev.heddle.jmh.peers.Pipes;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A send and a receive by one thread: nothing waits. {@code raw} and its like are floors, see {@link Pipes}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChannelUncontendedBenchmark {
    @Param({
        "raw",
        "raw-2-2",
        "raw-3-3",
        "heddle",
        "jox",
        "array",
        "linked",
        "disruptor",
        "jctools-mpmc-polled",
        "jctools-mpsc-polled"
    })
    public String impl;

    @Param("64")
    public int capacity;

    /** Whether what the channel holds at rest is in the old generation, as after some time in a program. */
    @Param("false")
    public boolean aged;

    private Pipe pipe;

    @Setup
    public void setUp() throws InterruptedException {
        pipe = Pipes.of(impl, capacity);
        if (aged) {
            sendReceive();
            System.gc(); // moves what survives into the old generation
        }
    }

    @Benchmark
    public Object sendReceive() throws InterruptedException {
        pipe.send(this);
        return pipe.receive();
    }
}
