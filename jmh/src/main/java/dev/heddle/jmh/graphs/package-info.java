// SPDX-License-Identifier: Apache-2.0
/** Graphs for the benchmarks, and peers that find their components. */
package dev.heddle.jmh.graphs;
