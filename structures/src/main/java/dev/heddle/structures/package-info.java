// SPDX-License-Identifier: Apache-2.0
/**
 * Sorted maps and sets for many threads in which every operation is atomic and a snapshot takes constant time, the
 * immutable sorted map behind them, and the construction that makes a shared variable of any persistent structure.
 *
 * <p>Users: programs that report on, hand out, or compare versions of data that others change; programs that change
 * several keys as one step; indexes that are asked for ranges, ranks and sums.
 *
 * <p>{@link SplayListMap} and {@link SplayListSet} are for access that favours some keys: those are found in fewer steps.
 * Operations of one key are atomic. They are the splay-list of V. Aksenov, D. Alistarh, A. Drozdova, A. Mohtashami, <em>The
 * Splay-List: A Distribution-Adaptive Concurrent Skip-List</em>, DISC 2020.
 *
 * <p>The construction of the others is that of V. Aksenov, T. Brown, A. Fedorov, I. Kokorin, <em>Unexpected Scaling in Path
 * Copying Trees</em>, PPoPP 2023, over a wide tree with blocked leaves, with writers that combine. Where they differ from the
 * papers is said in the notes of the classes and in {@code proofs-notes}.
 */
package dev.heddle.structures;
