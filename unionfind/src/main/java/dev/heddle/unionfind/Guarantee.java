// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

/**
 * What of a result equals that of a sequential run over the same edges in the same order, whatever the number of threads and
 * the schedule. Each level includes the ones before it.
 */
public enum Guarantee {
    /** G0: the partition. Every correct union-find gives this. */
    PARTITION,

    /** G1: the label of every vertex, which is the least vertex of its set. */
    LABELS,

    /**
     * G2: which edges are accepted. They are the lexicographically first spanning forest: with edges sorted by weight, the
     * minimum spanning forest that Kruskal's algorithm finds.
     */
    ACCEPTED_EDGES,

    /**
     * G3: the link forest: for every vertex that is no root the vertex it was linked under and the edge that did it; for every
     * root the size of its set.
     */
    LINK_FOREST
}
