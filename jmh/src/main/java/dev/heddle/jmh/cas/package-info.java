// SPDX-License-Identifier: Apache-2.0

/**
 * Counts failed compare-and-sets in the class files that are measured, not in a replica: an agent adds one call after
 * each compare-and-set. The added branch makes the success path slightly slower, so take times from runs without it.
 */
package dev.heddle.jmh.cas;
