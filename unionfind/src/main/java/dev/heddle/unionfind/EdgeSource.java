// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.unionfind.internal.FileEdges;
import dev.heddle.unionfind.internal.Loader;
import dev.heddle.unionfind.internal.Pairs;
import java.nio.file.Path;

/** Edges in an order: pairs of vertices, each vertex a number from 0 on. Edges from a vertex to itself and repeated ones are legal. */
public interface EdgeSource {
    /** What is said of a number that is not known before the source has been read. */
    long UNKNOWN = -1;

    /**
     * The number of edges.
     *
     * @return that many, or {@link #UNKNOWN}
     */
    long edgeCount();

    /**
     * The number of vertices, if the source says it.
     *
     * @return a number that is greater than every vertex, or {@link #UNKNOWN}
     */
    default long vertexCount() {
        return UNKNOWN;
    }

    /**
     * Begins a pass over the edges.
     *
     * @return a cursor at the first edge
     * @throws java.io.UncheckedIOException if the source cannot be read
     */
    EdgeCursor open();

    /**
     * Edge i is from[i], to[i]. The arrays are not copied.
     *
     * @param from one end of each edge
     * @param to the other
     * @return the edges
     * @throws IllegalArgumentException if the arrays are not of one length
     */
    static RandomAccessEdges of(int[] from, int[] to) {
        return new Pairs.OfInts(from, to);
    }

    /**
     * Edge i is from[i], to[i]. The arrays are not copied.
     *
     * @param from one end of each edge
     * @param to the other
     * @return the edges
     * @throws IllegalArgumentException if the arrays are not of one length
     */
    static RandomAccessEdges of(long[] from, long[] to) {
        return new Pairs.OfLongs(from, to);
    }

    /**
     * Edge i is pairs[2i], pairs[2i + 1]. The array is not copied.
     *
     * @param pairs both ends of each edge
     * @return the edges
     * @throws IllegalArgumentException if the array has an odd length
     */
    static RandomAccessEdges ofPairs(int[] pairs) {
        return new Pairs.Interleaved(pairs);
    }

    /**
     * Edges of a file. The format is told by the name, {@code .mtx}, {@code .gr}, {@code .graph} or {@code .metis} before an
     * optional {@code .gz}, else by how the content begins. Text is read anew in each pass; of what can be read once only, as
     * a pipe, the content tells no format.
     *
     * @param file the file
     * @return the edges; their number is not known before the end, the number of vertices where the header says it
     * @throws MalformedEdgesException if neither name nor content tells the format, or the header is not what it should be
     * @throws java.io.UncheckedIOException if the file cannot be read, or only once and its name does not tell the format
     */
    static EdgeSource read(Path file) {
        return FileEdges.read(file);
    }

    /**
     * Edges of a file.
     *
     * @param file the file
     * @param format how they are written
     * @return the edges
     * @throws MalformedEdgesException if the header, or for binary formats the length, is not what it should be
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    static EdgeSource read(Path file, EdgeFormat format) {
        return FileEdges.read(file, format);
    }

    /**
     * Edges of a binary file, which is mapped into memory and must not be made shorter while it is in use.
     *
     * @param file the file
     * @param format {@link EdgeFormat#INT32_PAIRS} or {@link EdgeFormat#INT64_PAIRS}
     * @return the edges
     * @throws IllegalArgumentException if the format is one of text
     * @throws MalformedEdgesException if the length is not that of whole edges
     * @throws java.io.UncheckedIOException if the file cannot be read
     */
    static RandomAccessEdges map(Path file, EdgeFormat format) {
        return FileEdges.map(file, format);
    }

    /**
     * Reads all edges into arrays.
     *
     * @return the same edges: with their number, and the number of vertices, if this source does not say it one more than the
     *     greatest
     * @throws IndexOutOfBoundsException if a vertex is the greatest long, so that there is no such number
     * @throws MalformedEdgesException if the source is not what it should be
     * @throws java.io.UncheckedIOException if it cannot be read
     * @throws OutOfMemoryError if they are more than an array holds
     */
    default RandomAccessEdges load() {
        return Loader.load(this);
    }
}
