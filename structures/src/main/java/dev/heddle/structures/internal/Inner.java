// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

/** An inner node of the tree: immutable but for a memory of aggregates. */
final class Inner {
    /** {@code seps[i]} is the least key of {@code kids[i + 1]}: the object, not only an equal one. */
    final Object[] seps;

    final Object[] kids;
    final int size; // entries below
    final int height; // of the leaves: 0

    /** Aggregates that were asked for, or null. Racy: each is immutable, and one that gets lost is made again. */
    Folds.Memo memo;

    Inner(Object[] seps, Object[] kids, int size, int height) {
        this.seps = seps;
        this.kids = kids;
        this.size = size;
        this.height = height;
    }
}
