// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Covers MC-1 to MC-11, SL-11: what a ConcurrentSkipListMap does, and where this map does better. */
class SplayListMapContractTest {
    private final SplayListMap<Integer, String> map = new SplayListMap<>(Map.of(1, "a", 3, "c", 5, "e"));

    @Test
    @SuppressWarnings("ReturnValueIgnored") // what is thrown counts
    void nulls_areRefusedWhereTheContractSaysSo() {
        List<Executable> refused = List.of(
                () -> map.get(null),
                () -> map.put(null, ""),
                () -> map.put(1, null),
                () -> map.put(1, null, 2),
                () -> map.putIfAbsent(2, null),
                () -> map.containsKey(null),
                () -> map.containsValue(null),
                () -> map.replace(1, null),
                () -> map.replace(1, null, ""),
                () -> map.replace(1, "a", null),
                () -> map.merge(1, null, String::concat),
                () -> map.merge(1, "", null),
                () -> map.compute(1, null),
                () -> map.computeIfAbsent(1, null),
                () -> map.headMap(null),
                () -> map.keySet().contains(null),
                () -> map.values().contains(null),
                () -> map.floorKey(null),
                () -> map.hits(null),
                () -> map.putAll(null),
                () -> map.putAll(Collections.singletonMap(2, null)),
                () -> map.replaceAll((key, value) -> null),
                () -> new SplayListMap<Integer, String>(Comparator.nullsFirst(Comparator.naturalOrder())).put(null, ""),
                () -> map.entrySet().iterator().next().setValue(null));
        refused.forEach(each -> assertThrows(NullPointerException.class, each));
        assertFalse(map.remove(1, null));
        assertNull(map.getOrDefault(2, null));
        assertFalse(map.entrySet().contains(null));
        assertFalse(map.values().remove(null));
        assertEquals(Map.of(1, "a", 3, "c", 5, "e"), map);
    }

    @Test
    void keysThatCannotBeCompared_areRefused() {
        SplayListMap<Object, String> objects = new SplayListMap<>();
        assertNull(objects.get(new Object()));
        assertNull(objects.remove(new Object()));
        assertThrows(ClassCastException.class, () -> objects.put(new Object(), ""));
        objects.put(1, "a");
        assertThrows(ClassCastException.class, () -> objects.get("text"));
        assertThrows(ClassCastException.class, () -> objects.put("text", ""));
        assertEquals(1, objects.size());
    }

    @Test
    void ranges_areChecked() {
        assertThrows(IllegalArgumentException.class, () -> map.subMap(5, 3));
        assertTrue(map.subMap(5, false, 5, false).isEmpty());
        ConcurrentNavigableMap<Integer, String> part = map.subMap(2, 5);
        assertThrows(IllegalArgumentException.class, () -> part.put(5, ""));
        assertThrows(IllegalArgumentException.class, () -> part.compute(1, (key, value) -> ""));
        assertThrows(IllegalArgumentException.class, () -> part.tailMap(1));
        assertNull(part.get(5));
        assertNull(part.remove(1));
        assertEquals(Map.of(3, "c"), part);
        assertEquals(1, part.size());
    }

    @Test
    void emptyMap_hasNoFirst() {
        map.clear();
        assertThrows(NoSuchElementException.class, map::firstKey);
        assertThrows(NoSuchElementException.class, map.headMap(1)::lastKey);
        assertNull(map.firstEntry());
        assertNull(map.pollFirstEntry());
        assertNull(map.pollLastEntry());
        assertTrue(map.isEmpty());
    }

    @Test
    void put_keepsTheOldKey() {
        SplayListMap<String, Integer> words = new SplayListMap<>(String.CASE_INSENSITIVE_ORDER);
        words.put("Key", 1);
        assertEquals(1, words.put("KEY", 2));
        assertEquals("{Key=2}", words.toString());
        assertEquals(3, words.merge("new", 3, (one, other) -> {
            throw new AssertionError("called without a value");
        }));
        assertNull(words.compute("key", (key, value) -> null));
        assertEquals("{new=3}", words.toString());
    }

    @Test
    void functions_areCalledAgainOnlyForAnotherValue() {
        AtomicInteger calls = new AtomicInteger();
        assertEquals("b", map.compute(1, (key, old) -> {
            if (calls.incrementAndGet() == 1) {
                map.put(1, "other");
            }
            return old.equals("other") ? "b" : "wrong";
        }));
        assertEquals(2, calls.get());
        assertEquals("x", map.computeIfAbsent(9, key -> {
            map.put(9, "x");
            return "lost";
        }));
        assertEquals("cz", map.merge(3, "z", String::concat));
        assertNull(map.computeIfPresent(5, (key, old) -> null));
        assertEquals(Map.of(1, "b", 3, "cz", 9, "x"), map);
    }

    @Test
    void entryOfAnIterator_writesThrough() {
        Map.Entry<Integer, String> entry = map.entrySet().iterator().next();
        map.remove(1);
        assertEquals("a", entry.setValue("b"));
        assertEquals("b", map.get(1));
        assertEquals("b", entry.getValue());
        assertThrows(UnsupportedOperationException.class, () -> map.firstEntry().setValue(""));
    }

    @Test
    void iterator_removesTheKeyOnce() {
        Iterator<Integer> keys = map.keySet().iterator();
        assertThrows(IllegalStateException.class, keys::remove);
        assertEquals(1, keys.next());
        map.put(1, "again");
        keys.remove();
        assertThrows(IllegalStateException.class, keys::remove);
        assertEquals(3, keys.next());
        assertEquals(5, keys.next());
        assertThrows(NoSuchElementException.class, keys::next);
        assertEquals(Map.of(3, "c", 5, "e"), map);
    }

