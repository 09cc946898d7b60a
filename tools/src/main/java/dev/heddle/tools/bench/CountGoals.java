// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static dev.heddle.tools.bench.Goals.number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The goals of what is counted without a clock. */
final class CountGoals {
    private static final double ENTRY = 16;
    private static final double SPLAY_ENTRY = 48;
    private static final double INSERTION = 550;
    private static final double FRESH = 2; // what the paper's model expects of a binary tree
    private static final String SKIP_LIST = MapCatalog.SKIP_LIST;

    /** As a model of the splay-list without concurrency reaches them, and a little more. */
    private static final Map<String, Double> COMPARISONS =
            Map.of("uniform", 22.5, "90-10", 19.0, "95-5", 17.2, "99-1", 13.5, "zipf-1.0", 15.6);

    private final Goals goals;

    private CountGoals(Goals goals) {
        this.goals = goals;
    }

    static void judge(Goals all) {
        CountGoals goals = new CountGoals(all);
        for (int n : new int[] {100_000, 1_000_000}) {
            goals.entry("sorted map", MapCatalog.OURS, n, ENTRY);
            goals.entry("splay-list", SplayCatalog.OURS, n, SPLAY_ENTRY);
            goals.insertion(n);
        }
        for (int n : new int[] {1_000, 10_000, 100_000, 1_000_000}) {
            goals.fresh(n);
        }
        for (String order : List.of("uniform", "90-10", "95-5", "99-1", "zipf-1.0")) {
            goals.comparisons(order, COMPARISONS.get(order));
        }
    }

    private void entry(String subject, String map, int n, double most) {
        List<Double> bytes = new ArrayList<>();
        for (String column : List.of("sorted", "grown")) {
            goals.results().counted(Count.BYTES, column, map, n).ifPresent(bytes::add);
        }
        add(
                Count.BYTES,
                subject + ", bytes of an entry, entries: " + n,
                most,
                bytes.stream().max(Double::compare),
                goals.results().counted(Count.BYTES, "grown", SKIP_LIST, n));
    }

    private void insertion(int n) {
        add(
                Count.BYTES,
                "sorted map, bytes of an insertion, entries: " + n,
                INSERTION,
                goals.results().counted(Count.BYTES, "insertion", MapCatalog.OURS, n),
                goals.results().counted(Count.BYTES, "insertion", SKIP_LIST, n));
    }

    private void fresh(int n) {
        add(
                Count.FRESH_NODES,
                "sorted map, nodes that a retry reads anew after one write, entries: " + n,
                FRESH,
                goals.results().counted(Count.FRESH_NODES, "fresh", MapCatalog.OURS, n, 1),
                goals.results().counted(Count.FRESH_NODES, "fresh", "treap", n, 1));
    }

    private void comparisons(String order, double most) {
        int n = 100_000;
        add(
                Count.COMPARISONS,
                "splay-list, comparisons a get, " + order,
                most,
                goals.results().counted(Count.COMPARISONS, "splay-list", order, n),
                goals.results().counted(Count.COMPARISONS, SKIP_LIST, order, n));
    }

    private void add(Count count, String subject, double most, Optional<Double> ours, Optional<Double> other) {
        String goal = "at most " + number(most);
        String peer = count.equals(Count.FRESH_NODES) ? "treap" : SKIP_LIST;
        String beside = other.map(value -> ", " + peer + " " + number(value)).orElse("");
        goals.add(ours.map(value -> Verdict.of(subject, goal, number(value) + beside, value <= most))
                .orElseGet(() -> Verdict.notRun(subject, goal, goals.results().reason(count))));
    }
}
