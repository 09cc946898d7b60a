// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.bench.Row.Duel;
import dev.heddle.tools.bench.Row.X;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of the channels. */
final class ChannelCatalog {
    static final String ALONE = "ChannelUncontendedBenchmark.sendReceive";
    static final String TRANSFER = "ChannelBenchmark.transfer";
    static final String CHAIN = "ChannelChainBenchmark.pass";
    static final String PIPELINE = "ChannelPipelineBenchmark.pass";
    static final String BATCH = "ChannelBatchBenchmark.move";
    static final String ABORTED = "ChannelAbortedBenchmark.exchange";
    static final String SELECT = "ChannelSelectBenchmark.select";
    static final String CONFLATED = "ChannelConflatedBenchmark.send";

    private static final String OURS = "heddle";
    private static final int BUFFER = 64;
    private static final List<String> POLLED = List.of("jctools-mpmc-polled", "jctools-mpsc-polled");
    private static final List<String> NONE = List.of();

    private final List<Row> rows = new ArrayList<>();

    private ChannelCatalog() {}

    /** The few rows that stand for the others. */
    static List<Row> quick() {
        ChannelCatalog c = new ChannelCatalog();
        c.alone("atomics", List.of("raw"), List.of("array"));
        c.transfer(0, "virtual", 1000, false, List.of("synchronous-fair"), NONE);
        c.transfer(BUFFER, "platform", 1, false, List.of("array"), NONE);
        return c.rows;
    }

    /** Every row. */
    static List<Row> full() {
        ChannelCatalog c = new ChannelCatalog();
        c.alone("atomics", List.of("raw"), List.of("raw-2-2", "raw-3-3"));
        c.alone("peers", List.of("array", "linked", "disruptor", "jox"), POLLED);
        c.aged(List.of("array", "linked", "jox"));
        for (int capacity : new int[] {0, BUFFER}) {
            for (boolean work : new boolean[] {false, true}) {
                for (int each : new int[] {1, 4}) {
                    c.transfer(
                            capacity,
                            "platform",
                            each,
                            work,
                            peers(capacity, each, "platform"),
                            polled(capacity, each));
                }
                for (int each : new int[] {1, 8, 1000}) {
                    c.transfer(
                            capacity, "virtual", each, work, peers(capacity, each, "virtual"), polled(capacity, each));
                }
            }
        }
        c.chain(0);
        c.chain(16);
        c.pipeline();
        c.batch();
        for (String side : new String[] {"send", "receive"}) {
            c.aborted(side, 1000);
            c.aborted(side, 1_000_000);
        }
        for (int channels : new int[] {2, 8, 64}) {
            c.select("none", channels);
            c.select("virtual", channels);
        }
        c.conflated();
        return c.rows;
    }

    /** Those that wait; {@code each} is the number of senders, and that of receivers. */
    private static List<String> peers(int capacity, int each, String kind) {
        List<String> peers = new ArrayList<>(
                capacity == 0
                        ? List.of("synchronous-fair", "synchronous-unfair", "transfer")
                        : List.of("array", "linked"));
        if (capacity > 0 && each == 1) {
            peers.add("disruptor"); // one producer; and two consumers would both get every element
        }
        peers.add("jox");
        if (kind.equals("virtual")) {
            peers.add("kotlinx");
        }
        return peers;
    }

    /** Queues that cannot wait are shown, not compared with. */
    private static List<String> polled(int capacity, int consumers) {
        if (capacity == 0) {
            return NONE;
        }
        return consumers == 1 ? POLLED : POLLED.subList(0, 1);
    }

    private void alone(String beside, List<String> peers, List<String> extras) {
        add(
                "send and receive alone, beside " + beside,
                ALONE,
                Map.of("capacity", "" + BUFFER),
                peers,
                extras,
                new X("send and receive alone, beside " + beside, "capacity", BUFFER));
    }

    /** What the channel holds at rest is in the old generation of the heap. */
    private void aged(List<String> peers) {
        String row = "send and receive alone, grown old";
        add(row, ALONE, Map.of("capacity", "" + BUFFER, "aged", "true"), peers, NONE, new X(row, "capacity", BUFFER));
    }

    private void transfer(int capacity, String kind, int each, boolean work, List<String> peers, List<String> extras) {
        String what = (capacity == 0 ? "rendezvous" : "buffer of " + capacity) + (work ? ", work" : "");
        Map<String, String> params = new LinkedHashMap<>();
        params.put("capacity", "" + capacity);
        params.put("kind", kind);
        params.put("senders", "" + each);
        params.put("receivers", "" + each);
        params.put("work", "" + work);
        String label = what + ", " + each + "+" + each + " " + kind;
        add(label, TRANSFER, params, peers, extras, new X(what + ", " + kind, "senders and receivers, each", each));
    }

    private void chain(int capacity) {
        List<String> peers = peers(capacity, 1000, "virtual");
        add(
                "chain of 1000 virtual, capacity " + capacity,
                CHAIN,
                Map.of("capacity", "" + capacity, "kind", "virtual"),
                peers,
                capacity == 0 ? List.of("bare") : NONE, // the floor: shown, not compared with
                new X("chain of 1000 virtual threads", "capacity", capacity));
    }

    private void pipeline() {
        add(
                "async pipeline, capacity 16",
                PIPELINE,
                Map.of("capacity", "16"),
                List.of("kotlinx", "kotlinx-pool"),
                NONE,
                new X("async pipeline of 4 stages", "capacity", 16));
    }

    private void batch() {
        add(
                "batch of 64",
                BATCH,
                Map.of(),
                List.of("singles"),
                List.of("array"),
                new X("batch of 64 elements", "elements", BUFFER));
    }

    private void aborted(String side, int count) {
        add(
                "exchange after " + count + " aborted, " + side,
                ABORTED,
                Map.of("side", side, "aborted", "" + count),
                List.of("kotlinx"),
                NONE,
                new X("first exchange after aborted operations, " + side, "aborted", count));
    }

    private void select(String kind, int channels) {
        String what = kind.equals("none") ? "select, nothing waits" : "select, waits, virtual";
        add(
                what + ", " + channels + " channels",
                SELECT,
                Map.of("kind", kind, "channels", "" + channels),
                List.of("jox", "kotlinx"),
                NONE,
                new X(what, "channels", channels));
    }

    private void conflated() {
        add("conflated send", CONFLATED, Map.of(), List.of("kotlinx"), NONE, new X("conflated send", "threads", 1));
    }

    private void add(
            String label, String benchmark, Map<String, String> params, List<String> peers, List<String> extras, X x) {
        rows.add(new Row(Areas.CHANNELS, label, benchmark, params, 1, List.of(new Duel(OURS, peers)), extras, x));
    }
}
