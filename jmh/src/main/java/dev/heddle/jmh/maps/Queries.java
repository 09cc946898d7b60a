// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import java.util.BitSet;
import java.util.SplittableRandom;

/** What one thread asks a sorted map for: the same keys in the same order for each map, drawn before the clock runs. */
public final class Queries {
    private final Integer[] present;
    private final Integer[] any;
    private final SplittableRandom random;
    private int next;

    /** Draws the keys: {@code order} says how often each key that is there is asked for. */
    public Queries(Keys keys, String order, long seed) {
        this(keys, keys.present(order, seed), seed);
    }

    /** The same for a map with other keys: in the place of one that is not there it is asked for the next that is. */
    public Queries(Keys keys, String order, long seed, BitSet there) {
        this(keys, keys.moved(keys.present(order, seed), there), seed);
    }

    private Queries(Keys keys, Integer[] present, long seed) {
        this.present = present;
        any = keys.any(seed);
        random = new SplittableRandom(seed);
    }

    /** The next key that was there when the clock began to run. */
    public Integer present() {
        return present[next++ & (present.length - 1)];
    }

    /** The next key of any, half of which were there at the start. */
    public Integer any() {
        return any[next++ & (any.length - 1)];
    }

    /** True half of the time. */
    public boolean coin() {
        return random.nextBoolean();
    }

    /** True in that share of the cases. */
    public boolean percent(int share) {
        return share > 0 && random.nextInt(100) < share;
    }
}
