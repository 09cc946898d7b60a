// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

/** How a batch of edges is applied. What comes out is the same up to the {@link #guarantee() guarantee}. */
public enum Algorithm {
    /**
     * One after the other or {@link #PIPE}, whichever is measured to be faster on the edges at hand. The choice changes
     * nothing but the time.
     */
    AUTO(Guarantee.LINK_FOREST),

    /** Threads reject edges in parallel; those that are left are linked in order, by one thread at a time. */
    PIPE(Guarantee.LINK_FOREST),

    /**
     * Rounds in which all edges of a window reserve their roots and the least ones link. The only one that overlaps links of
     * neighbouring edges, and the only one whose link forest is not the sequential one. Four more bytes a vertex.
     */
    RESERVATIONS(Guarantee.ACCEPTED_EDGES),

    /** Each thread links its edge as soon as no earlier one can want the same tree. Made for a random order of the edges. */
    WINDOW(Guarantee.LINK_FOREST),

    /** One after the other in the calling thread. */
    SEQUENTIAL(Guarantee.LINK_FOREST);

    private final Guarantee guarantee;

    Algorithm(Guarantee guarantee) {
        this.guarantee = guarantee;
    }

    /**
     * What is equal to a sequential run.
     *
     * @return the strongest level that this algorithm gives
     */
    public Guarantee guarantee() {
        return guarantee;
    }
}
