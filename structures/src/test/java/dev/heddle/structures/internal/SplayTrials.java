// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random operations of a splay-list beside a TreeMap, with the validator now and then. */
public final class SplayTrials implements Runnable {
    private final long seed = Long.getLong("heddle.seed", System.nanoTime());
    private final SplayList list;
    private final Random random = new Random(seed);
    private final TreeMap<Integer, Integer> model = new TreeMap<>();
    private String where;

    /** With levels enough for few keys, some of which are kept. */
    public SplayTrials() {
        this(1, -2, 1, 1);
    }

    SplayTrials(int period, int saved, int popular, int spare) {
        list = new SplayList(null, period, 4, new SplaySizes(saved, 16, popular, spare));
    }

    @Override
    public void run() {
        growAndShrink(600);
        for (int keys : new int[] {1, 2, 5, 60, 1000}) {
            trial(keys, 5_000);
        }
    }

    /** With one hit a key nothing ages, so only their number can ask for other levels. */
    private void growAndShrink(int keys) {
        for (int key = 0; key < keys; key++) {
            list.put(key, key, false);
            if (key % 50 == 0) {
                SplayValidator.check(list, null);
            }
        }
        for (int key = 0; key < keys; key++) {
            assertEquals(key, list.remove(key));
            if (key % 50 == 0) {
                SplayValidator.check(list, null);
            }
        }
    }

    void trial(int keys, int steps) {
        for (int i = 0; i < steps; i++) {
            where = "seed " + seed + ", " + keys + " keys, step " + i;
            step(random.nextInt(random.nextInt(keys) + 1), random.nextInt(100));
            if (i % 500 == 0) {
                SplayValidator.check(list, null);
            }
        }
        SplayValidator.check(list, null);
        assertEquals(model.size(), list.size(), where);
    }

    private void step(Integer key, Integer value) {
        boolean with = random.nextBoolean();
        switch (random.nextInt(8)) {
            case 0 -> assertEquals(model.put(key, value), list.put(key, value, false), where);
            case 1 -> assertEquals(model.putIfAbsent(key, value), list.put(key, value, true, value), where);
            case 2 -> assertEquals(model.remove(key), list.remove(key), where);
            case 3 -> assertFound(with ? model.ceilingEntry(key) : model.higherEntry(key), list.atLeast(key, with));
            case 4 -> assertFound(with ? model.floorEntry(key) : model.lowerEntry(key), list.atMost(key, with));
            case 5 -> assertFound(model.firstEntry(), list.atLeast(null, true));
            case 6 -> assertFound(model.lastEntry(), list.atMost(null, true));
            default -> assertEquals(model.get(key), list.get(key), where);
        }
    }

    private void assertFound(Map.Entry<Integer, Integer> expected, SplayList.Found found) {
        if (expected == null) {
            assertNull(found, where);
        } else {
            assertEquals(expected.getKey(), found.node().key, where);
            assertEquals(expected.getValue(), found.value(), where);
        }
    }
}
