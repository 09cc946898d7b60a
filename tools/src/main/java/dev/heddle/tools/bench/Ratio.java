// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

/**
 * How many times faster ours is than a peer.
 *
 * @param peer the peer
 * @param median median time of the peer by median time of ours
 * @param low the least ratio of medians of one round
 * @param high the greatest
 */
record Ratio(String peer, double median, double low, double high) {
    static Ratio of(String peer, Figures ours, Figures theirs) {
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (int round = 0; round < Math.min(ours.rounds(), theirs.rounds()); round++) {
            double ratio = theirs.timeOfRound(round) / ours.timeOfRound(round);
            low = Math.min(low, ratio);
            high = Math.max(high, ratio);
        }
        return new Ratio(peer, theirs.time() / ours.time(), low, high);
    }
}
