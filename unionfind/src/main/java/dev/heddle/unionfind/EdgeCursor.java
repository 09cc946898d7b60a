// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

/** A pass over the edges of a source. One thread at a time uses it. */
public interface EdgeCursor extends AutoCloseable {
    /**
     * Copies the next edges to the beginning of the arrays. A failure of the source is thrown by the first call that has no
     * edge to give before it.
     *
     * @param from takes one end of each edge
     * @param to takes the other
     * @param most how many edges at most, positive
     * @return how many, from 1 on; 0 when there are no more
     * @throws MalformedEdgesException if the source is not what it should be
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    int next(long[] from, long[] to, int most);

    /**
     * How many bytes of the source have been read, for the display of progress.
     *
     * @return that many, or {@link EdgeSource#UNKNOWN}
     */
    default long bytesRead() {
        return EdgeSource.UNKNOWN;
    }

    /** Gives back what the cursor holds; it gives no more edges. */
    @Override
    default void close() {}
}
