// SPDX-License-Identifier: Apache-2.0
/** The sorted maps that are compared, and the treap of the paper on path copying. */
package dev.heddle.jmh.maps;
