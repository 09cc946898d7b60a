// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.structures.internal.Audit;
import dev.heddle.structures.internal.SplayList;
import dev.heddle.structures.internal.SplayValidator;
import dev.heddle.testkit.Allocations;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Operations of the maps, one allocation of each after the other failing: what they were to do is done, or nothing is. */
public final class ScarceMemoryTrials implements Runnable {
    private static final int KEYS = 40;
    private static final int MANY = 1000; // more allocations than any of these operations makes
    private static final int BURST = 3; // how many fail in a row, in a second run

    private static final Map<String, Consumer<NavigableMap<Integer, Integer>>> STEPS = Map.of(
            "put", map -> map.put(7, 1),
            "put a popular key", ScarceMemoryTrials::putPopular,
            "put again", map -> map.put(8, 1),
            "remove", map -> map.remove(8),
            "poll", NavigableMap::pollFirstEntry,
            "get", map -> map.get(8),
            "merge", map -> map.merge(8, 1, Integer::sum),
            "last", NavigableMap::lastEntry);

    @Override
    public void run() {
        STEPS.forEach((name, step) -> {
            for (int more = 0; more <= BURST; more += BURST) {
                all(name, ScarceMemoryTrials::splayed, step, more);
                all(name, () -> copied(0), step, more);
                all(name, () -> copied(3), step, more);
            }
        });
    }

    /** A list that ages at the next access. */
    private static NavigableMap<Integer, Integer> splayed() {
        SplayListMap<Integer, Integer> map = new SplayListMap<>(new SplayList(null, 1, 2, -2, 100), 1, 2);
        fill(map);
        for (int i = 0; i < KEYS - 1; i++) {
            map.get(2 * (i % 5));
        }
        return map;
    }

    private static NavigableMap<Integer, Integer> copied(int patience) {
        PathCopyingMap<Integer, Integer> map = PathCopyingMap.withPatience(patience, 1);
        fill(map);
        return map;
    }

    private static void fill(Map<Integer, Integer> map) {
        for (int i = 0; i < KEYS; i++) {
            map.put(2 * i, i);
        }
    }

    /** It rises at once. */
    private static void putPopular(NavigableMap<Integer, Integer> map) {
        if (map instanceof SplayListMap<Integer, Integer> splayed) {
            splayed.put(7, 1, 30);
        } else {
            map.put(7, 1);
        }
    }

    private static void all(
            String name,
            Supplier<NavigableMap<Integer, Integer>> maker,
            Consumer<NavigableMap<Integer, Integer>> step,
            int more) {
        boolean reached = true;
        for (int number = 1; reached; number++) {
            NavigableMap<Integer, Integer> map = maker.get();
            String where = map.getClass().getSimpleName() + ", " + name + ", allocation " + number + " and " + more;
            TreeMap<Integer, Integer> before = new TreeMap<>(map);
            TreeMap<Integer, Integer> after = new TreeMap<>(map);
            step.accept(after);
            try {
                reached = Allocations.fail(number, more, () -> step.accept(map));
                assertEquals(after, new TreeMap<>(map), where);
            } catch (OutOfMemoryError e) {
                TreeMap<Integer, Integer> now = new TreeMap<>(map);
                assertTrue(now.equals(before) || now.equals(after), () -> where + ": " + now);
            }
            check(map, where);
            step.accept(map);
            map.put(1001, 1);
            assertEquals(1, map.remove(1001), where);
            check(map, where);
            assertTrue(number < MANY, "no end");
        }
    }

    private static void check(NavigableMap<Integer, Integer> map, String where) {
        assertEquals(new TreeMap<>(map).size(), map.size(), where);
        try {
            if (map instanceof SplayListMap<Integer, Integer> splayed) {
                SplayValidator.check(splayed.list(), null);
            } else {
                Audit.check(((PathCopyingMap<Integer, Integer>) map).root(), null);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(where, e);
        }
    }
}
