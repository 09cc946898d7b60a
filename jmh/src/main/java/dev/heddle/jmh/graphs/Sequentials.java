// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.graphs;

import java.util.Arrays;

/** Union-find for one thread, as fast as we can write it in Java. Each returns the number of sets. */
final class Sequentials {
    private Sequentials() {}

    /** The smaller id wins; paths are halved. */
    static int byIndex(GraphData graph) {
        int[] parents = identity(graph.n());
        int sets = graph.n();
        for (int i = 0; i < graph.m(); i++) {
            int u = find(parents, graph.from()[i]);
            int v = find(parents, graph.to()[i]);
            if (u != v) {
                parents[Math.max(u, v)] = Math.min(u, v);
                sets--;
            }
        }
        return sets;
    }

    private static int find(int[] parents, int x) {
        int at = x;
        while (parents[at] != at) {
            parents[at] = parents[parents[at]];
            at = parents[at];
        }
        return at;
    }

    /** The larger set wins; a root's cell holds its size, negative. */
    static int bySize(GraphData graph) {
        int[] cells = new int[graph.n()];
        Arrays.fill(cells, -1);
        int sets = graph.n();
        for (int i = 0; i < graph.m(); i++) {
            int u = findSized(cells, graph.from()[i]);
            int v = findSized(cells, graph.to()[i]);
            if (u != v) {
                int winner = cells[u] <= cells[v] ? u : v;
                int loser = u ^ v ^ winner;
                cells[winner] += cells[loser];
                cells[loser] = winner;
                sets--;
            }
        }
        return sets;
    }

    private static int findSized(int[] cells, int x) {
        int at = x;
        while (true) {
            int parent = cells[at];
            if (parent < 0) {
                return at;
            }
            int next = cells[parent];
            if (next < 0) {
                return parent;
            }
            cells[at] = next;
            at = next;
        }
    }

    /** Both walks in turns, each step splicing one path onto the other (Rem's algorithm). */
    static int spliced(GraphData graph) {
        int[] parents = identity(graph.n());
        int sets = graph.n();
        for (int i = 0; i < graph.m(); i++) {
            int u = graph.from()[i];
            int v = graph.to()[i];
            while (parents[u] != parents[v]) {
                if (parents[u] < parents[v]) {
                    int kept = u;
                    u = v;
                    v = kept;
                }
                int parent = parents[u];
                parents[u] = parents[v];
                if (u == parent) {
                    sets--;
                    break;
                }
                u = parent;
            }
        }
        return sets;
    }

    private static int[] identity(int n) {
        int[] parents = new int[n];
        for (int x = 0; x < n; x++) {
            parents[x] = x;
        }
        return parents;
    }
}
