// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

/** Edges that any number of threads may copy from any place. */
public interface RandomAccessEdges extends EdgeSource {
    /**
     * Copies edges to the beginning of the arrays.
     *
     * @param first the first edge to copy
     * @param count how many
     * @param from takes one end of each
     * @param to takes the other
     * @throws IndexOutOfBoundsException if there are no such edges
     */
    void copy(long first, int count, long[] from, long[] to);

    @Override
    default EdgeCursor open() {
        return new EdgeCursor() {
            private long next;
            private boolean closed;

            @Override
            public int next(long[] from, long[] to, int most) {
                int count = closed ? 0 : (int) Math.min(most, edgeCount() - next);
                copy(next, count, from, to);
                next += count;
                return count;
            }

            @Override
            public void close() {
                closed = true;
            }
        };
    }
}
