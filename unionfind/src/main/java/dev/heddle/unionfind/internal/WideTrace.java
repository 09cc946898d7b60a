// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/** As {@link Trace}, over the longs below n. */
public final class WideTrace {
    private final Pages targets; // plus one, so that 0 is none
    private final Pages edges; // the same

    /** Of as many vertices as there are cells, none of them linked. */
    WideTrace(Pages cells) {
        targets = cells.ofLength(cells.length());
        edges = cells.ofLength(cells.length());
    }

    void link(long loser, long winner, long edge) {
        targets.setOpaque(loser, winner + 1);
        edges.setOpaque(loser, edge + 1);
    }

    /** Under whom it was linked, or -1. */
    public long target(long vertex) {
        return targets.getOpaque(vertex) - 1;
    }

    /** By which edge it was linked, or -1. */
    public long edge(long vertex) {
        return edges.getOpaque(vertex) - 1;
    }
}