    @Test
    void views_reportHonestly() {
        assertThrows(UnsupportedOperationException.class, () -> map.keySet().add(7));
        assertFalse(map.keySet().removeAll(List.of(7, 8)));
        assertTrue(map.keySet().retainAll(List.of(1, 3)));
        assertFalse(map.values().retainAll(List.of("a", "c")));
        assertTrue(map.entrySet().removeIf(each -> each.getKey() == 3));
        assertTrue(map.descendingMap().values().remove("a"));
        assertTrue(map.isEmpty());
        SplayListSet<Integer> set = new SplayListSet<>(List.of(2, 1));
        assertFalse(set.addAll(List.of(1, 2)));
        assertTrue(set.descendingSet().addAll(List.of(1, 3)));
        assertEquals("[1, 2, 3]", set.toString());
    }

    @Test
    void spliterators_sayWhatTheyAre() {
        int sorted = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.SORTED | Spliterator.CONCURRENT;
        assertTrue(map.keySet().spliterator().hasCharacteristics(sorted | Spliterator.NONNULL));
        assertNull(map.keySet().spliterator().getComparator());
        assertTrue(map.entrySet().spliterator().getComparator() != null);
        assertThrows(IllegalStateException.class, map.values().spliterator()::getComparator);
        assertEquals(
                List.of(5, 3, 1),
                map.descendingKeySet().stream()
                        .sorted(Comparator.reverseOrder())
                        .toList());
    }

    @Test
    void writtenForm_isReadWithItsSettings_andChecked() throws Exception {
        SplayListMap<Integer, String> made = SplayListMap.<Integer, String>builder()
                .comparator(Comparator.reverseOrder())
                .samplePeriod(7)
                .ageing(3)
                .build();
        made.putAll(map);
        SplayListMap<Integer, String> read = SerialForm.copied(made);
        assertEquals("{5=e, 3=c, 1=a}", read.toString());
        assertEquals(7, read.period());
        assertEquals(3, read.ageing());
        ConcurrentNavigableMap<Integer, String> part =
                SerialForm.copied(map.headMap(4, true).descendingMap());
        assertEquals("{3=c, 1=a}", part.toString());
        assertThrows(IllegalArgumentException.class, () -> part.put(5, ""));
        assertEquals(
                "[3, 5]",
                SerialForm.copied(new SplayListSet<>(map.keySet()).tailSet(2)).toString());
    }

    @Test
    void popularity_isCountedForKeysThatAreAskedFor() {
        SplayListMap<Integer, String> counted = SplayListMap.<Integer, String>builder()
                .samplePeriod(1)
                .ageing(1000)
                .build();
        for (int key = 0; key < 64; key++) {
            counted.put(key, "", key == 7 ? 1000 : 1);
        }
        counted.get(3);
        counted.get(100);
        counted.put(3, "b");
        assertEquals(3, counted.hits(3));
        assertEquals(1000, counted.hits(7));
        assertEquals(0, counted.hits(100));
        SplayListMap.Statistics statistics = counted.statistics();
        assertEquals(66, statistics.counted());
        assertEquals(0, statistics.skipped());
        assertEquals(63 + 2 + 1000, statistics.hits());
        assertEquals(64, Arrays.stream(counted.heights()).sum());
        assertEquals(statistics.levels(), counted.heights().length);
        assertThrows(IllegalArgumentException.class, () -> counted.put(1, "", 0));
        assertThrows(
                IllegalArgumentException.class, () -> SplayListMap.builder().samplePeriod(0));
        assertThrows(
                IllegalArgumentException.class, () -> SplayListMap.builder().ageing(Double.NaN));
    }

    @Test
    void set_withSettings_countsAsTheMapDoes() throws Exception {
        SplayListSet<Integer> counted = SplayListSet.<Integer>builder()
                .comparator(Comparator.reverseOrder())
                .samplePeriod(1)
                .ageing(1000)
                .build();
        assertTrue(counted.add(1, 500));
        assertFalse(counted.add(1, 500));
        assertTrue(counted.add(2));
        assertTrue(counted.contains(2));
        assertEquals(501, counted.hits(1));
        assertEquals(2, counted.hits(2));
        assertEquals("[2, 1]", counted.toString());
        assertEquals("[3, 2, 1]", with(SerialForm.copied(counted), 3).toString());
        assertThrows(IllegalArgumentException.class, () -> counted.add(4, 0));
        assertThrows(NullPointerException.class, () -> counted.add(null, 1));
        assertThrows(
                IllegalArgumentException.class, () -> SplayListSet.builder().samplePeriod(0));
        assertThrows(
                IllegalArgumentException.class, () -> SplayListSet.builder().ageing(1));
    }

    private static <E> Set<E> with(Set<E> elements, E one) {
        elements.add(one);
        return elements;
    }

    @Test
    void popularity_ofManyKeys_needsFewRebuilds() {
        SplayListMap<Integer, String> counted = new SplayListMap<>();
        for (int key = 0; key < 5000; key++) {
            counted.put(key, "", 1_000_000);
        }
        long rebuilds = counted.statistics().rebuilds();
        assertTrue(rebuilds < 150, () -> rebuilds + " rebuilds");
    }
}
