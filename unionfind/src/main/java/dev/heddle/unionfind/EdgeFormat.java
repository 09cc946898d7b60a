// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

/** How edges are written in a file. Text may be compressed by gzip. */
public enum EdgeFormat {
    /** A line an edge, two ids from 0 on; lines that begin with {@code #} are comments. */
    SNAP,

    /** Matrix Market coordinates: a banner, a size line, and a line an entry, ids from 1 on; of a square matrix. */
    MATRIX_MARKET,

    /** DIMACS shortest path: {@code p sp n m} and m lines {@code a u v w}, ids from 1 on. */
    DIMACS,

    /** METIS: a header, and for each vertex the line of its neighbours, ids from 1 on. Each edge is given once. */
    METIS,

    /** Binary: two ints an edge, little endian, from 0 on. */
    INT32_PAIRS,

    /** Binary: two longs an edge, little endian, from 0 on. */
    INT64_PAIRS
}
