// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.SplittableRandom;

/** The random choices of one worker of a storm. */
final class Dice {
    private static final int LONGEST_WAIT = 200_000; // nanoseconds

    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    /** True once in {@code n} throws. */
    boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    /** From 0 to {@code n - 1}. */
    int below(int n) {
        return random.nextInt(n);
    }

    /** A time-out in nanoseconds: often none at all, never long. */
    long nanos() {
        return oneIn(4) ? 0 : random.nextInt(LONGEST_WAIT);
    }
}
