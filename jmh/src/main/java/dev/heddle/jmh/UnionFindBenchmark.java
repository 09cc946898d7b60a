// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import dev.heddle.jmh.graphs.Finders;
import dev.heddle.jmh.graphs.GraphData;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The number of sets of a graph, from its edges on; one call is the whole graph. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class UnionFindBenchmark {
    @Param({
        "heddle",
        "heddle-pipe",
        "heddle-window",
        "heddle-reservations",
        "heddle-sequential",
        "heddle-mapped",
        "heddle-elements",
        "online",
        "online-splitting",
        "sequential-index",
        "sequential-size",
        "sequential-splice",
        "jgrapht",
        "floor"
    })
    public String impl;

    @Param("uniform:1000000:4000000")
    public String graph;

    @Param("2")
    public int threads;

    private GraphData data;
    private ToIntFunction<GraphData> finder;

    @Setup
    public void setUp() {
        data = GraphData.of(graph);
        finder = Finders.of(impl, threads, data);
    }

    @Benchmark
    public int sets() {
        return finder.applyAsInt(data);
    }
}
