// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

/** The tree of a map, for measurements of its nodes. */
public final class Roots {
    private Roots() {}

    /** The root. */
    public static Object of(PersistentSortedMap<?, ?> map) {
        return map.root();
    }
}
