// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import dev.heddle.tools.ToolException;
import dev.heddle.tools.bench.Row.Duel;
import dev.heddle.tools.bench.Row.X;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The experiment of Koval, Alistarh, Elizarov, <em>Fast and Scalable Channels in Kotlin Coroutines</em>, PPoPP 2023,
 * Figure 5: as many coroutines as threads, and 1,000; without a buffer, and with one of 64. The rows go up to the
 * processors there are, and to four threads at least, however few there are.
 */
final class Figure5 {
    static final String BENCHMARK = "ChannelFigure5Benchmark.transfer";

    /** What the page says below the plots. */
    static final String SOURCE = "Dashed lines: the paper's own figures (Koval, Alistarh, Elizarov, Fast and Scalable"
            + " Channels in Kotlin Coroutines, PPoPP 2023, Figure 5), from its machine with 128 hardware threads, as far as"
            + " they are known here: coroutines = threads, at 1, 8, 32 and 128 threads. For 1,000 coroutines none are known"
            + " here, so none are drawn. Another machine and an older JDK: compare shapes, not heights. kotlinx.coroutines"
            + " is the paper's new algorithm as it was shipped; the SynchronousQueue has been rewritten since.";

    private static final String CURVES = "figure5.csv";
    private static final int LEAST = 4;
    private static final int MANY = 1000;
    private static final int BUFFER = 64;

    private Figure5() {}

    /** Points of one implementation in a plot of the paper, transfers per millisecond by threads. */
    record Curve(String name, Map<Integer, Double> points) {}

    /** The rows for a machine of so many processors. */
    static List<Row> rows(int processors) {
        List<Row> rows = new ArrayList<>();
        for (int capacity : new int[] {0, BUFFER}) {
            for (boolean many : new boolean[] {false, true}) {
                for (int threads : threads(processors)) {
                    rows.add(row(capacity, many, threads));
                }
            }
        }
        return rows;
    }

    /** Powers of two, and the number of processors. */
    private static Iterable<Integer> threads(int processors) {
        TreeSet<Integer> threads = new TreeSet<>();
        for (int n = 1; n <= Math.max(LEAST, processors); n *= 2) {
            threads.add(n);
        }
        threads.add(processors);
        return threads;
    }

    private static Row row(int capacity, boolean many, int threads) {
        String kind = capacity == 0 ? "rendezvous" : "buffer of " + capacity;
        String plot = "figure 5, " + kind + ", " + (many ? "1,000 coroutines" : "coroutines = threads");
        int coroutines = many ? MANY : 2 * ((threads + 1) / 2); // as many senders as receivers
        Map<String, String> params = new LinkedHashMap<>();
        params.put("capacity", "" + capacity);
        params.put("parallelism", "" + threads);
        params.put("coroutines", "" + coroutines);
        List<String> peers = capacity == 0
                ? List.of("kotlinx", "jox", "synchronous-fair", "synchronous-unfair")
                : List.of("kotlinx", "jox", "array");
        return new Row(
                Areas.FIGURE5,
                kind + ", " + (many ? MANY : "as many") + " coroutines on " + threads + " threads",
                BENCHMARK,
                params,
                1,
                List.of(new Duel("heddle", peers)),
                List.of(),
                new X(plot, "threads", threads));
    }

    /** The curves of the paper for one of our plots; none where no figures are known. */
    static List<Curve> curves(String plot) {
        Map<String, Map<Integer, Double>> curves = new LinkedHashMap<>();
        try (InputStream in = Figure5.class.getResourceAsStream(CURVES);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split(";", -1);
                if (!line.startsWith("#") && cells[0].equals(plot)) {
                    curves.computeIfAbsent(cells[1], name -> new TreeMap<>())
                            .put(Integer.valueOf(cells[2]), Double.valueOf(cells[3]));
                }
            }
        } catch (IOException e) {
            throw new ToolException("cannot read " + CURVES + ": " + e.getMessage(), e);
        }
        return curves.entrySet().stream()
                .map(curve -> new Curve(curve.getKey(), curve.getValue()))
                .toList();
    }
}
