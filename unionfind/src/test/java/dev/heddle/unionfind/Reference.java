// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import java.util.Arrays;

/** The sequential run, without compaction or anything else that makes it fast. */
final class Reference {
    final int[] targets;
    final long[] linkEdges;
    final int[] sizes; // of roots
    final boolean[] accepted;
    int sets;

    private Reference(int n, int edges) {
        targets = new int[n];
        linkEdges = new long[n];
        sizes = new int[n];
        accepted = new boolean[edges];
        sets = n;
        Arrays.fill(targets, -1);
        Arrays.fill(linkEdges, -1);
        Arrays.fill(sizes, 1);
    }

    static Reference of(Graphs graph, LinkRule rule) {
        Reference run = new Reference(graph.n(), graph.from().length);
        for (int i = 0; i < graph.from().length; i++) {
            run.apply(i, graph.from()[i], graph.to()[i], rule);
        }
        return run;
    }

    void apply(int edge, int x, int y, LinkRule rule) {
        int u = root(x);
        int v = root(y);
        if (u == v) {
            return;
        }
        boolean down = rule == LinkRule.SIZE
                ? sizes[u] < sizes[v] || (sizes[u] == sizes[v] && u > v)
                : rule == LinkRule.INDEX ? u > v : rule.links().loses(u, v);
        int loser = down ? u : v;
        int winner = down ? v : u;
        targets[loser] = winner;
        linkEdges[loser] = edge;
        sizes[winner] += sizes[loser];
        accepted[edge] = true;
        sets--;
    }

    int root(int x) {
        int at = x;
        while (targets[at] >= 0) {
            at = targets[at];
        }
        return at;
    }

    int[] roots() {
        int[] roots = new int[targets.length];
        Arrays.setAll(roots, this::root);
        return roots;
    }

    int[] labels() {
        int[] least = new int[targets.length];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int x = 0; x < least.length; x++) {
            least[root(x)] = Math.min(least[root(x)], x);
        }
        int[] labels = new int[targets.length];
        Arrays.setAll(labels, x -> least[root(x)]);
        return labels;
    }
}
