// SPDX-License-Identifier: Apache-2.0
/** The tree of blocks, the cell whose writers combine, and the splay-list with its index. Not exported. */
package dev.heddle.structures.internal;
