// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Covers MC-1 to MC-11, PC-4, PC-5, PC-8: what a ConcurrentSkipListMap does, and where this map does better. */
class PathCopyingMapContractTest {
    private final PathCopyingMap<Integer, String> map = new PathCopyingMap<>(Map.of(1, "a", 3, "c", 5, "e"));

    @Test
    @SuppressWarnings("ReturnValueIgnored") // what is thrown counts
    void nulls_areRefusedWhereTheContractSaysSo() {
        List<Executable> refused = List.of(
                () -> map.get(null),
                () -> map.put(null, ""),
                () -> map.put(1, null),
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
                () -> map.putAll(null),
                () -> map.putAll(Collections.singletonMap(2, null)),
                () -> map.replaceAll((key, value) -> null),
                () -> map.update(now -> null),
                () -> new PathCopyingMap<Integer, String>(Comparator.nullsFirst(Comparator.naturalOrder()))
                        .put(null, ""),
                () -> map.entrySet().iterator().next().setValue(null));
        refused.forEach(each -> assertThrows(NullPointerException.class, each));
        assertFalse(map.remove(1, null));
        assertNull(map.getOrDefault(2, null));
        assertFalse(map.entrySet().contains(null));
        assertFalse(map.values().remove(null));
        assertFalse(map.entrySet()
                .contains(
                        Collections.singletonMap(1, null).entrySet().iterator().next()));
        assertEquals(Map.of(1, "a", 3, "c", 5, "e"), map);
    }

    @Test
    void keysThatCannotBeCompared_areRefused() {
        PathCopyingMap<Object, String> objects = new PathCopyingMap<>();
        assertNull(objects.get(new Object()));
        assertNull(objects.remove(new Object()));
        assertThrows(ClassCastException.class, () -> objects.put(new Object(), ""));
        assertThrows(ClassCastException.class, () -> objects.putAll(Map.of(new Object(), "")));
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
        assertThrows(IllegalArgumentException.class, () -> part.putAll(Map.of(3, "", 7, "")));
        assertThrows(IllegalArgumentException.class, () -> part.compute(1, (key, value) -> ""));
        assertThrows(IllegalArgumentException.class, () -> part.tailMap(1));
        assertNull(part.get(5));
        assertNull(part.remove(1));
        assertEquals(Map.of(3, "c"), part);
    }

