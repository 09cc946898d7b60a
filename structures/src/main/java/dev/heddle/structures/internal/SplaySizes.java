// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

/**
 * The constants of a splay-list. Tests give it others.
 *
 * @param saved the logarithm of how many keys of average weight a group of the lowest level may weigh; negative for less
 * @param maxPending how many insertions and removals may wait to be worked into the index
 * @param popular how many times the average key's hits the node of a removed key must have to be kept for a while
 * @param spare the logarithm of how many counted keys there are for each one that is kept
 */
public record SplaySizes(int saved, int maxPending, int popular, int spare) {
    /**
     * A group of the lowest level may weigh as much as eight keys do on average: with four, the index has nearly twice as many
     * entries, for 0.4 comparisons less at uniform access and none less at skewed. What may wait are passes for about a
     * millisecond. Under Zipf's law, keys with twice the average hits or more get three of four accesses in a list of 10⁵ keys.
     */
    static final SplaySizes USUAL = new SplaySizes(3, 1024, 2, 4);
}
