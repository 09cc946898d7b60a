// SPDX-License-Identifier: Apache-2.0
/**
 * Disjoint sets that many threads unite and query.
 *
 * <ul>
 *   <li>{@link dev.heddle.unionfind.ConcurrentUnionFind} is for online use: linearizable, and no call waits for another.
 *   <li>{@link dev.heddle.unionfind.DeterministicUnionFind} applies batches of edges in parallel, with results that equal
 *       those of a sequential run; {@link dev.heddle.unionfind.Guarantee} says which.
 *   <li>{@link dev.heddle.unionfind.SpanningForest} finds minimum spanning forests.
 *   <li>{@link dev.heddle.unionfind.ElementUnionFind} is for objects and one thread.
 * </ul>
 *
 * <p>The classes that begin with {@code Long} are for more members than there are ints.
 *
 * <p>What differs from the papers named in the classes: the parallel filter with an ordered commit is our own; reservations
 * hold both ends of an edge, since those of one end are deterministic without being sequential; edges in flight conflict only
 * over the tree that one of them links.
 */
package dev.heddle.unionfind;