    @Test
    void functionsOfAKeyOutOfRange_areRefusedIfTheyGiveAValue() {
        ConcurrentNavigableMap<Integer, String> part = map.headMap(3);
        assertNull(part.computeIfAbsent(3, key -> null));
        assertNull(part.compute(3, (key, value) -> value));
        assertNull(part.computeIfPresent(3, (key, value) -> "x"));
        assertThrows(IllegalArgumentException.class, () -> part.computeIfAbsent(3, key -> "x"));
        assertThrows(IllegalArgumentException.class, () -> part.compute(3, (key, value) -> "x"));
        assertThrows(IllegalArgumentException.class, () -> part.merge(3, "x", (one, other) -> null));
        assertEquals(Map.of(1, "a", 3, "c", 5, "e"), map);
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
        PathCopyingMap<String, Integer> words = new PathCopyingMap<>(String.CASE_INSENSITIVE_ORDER);
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
    void entryOfAnIterator_writesThrough() {
        Map.Entry<Integer, String> entry = map.entrySet().iterator().next();
        map.remove(1);
        assertEquals("a", entry.setValue("b"));
        assertEquals("b", map.get(1));
        assertEquals("b", entry.getValue());
        assertThrows(UnsupportedOperationException.class, () -> map.firstEntry().setValue(""));
    }

    @Test
    void iterator_seesOneMoment_andRemovesTheKey() {
        Iterator<Integer> keys = map.keySet().iterator();
        assertThrows(IllegalStateException.class, keys::remove);
        assertEquals(1, keys.next());
        map.put(1, "again");
        map.put(2, "b");
        map.remove(5);
        keys.remove();
        assertThrows(IllegalStateException.class, keys::remove);
        assertEquals(List.of(3, 5), rest(keys));
        assertEquals(Map.of(2, "b", 3, "c"), map);
    }

    private static <T> List<T> rest(Iterator<T> iterator) {
        List<T> list = new ArrayList<>();
        iterator.forEachRemaining(list::add);
        return list;
    }

    @Test
    void writeThatChangesNothing_writesNothing() {
        long before = map.statistics().successes();
        PersistentSortedMap<Integer, String> was = map.snapshot();
        String a = map.get(1);
        assertEquals(a, map.put(1, a));
        map.putIfAbsent(1, "x");
        map.remove(2);
        map.remove(1, "x");
        map.replace(2, "x");
        map.replace(1, "x", "y");
        map.compute(1, (key, value) -> value);
        map.computeIfPresent(2, (key, value) -> "x");
        map.putAll(Map.of());
        map.putAll(Map.of(1, a));
        map.keySet().removeIf(key -> key > 9);
        map.keySet().removeAll(List.of(2, 4));
        map.subMap(6, 9).clear();
        map.replaceAll((key, value) -> value);
        map.update(now -> now);
        assertEquals(before, map.statistics().successes());
        assertTrue(map.compareAndSet(was, was.plus(1, new String("a"))), "an equal value is another value");
        assertNotSame(a, map.get(1));
        assertFalse(map.compareAndSet(was, was));
    }

    @Test
    void update_refusesAnotherOrder() {
        assertThrows(
                IllegalArgumentException.class,
                () -> map.update(now -> PersistentSortedMap.<Integer, String>empty(Comparator.reverseOrder())));
        assertEquals(3, map.size());
        PersistentSortedMap<Integer, String> made =
                map.update(now -> now.plus(7, "g").minus(1));
        assertEquals(Map.of(3, "c", 5, "e", 7, "g"), map);
        assertEquals(made, map);
    }

    /** A function that writes to the map itself makes its own attempt fail. */
    @Test
    void functions_runOnceForEachValueThatTheyMeet() {
        AtomicInteger calls = new AtomicInteger();
        map.compute(1, (key, value) -> {
            if (calls.incrementAndGet() == 1) {
                map.put(9, "elsewhere");
            }
            return value + "b";
        });
        assertEquals(1, calls.get());
        map.merge(1, "c", (value, other) -> {
            if (calls.incrementAndGet() == 2) {
                map.put(1, "here");
            }
            return value + other;
        });
        assertEquals(3, calls.get());
        assertEquals("herec", map.get(1));
        map.computeIfAbsent(2, key -> {
            calls.incrementAndGet();
            map.put(2, "comes");
            map.remove(2);
            return "absent";
        });
        assertEquals(4, calls.get());
        assertEquals("absent", map.get(2));
        map.update(now -> {
            if (calls.incrementAndGet() == 5) {
                map.remove(9);
            }
            return now.plus(10, "last");
        });
        assertEquals(6, calls.get());
        assertEquals(4, map.statistics().failures());
        assertEquals(Map.of(1, "herec", 2, "absent", 3, "c", 5, "e", 10, "last"), map);
    }

    @Test
    void functionThatFails_changesNothing() {
        RuntimeException failure = new IllegalStateException("mine");
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> map.compute(1, (key, value) -> {
                            throw failure;
                        })));
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> map.update(now -> {
                            throw failure;
                        })));
        assertEquals(Map.of(1, "a", 3, "c", 5, "e"), map);
    }

    @Test
    void bulkOperationOfAView_looksAtOneMoment() {
        PathCopyingMap<Integer, String> empty = new PathCopyingMap<>();
        empty.keySet().removeAll(withBetween(1, 2, () -> empty.putAll(Map.of(1, "a", 2, "b"))));
        assertEquals(Map.of(), empty, "one of two keys that came together was removed");
        Runnable change = () -> map.update(now -> now.minus(1).plus(2, "b"));
        assertFalse(map.keySet().containsAll(withBetween(1, 2, change)));
        map.update(now -> now.minus(2).plus(1, "a"));
        assertFalse(map.values().containsAll(withBetween("a", "b", change)));
        map.update(now -> now.minus(2).plus(1, "a"));
        assertFalse(map.entrySet().containsAll(withBetween(Map.entry(1, "a"), Map.entry(2, "b"), change)));
        assertTrue(map.keySet().containsAll(List.of(2, 3, 5)));
    }

    /** Two elements; something happens after the first was asked for. */
    private static <T> Collection<T> withBetween(T first, T second, Runnable between) {
        return new AbstractList<>() {
            @Override
            public T get(int index) {
                if (index == 1) {
                    between.run();
                }
                return index == 0 ? first : second;
            }

            @Override
            public int size() {
                return 2;
            }
        };
    }

    @Test
    void constructors_keepTheOrderOfSortedMapsOnly() {
        TreeMap<Integer, String> down = new TreeMap<>(Comparator.reverseOrder());
        down.putAll(map);
        assertEquals(5, new PathCopyingMap<>(down).firstKey());
        assertEquals(1, new PathCopyingMap<>((Map<Integer, String>) down).firstKey());
        assertNull(map.comparator());
        PathCopyingMap<Integer, String> copy = map.clone();
        copy.remove(1);
        assertEquals(3, map.size());
        assertEquals(2, copy.size());
    }

    @Test
    void spliterators_sayWhatTheyAre() {
        Spliterator<Integer> keys = map.keySet().spliterator();
        map.put(7, "g"); // late-binding
        int all = Spliterator.SIZED
                | Spliterator.SUBSIZED
                | Spliterator.ORDERED
                | Spliterator.SORTED
                | Spliterator.DISTINCT
                | Spliterator.NONNULL;
        assertEquals(all, keys.characteristics());
        assertEquals(
                all | Spliterator.IMMUTABLE,
                map.snapshot().keySet().spliterator().characteristics());
        assertEquals(4, keys.getExactSizeIfKnown());
        assertNull(keys.getComparator());
        map.put(9, "i");
        Spliterator<Integer> first = keys.trySplit();
        assertEquals(2, first.getExactSizeIfKnown());
        List<Integer> seen = new ArrayList<>();
        first.forEachRemaining(seen::add);
        keys.forEachRemaining(seen::add);
        assertEquals(List.of(1, 3, 5, 7), seen);
        var entries = map.descendingMap().entrySet().spliterator();
        assertTrue(entries.getComparator().compare(Map.entry(1, ""), Map.entry(2, "")) > 0);
        assertEquals(
                Comparator.reverseOrder(), map.descendingKeySet().spliterator().getComparator());
        assertThrows(
                IllegalStateException.class, () -> map.values().spliterator().getComparator());
    }

    @Test
    void serialForms_areReadBack() throws Exception {
        assertEquals(map, SerialForm.copied(map));
        PathCopyingMap<Integer, String> down = new PathCopyingMap<>(Collections.reverseOrder());
        down.putAll(map);
        assertEquals(5, SerialForm.copied(down).firstKey());
        assertEquals(
                new ArrayList<>(map.snapshot().keySet()),
                new ArrayList<>(SerialForm.copied(map.snapshot()).keySet()));
        ConcurrentNavigableMap<Integer, String> part =
                SerialForm.copied(map.subMap(2, 9).descendingMap());
        assertEquals("{5=e, 3=c}", part.toString());
        part.put(8, "h");
        assertThrows(IllegalArgumentException.class, () -> part.put(9, ""));
        assertEquals("{3=c}", SerialForm.copied(map.snapshot().subMap(2, 5)).toString());
        PathCopyingSet<Integer> set = new PathCopyingSet<>(Arrays.asList(3, 1, 2));
        assertEquals(set, SerialForm.copied(set));
        assertTrue(SerialForm.copied(set).add(4));
    }
}
