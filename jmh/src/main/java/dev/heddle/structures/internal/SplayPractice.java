// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

/** Accesses of a splay-list that are all counted. */
public final class SplayPractice {
    private SplayPractice() {}

    /** Counts an access to a key that is there. */
    public static void count(SplayList list, Object key) {
        SplayNode node = list.find(key);
        list.upkeep().inspect(index -> {
            index.pass(node, 1);
            return node;
        });
    }
}
