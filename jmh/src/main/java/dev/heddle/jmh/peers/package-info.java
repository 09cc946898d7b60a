// SPDX-License-Identifier: Apache-2.0

/**
 * The implementations side by side: one small interface a kind of primitive, one adapter a peer. The interfaces are
 * interfaces, not abstract classes, so that verifying the switch which picks a peer loads no other peer, and each
 * fork sees one receiver at every call.
 */
package dev.heddle.jmh.peers;
