// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much is measured.
 *
 * @param name quick, areas, full, scaling or smoke
 * @param rounds how often each implementation of a row gets a fork, in turns with the others
 * @param budget after this time no further round is begun; null if all are run
 * @param steady arguments of JMH for benchmarks of a steady state
 * @param single arguments of JMH for those that measure one call
 */
record Suite(String name, int rounds, Duration budget, List<String> steady, List<String> single) {
    /** Its preparation takes seconds, and warms up what is measured. */
    private static final List<String> ABORTED = List.of("-wi", "1", "-i", "3");

    /** A call takes a second or longer, and is compiled after a part of it. */
    private static final List<String> LONG_CALL = List.of("-wi", "2", "-i", "3");

    /** Where threads that never wait are more than processors, the compiler gets a processor so much later. */
    private static final int CROWDED = 4;

    static Suite quick() {
        return new Suite(
                "quick",
                3,
                Duration.ofSeconds(330),
                List.of("-wi", "5", "-w", "250ms", "-i", "3", "-r", "80ms"), // shorter, and part of it runs uncompiled
                List.of("-wi", "6", "-i", "2"));
    }

    /** Every row of so many areas. */
    static Suite areas(int number) {
        return new Suite(
                "areas",
                3,
                Duration.ofMinutes(15L * number),
                List.of("-wi", "5", "-w", "250ms", "-i", "3", "-r", "150ms"),
                List.of("-wi", "6", "-i", "4"));
    }

    /** Proves that everything runs; its figures mean nothing. */
    static Suite smoke() {
        return new Suite(
                "smoke", 1, null, List.of("-wi", "0", "-i", "1", "-r", "50ms"), List.of("-wi", "0", "-i", "1"));
    }

    static Suite full() {
        return new Suite("full", 3, null, longSteady(), longSingle());
    }

    static Suite scaling() {
        return new Suite("scaling", 3, null, longSteady(), longSingle());
    }

    private static List<String> longSteady() {
        return List.of("-wi", "10", "-w", "300ms", "-i", "5", "-r", "200ms"); // till C2 has met the rare branches
    }

    private static List<String> longSingle() {
        return List.of("-wi", "6", "-i", "4");
    }

    /** The same with another number of rounds and no limit of time. */
    Suite withRounds(int number) {
        return new Suite(name, number, null, steady, single);
    }

    /** Whether its figures mean enough to be held against the goals. */
    boolean judged() {
        return !name.equals("smoke");
    }

    /**
     * Collector and heap, the same on every machine. The heap is touched before, where there is time for it: else who
     * allocates pays for page faults till the first collection.
     */
    List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of("-XX:+UseG1GC", "-Xms1g", "-Xmx1g"));
        if (judged() && !name.equals("quick")) {
            options.add("-XX:+AlwaysPreTouch");
        }
        return options;
    }

    /** Collector, heap and warm state, by name, for the head of the report. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(
                "JVM options",
                judged()
                        ? String.join(" ", jvmOptions()) + ", in each fork; graphs of 100,000,000 edges: "
                                + String.join(" ", Row.LARGE_HEAP) + "; what counts: "
                                + String.join(" ", countOptions())
                        : "those of the machine, all in one JVM");
        facts.put(
                "JMH options",
                String.join(" ", steady) + ", in each fork; what is one call: " + String.join(" ", single)
                        + "; calls of seconds: " + String.join(" ", LONG_CALL) + "; " + CROWDED
                        + " times the warm-ups where threads are more than processors");
        return facts;
    }

    /** Options of the JVMs that count. */
    List<String> countOptions() {
        return List.of("-XX:+UseG1GC", "-Xms2g", "-Xmx2g"); // references are compressed
    }

    /** Whether what needs no clock is counted: it takes minutes where figures mean something. */
    boolean counts() {
        return !name.equals("quick") && !name.equals("scaling");
    }

    /** How many JVMs a leg gets: none of its own where figures mean nothing and it needs no options. */
    int forks(Row row) {
        return judged() || row.needsItsOwnJvm() ? 1 : 0;
    }

    List<String> timing(Row row) {
        if (judged() && row.benchmark().equals(ChannelCatalog.ABORTED)) {
            return ABORTED;
        }
        if (judged() && row.callTakesSeconds()) {
            return LONG_CALL;
        }
        if (row.isSingleShot()) {
            return single;
        }
        return judged() && row.threads() > Runtime.getRuntime().availableProcessors() ? crowded() : steady;
    }

    /** As in a steady state, but with more iterations that warm up. */
    private List<String> crowded() {
        List<String> timing = new ArrayList<>(steady);
        int warmUps = timing.indexOf("-wi") + 1;
        timing.set(warmUps, "" + CROWDED * Integer.parseInt(timing.get(warmUps)));
        return timing;
    }
}
