// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.graphs;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Edges that the filter of a batch let through by edges that united two sets, as {@code survivors.norm}. */
public final class SurvivorsProfiler implements InternalProfiler {
    @Override
    public String getDescription() {
        return "Edges looked at one after the other, by unions";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        Finders.forgetSurvivors();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double survivors = Finders.survivorsPerUnion();
        return Double.isNaN(survivors)
                ? List.of()
                : List.of(new ScalarResult("survivors.norm", survivors, "#/union", AggregationPolicy.AVG));
    }
}
