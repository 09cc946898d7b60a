// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static dev.heddle.structures.Trees.audited;
import static dev.heddle.structures.Trees.same;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.structures.internal.Diff;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers PC-1, PC-9, PC-10, PC-11: every operation gives what a TreeMap gives, and a tree in shape. */
class PersistentSortedMapTest {
    @Test
    void randomOperations_giveWhatATreeMapGives() {
        new PersistentTrials(100, 7).run();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void algebraInAPool_givesWhatOneThreadGives(int threads) {
        NavigableMap<Integer, Integer> a = Trees.numbers(Trees.random(1), 20_000, 60_000, null);
        NavigableMap<Integer, Integer> b = Trees.numbers(Trees.random(2), 30_000, 60_000, null);
        PersistentSortedMap<Integer, Integer> left = PersistentSortedMap.ofSorted(a);
        PersistentSortedMap<Integer, Integer> right = PersistentSortedMap.ofSorted(b);
        int shared = left.intersect(right, (x, y) -> x).size();
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            AtomicInteger calls = new AtomicInteger();
            same(left.union(right, (x, y) -> x - y), audited(left.union(right, (x, y) -> count(calls, x - y), pool)));
            same(
                    left.intersect(right, (x, y) -> x - y),
                    audited(left.intersect(right, (x, y) -> count(calls, x - y), pool)));
            assertEquals(2 * shared, calls.get(), "once for each key of both");
            same(left.minusAll(right), audited(left.minusAll(right, pool)));
            same(left.filter((key, value) -> key % 3 == 0), audited(left.filter((key, value) -> key % 3 == 0, pool)));
            same(
                    left.mapValues((key, value) -> value + key),
                    audited(left.mapValues((key, value) -> value + key, pool)));
            assertSame(left, left.filter((key, value) -> true, pool));
        } finally {
            pool.shutdown();
        }
    }

    private static int count(AtomicInteger calls, int result) {
        calls.incrementAndGet();
        return result;
    }

    @Test
    void operationsThatChangeNothing_giveTheSameMap() {
        PersistentSortedMap<Integer, Integer> map =
                PersistentSortedMap.ofSorted(Trees.numbers(Trees.random(3), 5000, 10_000, null));
        Integer key = map.firstKey();
        assertSame(map, map.plus(key, map.get(key)));
        assertSame(map, map.minus(-1));
        assertSame(map, map.plusAll(Map.of()));
        assertSame(map, map.plusAll(map));
        assertSame(map, map.union(map.filter((k, v) -> k % 2 == 0), (mine, other) -> mine));
        assertSame(map, map.intersect(map, (mine, other) -> mine));
        assertSame(map, map.minusAll(List.of(-1, 10_000)));
        assertSame(map, map.filter((k, v) -> true));
        assertSame(map, map.range(KeyRange.all()));
        assertTrue(map.minusAll(map).isEmpty());
    }

    @Test
    void differences_costWhatHasChanged() {
        PersistentSortedMap<Integer, Integer> older =
                PersistentSortedMap.ofSorted(Trees.numbers(Trees.random(4), 100_000, 1_000_000, null));
        PersistentSortedMap<Integer, Integer> newer = older;
        for (int i = 0; i < 10; i++) {
            newer = newer.plus(i * 99_991, i).minus(older.higherKey(i * 90_001));
        }
        assertEquals(0, Diff.visit(older.root(), older.root(), null, (key, before, after) -> {}));
        long entered = Diff.visit(older.root(), newer.root(), null, (key, before, after) -> {});
        assertTrue(entered < 20 * 2 * 3 * 8, "entered " + entered + " nodes"); // changes, trees, neighbours, height
        assertEquals(
                older.size(),
                newer.size()
                        - PersistentSortedMap.diff(older, newer).stream()
                                .mapToInt(
                                        change -> (change.before() == null ? 1 : 0) - (change.after() == null ? 1 : 0))
                                .sum());
    }

    @Test
    void equalKeys_areThoseOfTheLeftMap() {
        for (int few : new int[] {1, 100, 5000}) {
            for (int many : new int[] {1, 100, 5000}) {
                PersistentSortedMap<String, Integer> lower = keys("k", few);
                PersistentSortedMap<String, Integer> upper = keys("K", many);
                assertEquals(few, count(lower.union(upper, Integer::sum), "k"));
                assertEquals(Math.min(few, many), count(lower.intersect(upper, Integer::sum), "k"));
                assertEquals(few, count(lower.plusAll(upper), "k"));
                audited(lower.union(upper, Integer::sum));
            }
        }
    }

    /** Keys that are equal whatever their case. */
    private static PersistentSortedMap<String, Integer> keys(String letter, int n) {
        TreeMap<String, Integer> keys = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < n; i++) {
            keys.put(letter + i, i);
        }
        return PersistentSortedMap.ofSorted(keys);
    }

    private static int count(PersistentSortedMap<String, Integer> map, String letter) {
        return (int) map.keySet().stream().filter(key -> key.startsWith(letter)).count();
    }

    @Test
    void makingOne_checksItsInput() {
        List<Map.Entry<Integer, Integer>> entries = Arrays.asList(Map.entry(1, 1), Map.entry(2, 2), Map.entry(2, 3));
        assertEquals(Map.of(1, 1, 2, 3), PersistentSortedMap.ofSorted(null, entries));
        assertThrows(
                IllegalArgumentException.class, () -> PersistentSortedMap.ofSorted(Comparator.reverseOrder(), entries));
        PersistentSortedMap<Integer, Integer> map = PersistentSortedMap.copyOf(Map.of(3, 3, 1, 1));
        assertEquals("{1=1, 3=3}", map.toString());
        assertThrows(NullPointerException.class, () -> map.plus(null, 1));
        assertThrows(NullPointerException.class, () -> map.plus(1, null));
        assertThrows(NullPointerException.class, () -> map.mapValues((key, value) -> null));
        assertThrows(NullPointerException.class, () -> map.union(map, (one, other) -> null));
        assertThrows(IndexOutOfBoundsException.class, () -> map.select(2));
        assertThrows(IllegalArgumentException.class, () -> map.countRange(3, 1));
        assertThrows(
                IllegalArgumentException.class,
                () -> map.union(PersistentSortedMap.empty(Comparator.reverseOrder()), (one, other) -> one));
    }
}
