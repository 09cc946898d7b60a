// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.graphs;

import dev.heddle.unionfind.Algorithm;
import dev.heddle.unionfind.BatchResult;
import dev.heddle.unionfind.ConcurrentUnionFind;
import dev.heddle.unionfind.DeterministicUnionFind;
import dev.heddle.unionfind.EdgeFormat;
import dev.heddle.unionfind.EdgeSource;
import dev.heddle.unionfind.ElementUnionFind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.jgrapht.alg.util.UnionFind;

/** What counts the sets of a graph, by name. */
public final class Finders {
    private static final int BLOCK = 4096; // edges that a thread takes at a time

    private static volatile double survivorsPerUnion = Double.NaN; // of the last batch

    private Finders() {}

    static void forgetSurvivors() {
        survivorsPerUnion = Double.NaN;
    }

    /** Of the last batch; not a number if there was none. */
    static double survivorsPerUnion() {
        return survivorsPerUnion;
    }

    /** Ours and the peers: from a graph to the number of its sets. */
    public static ToIntFunction<GraphData> of(String name, int threads, GraphData graph) {
        return switch (name) {
            case "heddle" -> batch(Algorithm.AUTO, threads, arrays(graph));
            case "heddle-pipe" -> batch(Algorithm.PIPE, threads, arrays(graph));
            case "heddle-window" -> batch(Algorithm.WINDOW, threads, arrays(graph));
            case "heddle-reservations" -> batch(Algorithm.RESERVATIONS, threads, arrays(graph));
            case "heddle-sequential" -> batch(Algorithm.SEQUENTIAL, 1, arrays(graph));
            case "heddle-mapped" -> batch(Algorithm.AUTO, threads, mapped(graph));
            case "online" -> data -> online(data, threads);
            case "online-splitting" -> data -> splitting(data, threads);
            case "sequential-index" -> Sequentials::byIndex;
            case "sequential-size" -> Sequentials::bySize;
            case "sequential-splice" -> Sequentials::spliced;
            case "heddle-elements" -> Finders::elements;
            case "jgrapht" -> Finders::jgrapht;
            case "floor" -> data -> floor(data, threads);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static EdgeSource arrays(GraphData graph) {
        return EdgeSource.of(graph.from(), graph.to());
    }

    private static EdgeSource mapped(GraphData graph) {
        try {
            Path file = Files.createTempFile("heddle", ".pairs");
            file.toFile().deleteOnExit();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer block = ByteBuffer.allocate(8 * BLOCK).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < graph.m(); i++) {
                    block.putInt(graph.from()[i]).putInt(graph.to()[i]);
                    if (!block.hasRemaining() || i == graph.m() - 1) {
                        channel.write(block.flip());
                        block.clear();
                    }
                }
            }
            return EdgeSource.map(file, EdgeFormat.INT32_PAIRS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ToIntFunction<GraphData> batch(Algorithm algorithm, int threads, EdgeSource source) {
        return graph -> {
            var sets = DeterministicUnionFind.builder(graph.n())
                    .algorithm(algorithm)
                    .threads(threads)
                    .build();
            BatchResult result = sets.applyBatch(source);
            survivorsPerUnion = (double) result.serialCount() / result.acceptedCount();
            return sets.setCount();
        };
    }

    private static int online(GraphData graph, int threads) {
        var sets = new ConcurrentUnionFind(graph.n());
        inBlocks(graph, threads, (start, end) -> {
            for (int i = start; i < end; i++) {
                sets.unite(graph.from()[i], graph.to()[i]);
            }
        });
        return sets.setCount();
    }

    private static int splitting(GraphData graph, int threads) {
        var sets = new Splitting(graph.n());
        inBlocks(graph, threads, (start, end) -> {
            for (int i = start; i < end; i++) {
                sets.unite(graph.from()[i], graph.to()[i]);
            }
        });
        return sets.sets();
    }

    /** Two reads an edge, at its ends, which do not depend on each other: what no union-find can do without. */
    private static int floor(GraphData graph, int threads) {
        int[] cells = new int[graph.n()];
        AtomicInteger sum = new AtomicInteger();
        inBlocks(graph, threads, (start, end) -> {
            int part = 0;
            for (int i = start; i < end; i++) {
                part += cells[graph.from()[i]] ^ cells[graph.to()[i]];
            }
            sum.addAndGet(part);
        });
        return sum.get();
    }

    private static int elements(GraphData graph) {
        ElementUnionFind<Integer> sets = new ElementUnionFind<>();
        for (int x = 0; x < graph.n(); x++) {
            sets.addElement(x);
        }
        for (int i = 0; i < graph.m(); i++) {
            sets.union(graph.from()[i], graph.to()[i]);
        }
        return sets.numberOfSets();
    }

    private static int jgrapht(GraphData graph) {
        Set<Integer> all = new HashSet<>(2 * graph.n());
        for (int x = 0; x < graph.n(); x++) {
            all.add(x);
        }
        UnionFind<Integer> sets = new UnionFind<>(all);
        for (int i = 0; i < graph.m(); i++) {
            sets.union(graph.from()[i], graph.to()[i]);
        }
        return sets.numberOfSets();
    }

    private interface Part {
        void of(int start, int end);
    }

    private static void inBlocks(GraphData graph, int threads, Part part) {
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int start = next.getAndAdd(BLOCK); start < graph.m(); start = next.getAndAdd(BLOCK)) {
                part.of(start, Math.min(graph.m(), start + BLOCK));
            }
        };
        Thread[] helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(work);
            helpers[i].start();
        }
        work.run();
        for (Thread helper : helpers) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
