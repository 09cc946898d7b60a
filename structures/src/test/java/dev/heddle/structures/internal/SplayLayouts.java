// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

/** Levels as they are laid out anew, and popularity beyond 32 bits. */
public final class SplayLayouts implements Runnable {
    private static final int KEYS = 10_000;

    @Override
    public void run() {
        evenly();
        unevenly();
        beyondInt();
    }

    private static void evenly() {
        noTwoEntriesAreLight(SplayKept.filled(KEYS, null));
    }

    private static void unevenly() {
        Random random = new Random(45);
        SplayList list = SplayKept.filled(KEYS, null);
        for (int i = 0; i < 2 * KEYS; i++) {
            list.get((int) (KEYS * Math.pow(random.nextDouble(), 3)));
        }
        noTwoEntriesAreLight(list);
    }

    /** SL-3: two neighbours of a level would be one entry, were they light enough for it together. */
    private static void noTwoEntriesAreLight(SplayList list) {
        list.upkeep().inspect(index -> {
            index.rebuild();
            SplayEntry level = index.top();
            for (int d = 1; d < index.depth(); d++) {
                long limit = index.total() >> index.shift(d);
                int entries = 1;
                for (SplayEntry e = level; e.rightPlain() != null; e = e.rightPlain()) {
                    SplayEntry next = e.rightPlain();
                    long first = next.down == null ? next.node.selfPlain() : next.down.weight;
                    assertTrue(e.weight + first > limit, e.weight + " and " + first + " at depth " + d);
                    entries++;
                }
                assertTrue(entries <= (2L << index.shift(d)) + 1, entries + " entries at depth " + d);
                level = level.down;
            }
            return null;
        });
        SplayValidator.check(list, null);
    }

    /** SL-4: neither the hits of a key nor their sum fit into an int; the number of levels is that of the keys all the same. */
    private static void beyondInt() {
        SplayList list = new SplayList(null, 1, 1e6);
        for (int key = 0; key < KEYS; key++) {
            list.put(key, key, false);
        }
        long[] heights = list.heights();
        for (int key = KEYS; key < KEYS + 3; key++) {
            list.put(key, key, false, Long.MAX_VALUE);
            assertTrue(list.hits(key) > Integer.MAX_VALUE, list.hits(key) + " hits");
            list.get(key);
            SplayValidator.check(list, null);
        }
        assertEquals(heights.length, list.heights().length, "levels");
        assertTrue(heights.length - 1 <= height(list, KEYS + 2), "a key that has nearly all hits is in the top level");
    }

    private static int height(SplayList list, int key) {
        return list.upkeep().inspect(index -> {
            SplayEntry level = index.top();
            for (int height = index.depth() - 1; height > 0; height--) {
                for (SplayEntry e = level.rightPlain(); e != null; e = e.rightPlain()) {
                    if (e.key.equals(key)) {
                        return height;
                    }
                }
                level = level.down;
            }
            return 0;
        });
    }
}
