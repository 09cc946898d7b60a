// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Covers MC-11: the methods that sorted maps and sets have from JDK 21 on. The classes are compiled for 17, so they are
 * called by their names; on a JDK that lacks them it is asserted that it does.
 */
class SequencedMethodsTest {
    private static final boolean THERE = Runtime.version().feature() >= 21;
    private static final Map<String, Integer> ENTRIES = new TreeMap<>(Map.of("a", 1, "b", 2, "c", 3, "d", 4));

    static Stream<NavigableMap<String, Integer>> liveMaps() {
        PathCopyingMap<String, Integer> copying = new PathCopyingMap<>(ENTRIES);
        SplayListMap<String, Integer> splay = new SplayListMap<>(ENTRIES);
        return Stream.of(
                new PathCopyingMap<>(ENTRIES),
                copying.subMap("b", true, "d", false),
                copying.descendingMap(),
                new SplayListMap<>(ENTRIES),
                splay.subMap("b", true, "d", false),
                splay.descendingMap());
    }

    static Stream<NavigableMap<String, Integer>> maps() {
        PersistentSortedMap<String, Integer> fixed = new PathCopyingMap<>(ENTRIES).snapshot();
        return Stream.concat(liveMaps(), Stream.of(fixed, fixed.headMap("c", true), fixed.descendingMap()));
    }

    static Stream<NavigableSet<String>> liveSets() {
        return Stream.concat(
                liveMaps().map(NavigableMap::navigableKeySet),
                Stream.of(
                        new PathCopyingSet<>(ENTRIES.keySet()),
                        new SplayListSet<>(ENTRIES.keySet()),
                        new SplayListSet<>(ENTRIES.keySet()).tailSet("b", true)));
    }

    @ParameterizedTest
    @MethodSource("maps")
    void reversedMap_isTheDescendingOne(NavigableMap<String, Integer> map) throws Exception {
        if (THERE) {
            Map<?, ?> reversed = (Map<?, ?>) call(NavigableMap.class, map, "reversed");
            assertEquals(map.descendingMap(), reversed);
            assertEquals(map.descendingMap().toString(), reversed.toString());
            assertEquals(
                    map.toString(),
                    call(NavigableMap.class, reversed, "reversed").toString());
        } else {
            assertThrows(NoSuchMethodException.class, () -> NavigableMap.class.getMethod("reversed"));
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void sequencedViews_areInOrder(NavigableMap<String, Integer> map) throws Exception {
        if (THERE) {
            assertEquals(
                    map.keySet().toString(),
                    call(NavigableMap.class, map, "sequencedKeySet").toString());
            assertEquals(
                    map.values().toString(),
                    call(NavigableMap.class, map, "sequencedValues").toString());
            assertEquals(
                    map.entrySet().toString(),
                    call(NavigableMap.class, map, "sequencedEntrySet").toString());
        } else {
            assertThrows(NoSuchMethodException.class, () -> NavigableMap.class.getMethod("sequencedKeySet"));
        }
    }

    @ParameterizedTest
    @MethodSource("maps")
    void putFirstAndLast_areRefused(NavigableMap<String, Integer> map) throws Exception {
        if (THERE) {
            String before = map.toString();
            for (String name : List.of("putFirst", "putLast")) {
                var method = NavigableMap.class.getMethod(name, Object.class, Object.class);
                var thrown = assertThrows(InvocationTargetException.class, () -> method.invoke(map, "c", 5));
                assertInstanceOf(UnsupportedOperationException.class, thrown.getCause());
            }
            assertEquals(before, map.toString());
        } else {
            assertThrows(
                    NoSuchMethodException.class,
                    () -> NavigableMap.class.getMethod("putFirst", Object.class, Object.class));
        }
    }

    @ParameterizedTest
    @MethodSource("liveSets")
    void endsOfASet_areSeenAndRemoved_butNotAdded(NavigableSet<String> set) throws Exception {
        if (THERE) {
            List<String> expected = new ArrayList<>(set);
            String descending = set.descendingSet().toString();
            assertEquals(descending, call(NavigableSet.class, set, "reversed").toString());
            assertEquals(expected.get(0), call(NavigableSet.class, set, "getFirst"));
            assertEquals(expected.get(expected.size() - 1), call(NavigableSet.class, set, "removeLast"));
            assertEquals(expected.get(0), call(NavigableSet.class, set, "removeFirst"));
            assertEquals(expected.subList(1, expected.size() - 1), new ArrayList<>(set));
            for (String name : List.of("addFirst", "addLast")) {
                var method = NavigableSet.class.getMethod(name, Object.class);
                var thrown = assertThrows(InvocationTargetException.class, () -> method.invoke(set, "b"));
                assertInstanceOf(UnsupportedOperationException.class, thrown.getCause());
            }
        } else {
            assertThrows(NoSuchMethodException.class, () -> NavigableSet.class.getMethod("reversed"));
        }
    }

    private static Object call(Class<?> type, Object of, String name) throws ReflectiveOperationException {
        return type.getMethod(name).invoke(of);
    }
}
