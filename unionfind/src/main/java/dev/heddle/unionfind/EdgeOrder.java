// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.unionfind.internal.Shuffle;
import java.util.function.LongUnaryOperator;

/** The order in which the edges of a batch are taken, and in which a result is that of a sequential run. */
public final class EdgeOrder {
    /** One after the other as the source gives them. */
    public static final EdgeOrder AS_GIVEN = new EdgeOrder(false, 0);

    private final boolean shuffled;
    private final long seed;

    private EdgeOrder(boolean shuffled, long seed) {
        this.shuffled = shuffled;
        this.seed = seed;
    }

    /**
     * A random order that the seed fixes, the same in every release. It takes away what neighbouring edges have in common:
     * conflicts between threads, and the use of caches. Needs {@link RandomAccessEdges}.
     *
     * @param seed chooses the order
     * @return the order
     */
    public static EdgeOrder shuffled(long seed) {
        return new EdgeOrder(true, seed);
    }

    /** From position to edge, or null if they are the same. */
    LongUnaryOperator over(long edges) {
        return shuffled ? new Shuffle(edges, seed)::at : null;
    }

    @Override
    public String toString() {
        return shuffled ? "shuffled(" + seed + ")" : "AS_GIVEN";
    }
}
