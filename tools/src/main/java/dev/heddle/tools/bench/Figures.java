// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** What was measured of one implementation in one row: a list of values a round. */
final class Figures {
    private final List<List<Double>> time = new ArrayList<>();
    private final List<List<Double>> bytes = new ArrayList<>();
    private final List<List<Double>> cpu = new ArrayList<>();
    private final List<List<Double>> failedCas = new ArrayList<>();
    private final List<Double> survivors = new ArrayList<>();

    /** Adds a round; a list is empty where the round did not measure that. */
    void addRound(List<Double> time, List<Double> bytes, List<Double> cpu, List<Double> failedCas) {
        this.time.add(time);
        this.bytes.add(bytes);
        this.cpu.add(cpu);
        this.failedCas.add(failedCas);
    }

    /** Adds edges that a filter let through, by unions; empty where the benchmark has no filter. */
    void addSurvivors(List<Double> perUnion) {
        survivors.addAll(perUnion);
    }

    int rounds() {
        return time.size();
    }

    /** Median time, in nanoseconds per operation; milliseconds where the benchmark is one call. */
    double time() {
        return medianOfAll(time);
    }

    double timeOfRound(int round) {
        return median(time.get(round));
    }

    double bytes() {
        return medianOfAll(bytes);
    }

    double cpu() {
        return medianOfAll(cpu);
    }

    double failedCas() {
        return medianOfAll(failedCas);
    }

    double survivors() {
        return median(survivors);
    }

    private static double medianOfAll(List<List<Double>> rounds) {
        return median(rounds.stream().flatMap(List::stream).toList());
    }

    /** The median, not a number if there is no value. */
    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        return n == 0
                ? Double.NaN
                : DoubleStream.of(sorted[(n - 1) / 2], sorted[n / 2]).average().orElseThrow();
    }
}
