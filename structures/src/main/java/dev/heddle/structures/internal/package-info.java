// SPDX-License-Identifier: Apache-2.0
/** The tree of blocks, and the cell whose writers combine. Not exported. */
package dev.heddle.structures.internal;
