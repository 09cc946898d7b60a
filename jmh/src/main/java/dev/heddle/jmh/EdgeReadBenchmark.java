// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.graphs.EdgeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** All edges of a text file, read by one thread; one call is the whole file, which the system has in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class EdgeReadBenchmark {
    @Param({"heddle", "split"})
    public String impl;

    @Param("snap")
    public String format;

    @Param("1")
    public int megabytes;

    private Path file;

    @Setup
    public void setUp() throws IOException {
        file = EdgeFiles.write(format, megabytes * 1_000_000);
    }

    @TearDown
    public void tearDown() throws IOException {
        Files.delete(file);
    }

    @Benchmark
    public long read() throws IOException {
        return impl.equals("split") ? EdgeFiles.split(file) : EdgeFiles.read(file);
    }
}
