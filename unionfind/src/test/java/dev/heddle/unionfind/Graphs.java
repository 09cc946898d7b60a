// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Generated graphs of every kind that the algorithms treat differently. */
@SuppressWarnings("ArrayRecordComponent")
record Graphs(String name, int n, int[] from, int[] to) {
    /** A graph of at most about {@code most} edges; kind and size are drawn. */
    static Graphs any(SplittableRandom random, int most) {
        int kind = random.nextInt(14);
        int n = 1 + random.nextInt(1 + random.nextInt(most));
        int m = random.nextInt(1 + random.nextInt(most));
        return switch (kind) {
            case 0, 1 -> uniform(random, n, m);
            case 2 -> rmat(random, Integer.highestOneBit(n), m);
            case 3 -> grid(random, (int) Math.sqrt(n), 100, false);
            case 4 -> grid(random, (int) Math.sqrt(n), 100, true);
            case 5 -> grid(random, (int) Math.sqrt(n), 60, false);
            case 6 -> grid(random, (int) Math.sqrt(n), 60, true);
            case 7 -> path(n, false);
            case 8 -> path(n, true);
            case 9 -> star(n);
            case 10 -> uniform(random, n, (int) (n * (0.4 + 0.2 * random.nextDouble()))); // phase transition
            case 11 -> uniform(random, 1 + n / 10, m); // many edges more than once, and loops
            case 12 -> loops(random, n, m);
            default -> new Graphs("empty", n, new int[0], new int[0]);
        };
    }

    static Graphs uniform(SplittableRandom random, int n, int m) {
        return new Graphs(
                "uniform",
                n,
                random.ints(m, 0, n).toArray(),
                random.ints(m, 0, n).toArray());
    }

    static Graphs rmat(SplittableRandom random, int n, int m) {
        int[] from = new int[m];
        int[] to = new int[m];
        for (int i = 0; i < m; i++) {
            for (int bit = 1; bit < n; bit *= 2) {
                double p = random.nextDouble();
                from[i] |= p >= 0.76 ? bit : 0;
                to[i] |= (p >= 0.57 && p < 0.76) || p >= 0.95 ? bit : 0;
            }
        }
        return new Graphs("rmat", n, from, to);
    }

    /** A square grid of which some percent of the edges are there, in row order or shuffled. */
    static Graphs grid(SplittableRandom random, int side, int percent, boolean shuffled) {
        int[] from = new int[2 * side * side];
        int[] to = new int[from.length];
        int m = 0;
        for (int x = 0; x < side * side; x++) {
            for (int step : new int[] {1, side}) {
                boolean there = step == 1 ? x % side < side - 1 : x + side < side * side;
                if (there && random.nextInt(100) < percent) {
                    from[m] = x;
                    to[m++] = x + step;
                }
            }
        }
        int[] order = IntStream.range(0, m).toArray();
        for (int i = m - 1; shuffled && i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return new Graphs("grid", Math.max(1, side * side), pick(from, order), pick(to, order));
    }

    private static int[] pick(int[] values, int[] order) {
        return IntStream.of(order).map(i -> values[i]).toArray();
    }

    static Graphs path(int n, boolean down) {
        int[] lower = IntStream.range(0, n - 1).map(i -> down ? n - 2 - i : i).toArray();
        return new Graphs("path", n, lower, IntStream.of(lower).map(x -> x + 1).toArray());
    }

    static Graphs star(int n) {
        return new Graphs("star", n, new int[n - 1], IntStream.range(1, n).toArray());
    }

    private static Graphs loops(SplittableRandom random, int n, int m) {
        int[] from = random.ints(m, 0, n).toArray();
        return new Graphs("loops", n, from, from.clone());
    }

    RandomAccessEdges edges() {
        return EdgeSource.of(from, to);
    }

    @Override
    public String toString() {
        return name + " of " + n + " vertices, " + from.length + " edges";
    }
}
