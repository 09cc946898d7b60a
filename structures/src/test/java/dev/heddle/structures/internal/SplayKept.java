// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;

/** Popular keys are removed: of how many the nodes are kept, beside which others, and for how long. */
public final class SplayKept implements Runnable {
    private static final int KEYS = 10_000;

    @Override
    public void run() {
        neighbours();
        many();
    }

    private static void neighbours() {
        SplayList list = filled(1_000, null);
        list.remove(300);
        assertEquals(0, kept(list), "not popular");
        for (int key : new int[] {500, 501, 503}) {
            ask(list, key, 100);
        }
        list.remove(500);
        list.remove(501);
        assertEquals(1, kept(list), "it has a kept neighbour");
        list.remove(503);
        assertEquals(2, kept(list), "a key between is there");
        list.remove(502);
        assertEquals(1, kept(list), "no key between is there any more");
        SplayValidator.check(list, null);
    }

    private static void many() {
        SplayList list = filled(KEYS, null);
        for (int key = 0; key < KEYS; key += 10) {
            ask(list, key, 10);
        }
        for (int key = 0; key < KEYS; key += 10) {
            list.remove(key);
        }
        long most = kept(list);
        assertTrue(most >= KEYS / 20 && most <= KEYS / 16, most + " kept");
        SplayValidator.check(list, null);
        for (int key = 1; key < 2 * KEYS / 3; key++) { // fewer keys need fewer levels
            list.remove(key);
        }
        assertEquals(0, kept(list));
    }

    private static void ask(SplayList list, int key, int times) {
        for (int i = 0; i < times; i++) {
            list.get(key);
        }
    }

    static SplayList filled(int keys, Comparator<Object> order) {
        SplayList list = new SplayList(order, 1, 4);
        for (int key = 0; key < keys; key++) {
            list.put(key, key, false);
        }
        return list;
    }

    static long kept(SplayList list) {
        return list.upkeep().inspect(SplayIndex::kept);
    }
}
