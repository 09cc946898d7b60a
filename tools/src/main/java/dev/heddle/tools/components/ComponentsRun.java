// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.components;

import dev.heddle.tools.Checkout;
import dev.heddle.tools.ToolException;
import dev.heddle.unionfind.BatchResult;
import dev.heddle.unionfind.DeterministicUnionFind;
import dev.heddle.unionfind.MalformedEdgesException;
import dev.heddle.unionfind.Partition;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/** The components of one graph: read, found, told. */
public final class ComponentsRun {
    private final Path file;
    private final Settings settings;
    private final PrintWriter out;
    private long mark = System.nanoTime();
    private double reading;
    private double uniting;

    private ComponentsRun(Path file, Settings settings, PrintWriter out) {
        this.file = file;
        this.settings = settings;
        this.out = out;
    }

    /** Finds and tells them. */
    public static void of(Path file, Settings settings, PrintWriter out) {
        Output.guard();
        Stream.of(settings.labels(), settings.forest()).filter(Objects::nonNull).forEach(Output::check);
        try {
            new ComponentsRun(file, settings, out).run();
        } catch (MalformedEdgesException e) {
            throw new ToolException(e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new ToolException("cannot read " + reason(file, e.getCause()), e);
        } catch (OutOfMemoryError e) {
            throw new ToolException(
                    file + ": not enough memory (" + e.getMessage() + "); more is given by JAVA_TOOL_OPTIONS=-Xmx…", e);
        }
    }

    /** The file and what is wrong with it; the message of a failed opening names the file already. */
    private static String reason(Path file, IOException cause) {
        String message = cause.getMessage();
        if (message == null) {
            return file + ": " + cause;
        }
        if (message.equals(file.toString())) {
            return cause instanceof NoSuchFileException ? file + " (No such file or directory)" : file + ": " + cause;
        }
        return message.startsWith(file.toString()) ? message : file + ": " + message;
    }

    private void run() {
        Graph graph = Graph.read(file, settings);
        reading = seconds();
        DeterministicUnionFind sets;
        BatchResult result;
        try (ProgressBar bar = bar(graph.edges().edgeCount())) {
            var builder = DeterministicUnionFind.builder(graph.vertices())
                    .algorithm(settings.algorithm())
                    .threads(settings.threads())
                    .order(settings.order());
            sets = bar == null
                    ? builder.build()
                    : builder.progress(applied -> moved(bar, applied)).build();
            result = sets.applyBatch(graph.edges());
            moved(bar, result.appliedCount());
        }
        uniting = seconds();
        Partition partition = sets.partition();
        double labelling = seconds();
        tell(graph, partition, labelling);
        if (settings.labels() != null) {
            writeLabels(graph, partition);
        }
        if (settings.forest() != null) {
            writeForest(graph, result);
        }
        if (settings.labels() != null || settings.forest() != null) {
            out.printf(Locale.ROOT, "%-12s%.2f s%n", "writing", seconds());
        }
        if (out.checkError()) { // which flushes
            throw new ToolException("cannot write the result");
        }
    }

    private ProgressBar bar(long edges) {
        return settings.progress() ? Checkout.bar("uniting " + file.getFileName(), edges) : null;
    }

    private static boolean moved(ProgressBar bar, long applied) {
        if (bar != null) {
            bar.stepTo(applied);
        }
        return true;
    }

    private double seconds() {
        long now = System.nanoTime();
        double seconds = (now - mark) / 1e9;
        mark = now;
        return seconds;
    }

    private void tell(Graph graph, Partition partition, double labelling) {
        int[] sizes = partition.sizes();
        Arrays.sort(sizes);
        out.printf(Locale.ROOT, "%s%n", file);
        out.printf(
                Locale.ROOT,
                "%-12s%,d, of which %,d without an edge%n",
                "vertices",
                graph.vertices(),
                graph.isolated());
        out.printf(Locale.ROOT, "%-12s%,d%n", "edges", graph.edges().edgeCount());
        out.printf(Locale.ROOT, "%-12s%,d%n", "components", partition.setCount());
        int shown = Math.min(settings.largest(), sizes.length);
        if (shown > 0) {
            StringBuilder largest = new StringBuilder();
            for (int i = 1; i <= shown; i++) {
                largest.append(String.format(Locale.ROOT, "%,d ", sizes[sizes.length - i]));
            }
            out.printf(Locale.ROOT, "%-12s%s%n", "largest", largest.toString().strip());
        }
        out.printf(Locale.ROOT, "%-12s%.2f s%n", "reading", reading);
        out.printf(
                Locale.ROOT,
                "%-12s%.2f s, %s, %d threads, order %s%n",
                "uniting",
                uniting,
                settings.algorithm(),
                settings.threads(),
                settings.order());
        out.printf(Locale.ROOT, "%-12s%.2f s%n", "labelling", labelling);
        mark = System.nanoTime();
    }

    private void writeLabels(Graph graph, Partition partition) {
        int[] consecutive = settings.label() == Settings.Label.CONSECUTIVE ? partition.componentIds() : null;
        Output.write(settings.labels(), lines -> {
            for (int x = 0; x < graph.vertices(); x++) {
                lines.add(graph.id(x), consecutive != null ? consecutive[x] : graph.id(partition.label(x)));
            }
        });
    }

    private void writeForest(Graph graph, BatchResult result) {
        long[] from = new long[1];
        long[] to = new long[1];
        Output.write(
                settings.forest(),
                lines -> result.acceptedEdges().forEach(edge -> {
                    graph.edges().copy(edge, 1, from, to);
                    lines.add(graph.id(from[0]), graph.id(to[0]));
                }));
    }
}
