// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.util.Arrays;

/** Who was linked under whom, and by which edge: what compaction wipes out. */
public final class Trace {
    private final int[] targets;
    private final long[] edges;

    /** Of n vertices, none of them linked. */
    public Trace(int n) {
        targets = new int[n];
        edges = new long[n];
        Arrays.fill(targets, -1);
        Arrays.fill(edges, -1);
    }

    void link(int loser, int winner, long edge) {
        targets[loser] = winner;
        edges[loser] = edge;
    }

    /** Under whom it was linked, or -1. */
    public int target(int vertex) {
        return targets[vertex];
    }

    /** By which edge it was linked, or -1. */
    public long edge(int vertex) {
        return edges[vertex];
    }
}
