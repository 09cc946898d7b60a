// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;

/** Popular keys are removed: of how many the nodes are kept, beside which others, and for how long. */
public final class SplayKept implements Runnable {
    private static final int KEYS = 10_000;

    @Override
    public void run() {
        neighbours();
        neighboursAfterAnError();
        many();
        forgotten();
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

    /** A comparator throws while the key between two kept ones is taken out. */
    private static void neighboursAfterAnError() {
        Failing order = new Failing();
        SplayList list = filled(1_000, order);
        for (int key : new int[] {500, 502}) {
            ask(list, key, 100);
            list.remove(key);
        }
        assertEquals(2, kept(list));
        order.left = Long.MAX_VALUE;
        list.find(501);
        order.left = Long.MAX_VALUE - order.left; // the search of the removal does not fail
        assertThrows(IllegalStateException.class, () -> list.remove(501));
        order.left = Long.MAX_VALUE;
        assertEquals(1, kept(list), "no key between is there any more");
        SplayValidator.check(list, order);
    }

    /** Fails once after so many comparisons. */
    private static final class Failing implements Comparator<Object> {
        private long left = Long.MAX_VALUE;

        @Override
        public int compare(Object a, Object b) {
            if (left-- == 0) {
                throw new IllegalStateException("meant to fail");
            }
            return Integer.compare((Integer) a, (Integer) b);
        }
    }

    private static void many() {
        SplayList list = filled(KEYS, null);
        for (int key = 0; key < KEYS; key += 10) {
            ask(list, key, 60);
        }
        for (int key = 0; key < KEYS; key += 10) {
            list.remove(key);
        }
        long most = kept(list);
        assertTrue(most >= KEYS / 20 && most <= KEYS / 16, most + " kept");
        SplayValidator.check(list, null);
        for (int key = 0; key < KEYS; key++) { // fewer keys need fewer levels
            if (key % 10 < 7) { // the others part those that are kept
                list.remove(key);
            }
        }
        assertEquals(0, kept(list), "they were too many");
    }

    private static void forgotten() {
        SplayList list = filled(1_000, null);
        ask(list, 500, 98);
        long hits = list.hits(500);
        list.remove(500);
        rebuild(list);
        assertEquals(1, kept(list), "it is still popular");
        list.put(500, 500, false);
        assertEquals((hits + 1) / 2, list.hits(500));
        list.remove(500);
        for (int i = 0; i < 5; i++) { // 25, 13, 7, 4, 2
            assertEquals(1, kept(list), "rebuilt " + i + " times");
            rebuild(list);
            SplayValidator.check(list, null);
        }
        assertEquals(0, kept(list), "it is forgotten");
    }

    static void rebuild(SplayList list) {
        list.upkeep().inspect(index -> {
            index.rebuild();
            return null;
        });
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
