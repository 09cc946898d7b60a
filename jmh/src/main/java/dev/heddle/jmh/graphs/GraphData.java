// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.graphs;

import java.util.SplittableRandom;

/**
 * A generated graph.
 *
 * @param n vertices
 * @param from one end of each edge
 * @param to the other
 */
@SuppressWarnings("ArrayRecordComponent") // as large as memory
public record GraphData(int n, int[] from, int[] to) {
    private static final int SEED = 20_230_617;
    private static final int PERCENT = 60; // of the edges of a road-like grid

    /**
     * A graph by its name: {@code uniform}, {@code rmat}, {@code grid}, {@code road} (a grid with 60 % of its edges) or
     * {@code path}, a colon, the number of vertices, and for the first two a colon and the number of edges; with
     * {@code -shuffled} before the colon its edges are in random order.
     */
    public static GraphData of(String name) {
        String[] parts = name.split(":", -1);
        int n = Integer.parseInt(parts[1]);
        var random = new SplittableRandom(SEED);
        String kind = parts[0].replace("-shuffled", "");
        GraphData graph = switch (kind) {
            case "uniform" -> uniform(n, Integer.parseInt(parts[2]), random);
            case "rmat" -> rmat(Integer.highestOneBit(n), Integer.parseInt(parts[2]), random);
            case "grid" -> grid((int) Math.sqrt(n), 100, random);
            case "road" -> grid((int) Math.sqrt(n), PERCENT, random);
            case "path" -> path(n);
            default -> throw new IllegalArgumentException(name);
        };
        if (!kind.equals(parts[0])) {
            graph.shuffle(random);
        }
        return graph;
    }

    private static GraphData uniform(int n, int m, SplittableRandom random) {
        return new GraphData(
                n, random.ints(m, 0, n).toArray(), random.ints(m, 0, n).toArray());
    }

    private static GraphData rmat(int n, int m, SplittableRandom random) {
        int[] from = new int[m];
        int[] to = new int[m];
        int scatter = random.nextInt() | 1; // ids that say nothing of the degree
        for (int i = 0; i < m; i++) {
            int x = 0;
            int y = 0;
            for (int bit = 1; bit < n; bit *= 2) {
                double p = random.nextDouble();
                x |= p >= 0.76 ? bit : 0;
                y |= (p >= 0.57 && p < 0.76) || p >= 0.95 ? bit : 0;
            }
            from[i] = (x * scatter) & (n - 1);
            to[i] = (y * scatter) & (n - 1);
        }
        return new GraphData(n, from, to);
    }

    private static GraphData grid(int side, int percent, SplittableRandom random) {
        int[] from = new int[2 * side * side];
        int[] to = new int[from.length];
        int m = 0;
        for (int x = 0; x < side * side; x++) {
            if (x % side < side - 1 && random.nextInt(100) < percent) {
                from[m] = x;
                to[m++] = x + 1;
            }
            if (x + side < side * side && random.nextInt(100) < percent) {
                from[m] = x;
                to[m++] = x + side;
            }
        }
        return new GraphData(side * side, java.util.Arrays.copyOf(from, m), java.util.Arrays.copyOf(to, m));
    }

    private static GraphData path(int n) {
        int[] from = new int[n - 1];
        int[] to = new int[n - 1];
        for (int i = 0; i < n - 1; i++) {
            from[i] = i;
            to[i] = i + 1;
        }
        return new GraphData(n, from, to);
    }

    private void shuffle(SplittableRandom random) {
        for (int i = from.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int x = from[i];
            int y = to[i];
            from[i] = from[j];
            to[i] = to[j];
            from[j] = x;
            to[j] = y;
        }
    }

    /** The number of edges. */
    public int m() {
        return from.length;
    }
}
