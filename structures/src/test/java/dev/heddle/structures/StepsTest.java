// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Iteration over more than one leaf, in ranges whose ends lie anywhere, by each way there is; and merges of long runs. */
class StepsTest {
    private static final int ROUNDS = 2_000;
    private static final int MOST = 800; // entries: up to four levels

    private final SplittableRandom random = new SplittableRandom(7);
    private int low; // of the range of this round
    private int high;
    private boolean withLow;
    private boolean withHigh;

    @Test
    void everyWay_givesTheEntriesOfTheRange() {
        for (int round = 0; round < ROUNDS; round++) {
            NavigableMap<Integer, Integer> whole = numbers(random.nextInt(round % MOST + 1));
            NavigableMap<Integer, Integer> expected = range(whole, round);
            NavigableMap<Integer, Integer> map = sameRange(new PathCopyingMap<>(whole), expected, round);
            List<Map.Entry<Integer, Integer>> entries = new ArrayList<>(expected.entrySet());
            assertEquals(entries, stepped(map.entrySet().iterator()));
            assertEquals(
                    new ArrayList<>(expected.keySet()), stepped(map.keySet().iterator()));
            assertEquals(
                    new ArrayList<>(expected.values()), stepped(map.values().iterator()));
            List<Map.Entry<Integer, Integer>> told = new ArrayList<>();
            map.forEach((key, value) -> told.add(Map.entry(key, value)));
            assertEquals(entries, told);
            List<Object> keys = new ArrayList<>();
            map.keySet().forEach(keys::add);
            assertEquals(new ArrayList<>(expected.keySet()), keys);
            List<Object> values = new ArrayList<>();
            map.values().forEach(values::add);
            assertEquals(new ArrayList<>(expected.values()), values);
            List<Object> parts = new ArrayList<>();
            split(map.entrySet().spliterator(), parts);
            assertEquals(entries, parts);
        }
    }

    /** Some steps one by one, with or without asking before, then the rest at once. */
    private <T> List<T> stepped(Iterator<T> all) {
        List<T> found = new ArrayList<>();
        int steps = random.nextInt(60);
        for (int i = 0; i < steps && (random.nextBoolean() || all.hasNext()); i++) {
            try {
                found.add(all.next());
            } catch (NoSuchElementException e) {
                break;
            }
        }
        all.forEachRemaining(found::add);
        assertThrows(NoSuchElementException.class, all::next);
        return found;
    }

    private void split(Spliterator<?> all, List<Object> found) {
        for (int i = random.nextInt(3); i > 0; i--) {
            all.tryAdvance(found::add);
        }
        Spliterator<?> first = random.nextInt(3) > 0 ? all.trySplit() : null;
        if (first != null) {
            split(first, found);
        }
        all.forEachRemaining(found::add);
    }

    @Test
    void remove_takesWhatWasGivenLast_inWhicheverLeaf() {
        for (int round = 0; round < ROUNDS / 4; round++) {
            NavigableMap<Integer, Integer> whole = numbers(random.nextInt(MOST));
            NavigableMap<Integer, Integer> expected = range(whole, round);
            NavigableMap<Integer, Integer> map = sameRange(new PathCopyingMap<>(whole), expected, round);
            Iterator<Integer> one = expected.keySet().iterator();
            Iterator<Integer> other = map.keySet().iterator();
            assertThrows(IllegalStateException.class, other::remove);
            while (one.hasNext()) {
                assertEquals(one.next(), other.next());
                if (random.nextBoolean()) {
                    assertEquals(one.hasNext(), other.hasNext()); // may go on to the next leaf
                }
                if (random.nextInt(3) == 0) {
                    one.remove();
                    other.remove();
                    assertThrows(IllegalStateException.class, other::remove);
                }
            }
            assertEquals(expected, map);
        }
    }

    @Test
    void union_ofKeysOfAnyClass_isThatOfTheirOrder() {
        long[] ends = {Long.MIN_VALUE, Long.MIN_VALUE / 2 - 1, -1, Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE};
        for (int round = 0; round < 200; round++) {
            TreeMap<Long, String> a = new TreeMap<>();
            TreeMap<Long, String> b = new TreeMap<>();
            for (int i = random.nextInt(700); i > 0; i--) {
                a.put(random.nextLong(500), "a" + i);
                b.put(random.nextLong(500), "b" + i);
            }
            if (round % 2 == 0) { // differences that overflow
                a.put(ends[random.nextInt(ends.length)], "a");
                b.put(ends[random.nextInt(ends.length)], "b");
            }
            if (round % 5 == 0) {
                b.keySet().retainAll(a.keySet()); // as many entries as on the left, with other values
            }
            TreeMap<Long, String> union = new TreeMap<>(a);
            b.forEach((key, value) -> union.merge(key, value, String::concat));
            assertEquals(union, Trees.audited(of(a).union(of(b), String::concat)));
        }
        assertThrows(ClassCastException.class, () -> ofNumbers(1).union(ofNumbers(1L), (one, other) -> one));
    }

    private static PersistentSortedMap<Long, String> of(NavigableMap<Long, String> entries) {
        return PersistentSortedMap.ofSorted(entries);
    }

    private static PersistentSortedMap<Number, String> ofNumbers(Number key) {
        return PersistentSortedMap.ofSorted(new TreeMap<>(Map.of(key, "")));
    }

    private NavigableMap<Integer, Integer> numbers(int n) {
        TreeMap<Integer, Integer> entries = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            entries.put(random.nextInt(2 * MOST), i);
        }
        return entries;
    }

    private NavigableMap<Integer, Integer> range(NavigableMap<Integer, Integer> whole, int round) {
        NavigableMap<Integer, Integer> some = new TreeMap<>(whole);
        low = random.nextInt(-2, 2 * MOST);
        high = low + random.nextInt(random.nextBoolean() ? 3 : MOST);
        withLow = random.nextBoolean();
        withHigh = random.nextBoolean();
        return view(some, round);
    }

    private NavigableMap<Integer, Integer> sameRange(
            NavigableMap<Integer, Integer> map, NavigableMap<Integer, Integer> expected, int round) {
        NavigableMap<Integer, Integer> view = view(map, round);
        assertEquals(expected, view);
        return view;
    }

    private NavigableMap<Integer, Integer> view(NavigableMap<Integer, Integer> map, int round) {
        NavigableMap<Integer, Integer> part = switch (round % 4) {
            case 0 -> map;
            case 1 -> map.headMap(high, withHigh);
            case 2 -> map.tailMap(low, withLow);
            default -> map.subMap(low, withLow, high, withHigh);
        };
        return round % 8 < 4 ? part : part.descendingMap();
    }
}
