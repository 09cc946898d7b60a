// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.SplayList;

/** What is inside a map, for measurements of its nodes. */
public final class Roots {
    private Roots() {}

    /** The root. */
    public static Object of(PersistentSortedMap<?, ?> map) {
        return map.root();
    }

    /** The list of a map. */
    public static SplayList list(SplayListMap<?, ?> map) {
        return map.list();
    }
}
