// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One row of the comparison: implementations of one thing under one load.
 *
 * @param area the part of the library
 * @param label what distinguishes the row within its area
 * @param benchmark class and method of the benchmark
 * @param params its parameters but {@code impl}
 * @param threads threads of JMH; the batches have threads of their own and use one
 * @param duels who is compared with whom
 * @param extras implementations that are measured and shown only
 * @param x the row's place on the horizontal axis of its plot
 */
record Row(
        String area,
        String label,
        String benchmark,
        Map<String, String> params,
        int threads,
        List<Duel> duels,
        List<String> extras,
        X x) {
    /** For 100,000,000 edges, which alone take 800 MB. */
    static final List<String> LARGE_HEAP = List.of("-Xms4g", "-Xmx4g");

    /**
     * One of ours against peers that make the same promise.
     *
     * @param ours the implementation of Heddle
     * @param peers those it is compared with
     */
    record Duel(String ours, List<String> peers) {}

    /**
     * A place on an axis.
     *
     * @param plot the plot the row belongs to
     * @param name the name of the axis
     * @param value the place
     */
    record X(String plot, String name, int value) {}

    /** Name in files and messages. */
    String id() {
        return area + ", " + label;
    }

    /** Every implementation of the row, ours first. */
    List<String> implementations() {
        Set<String> all = new LinkedHashSet<>();
        duels.forEach(duel -> all.add(duel.ours()));
        duels.forEach(duel -> all.addAll(duel.peers()));
        all.addAll(extras);
        return new ArrayList<>(all);
    }

    /** The same as far as a JVM of the given feature release has them. */
    List<String> implementations(int feature) {
        List<String> all = implementations();
        if (feature < 21) {
            all.remove("jox"); // has class files of 21
        }
        return all;
    }

    /** The same with some of its implementations only, compared with nobody. */
    Row only(List<String> some) {
        return new Row(area, label, benchmark, params, threads, List.of(), some, x);
    }

    boolean needsVirtualThreads() {
        return "virtual".equals(params.get("kind")) || area.equals(Areas.INTERRUPT) || area.equals(Areas.FIGURE5);
    }

    /** Options of the JVM that its parameters ask for. */
    List<String> jvmOptions() {
        if (params.getOrDefault("graph", "").equals(UnionFindCatalog.DENSE)) {
            return LARGE_HEAP;
        }
        String threads = params.get("parallelism");
        return threads == null
                ? List.of()
                : List.of(
                        "-Djdk.virtualThreadScheduler.parallelism=" + threads,
                        "-Dkotlinx.coroutines.scheduler.core.pool.size=" + threads);
    }

    /** Whether it can't run in the process that runs JMH. */
    boolean needsItsOwnJvm() {
        return countsFailedCas() || !jvmOptions().isEmpty();
    }

    /** Whether one call is timed, after a preparation of its own. */
    boolean isSingleShot() {
        return area.equals(Areas.INTERRUPT)
                || benchmark.equals(ChannelCatalog.ABORTED)
                || area.equals(Areas.UNION_FIND);
    }

    boolean callTakesSeconds() {
        return UnionFindCatalog.LARGE.contains(params.getOrDefault("graph", ""));
    }

    boolean countsSurvivors() {
        return benchmark.equals(UnionFindCatalog.SETS);
    }

    boolean countsFailedCas() {
        return area.equals(Areas.CAS);
    }
}
