// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/** A way to apply some blocks of a batch. */
interface Part {
    /**
     * Applies blocks from number {@code start}, which is the next one, until there are none below the limit, the batch has
     * failed, or it is to stop. Returns the number of the block that comes next.
     */
    long run(long start, long limit);
}
