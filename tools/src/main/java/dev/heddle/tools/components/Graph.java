// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.components;

import dev.heddle.tools.Checkout;
import dev.heddle.tools.ToolException;
import dev.heddle.unionfind.EdgeCursor;
import dev.heddle.unionfind.EdgeSource;
import dev.heddle.unionfind.RandomAccessEdges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import me.tongfei.progressbar.ProgressBar;

/** A graph in memory. */
final class Graph {
    private static final int BLOCK = 1 << 16; // edges that are looked at together
    private static final int MOST = Integer.MAX_VALUE - 8; // vertices of an array

    private final RandomAccessEdges edges;
    private final int vertices;
    private final long[] ids; // of vertices, ascending; null: themselves

    private Graph(RandomAccessEdges edges, int vertices, long[] ids) {
        this.edges = edges;
        this.vertices = vertices;
        this.ids = ids;
    }

    static Graph read(Path file, Settings settings) {
        EdgeSource source =
                settings.format() == null ? EdgeSource.read(file) : EdgeSource.read(file, settings.format());
        RandomAccessEdges edges = settings.progress() ? watched(source, file).load() : source.load();
        if (settings.ids() == Settings.Ids.DENSE) {
            return dense(edges, file);
        }
        if (edges.vertexCount() > MOST) {
            throw new ToolException(
                    file + ": ids up to " + (edges.vertexCount() - 1) + " are too many vertices; try --ids dense");
        }
        return new Graph(edges, (int) edges.vertexCount(), null);
    }

    /** The same source; whoever passes over it moves a bar. */
    private static EdgeSource watched(EdgeSource source, Path file) {
        return new EdgeSource() {
            @Override
            public long edgeCount() {
                return source.edgeCount();
            }

            @Override
            public long vertexCount() {
                return source.vertexCount();
            }

            @Override
            public EdgeCursor open() {
                EdgeCursor cursor = source.open();
                ProgressBar bar = Checkout.bar("reading " + file.getFileName(), size(file));
                return new EdgeCursor() {
                    @Override
                    public int next(long[] from, long[] to, int most) {
                        int count = cursor.next(from, to, most);
                        bar.stepTo(count == 0 ? bar.getMax() : Math.max(0, cursor.bytesRead()));
                        return count;
                    }

                    @Override
                    public void close() {
                        bar.close();
                        cursor.close();
                    }
                };
            }
        };
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Graph dense(RandomAccessEdges edges, Path file) {
        int m = (int) edges.edgeCount();
        if (m > MOST / 2) {
            throw new ToolException(file + ": " + m + " edges are too many for --ids dense");
        }
        long[] from = new long[m];
        long[] to = new long[m];
        edges.copy(0, m, from, to);
        long[] all = Arrays.copyOf(from, 2 * m);
        System.arraycopy(to, 0, all, m, m);
        Arrays.parallelSort(all);
        int count = 0;
        for (int i = 0; i < all.length; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[count++] = all[i];
            }
        }
        long[] ids = Arrays.copyOf(all, count);
        int[] x = new int[m];
        int[] y = new int[m];
        Arrays.parallelSetAll(x, i -> Arrays.binarySearch(ids, from[i]));
        Arrays.parallelSetAll(y, i -> Arrays.binarySearch(ids, to[i]));
        return new Graph(EdgeSource.of(x, y), count, ids);
    }

    RandomAccessEdges edges() {
        return edges;
    }

    int vertices() {
        return vertices;
    }

    long id(long vertex) {
        return ids == null ? vertex : ids[(int) vertex];
    }

    /** Vertices that no edge leads to. */
    int isolated() {
        BitSet met = new BitSet(vertices);
        long[] from = new long[BLOCK];
        long[] to = new long[BLOCK];
        for (long first = 0; first < edges.edgeCount(); first += BLOCK) {
            int count = (int) Math.min(BLOCK, edges.edgeCount() - first);
            edges.copy(first, count, from, to);
            for (int i = 0; i < count; i++) {
                met.set((int) from[i]);
                met.set((int) to[i]);
            }
        }
        return vertices - met.cardinality();
    }
}
