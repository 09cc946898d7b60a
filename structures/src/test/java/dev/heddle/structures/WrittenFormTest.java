// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InvalidObjectException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers MC-11: streams that no map or set has written are refused, and not read as something else. */
class WrittenFormTest {
    /** A block of four bytes, the number of entries; the first key comes next. */
    private static final String COUNT = "w\4\0\0\0\2";

    /** A string of four letters is written as its mark, its length and the letters; null as one mark. */
    private static final String STRING = "t\0\4";

    private static final String NULL = "p";

    private static final Map<String, String> ENTRIES = new TreeMap<>(Map.of("aaaa", "xxxx", "bbbb", "yyyy"));

    static Stream<Object> maps() {
        PathCopyingMap<String, String> copying = new PathCopyingMap<>(ENTRIES);
        SplayListMap<String, String> splay = new SplayListMap<>(ENTRIES);
        return Stream.of(
                copying.snapshot(),
                copying.snapshot().descendingMap(),
                copying,
                copying.descendingMap(),
                splay,
                splay.descendingMap());
    }

    static Stream<Object> mapsAndSets() {
        SplayListMap<String, String> splay = new SplayListMap<>(ENTRIES);
        SplayListSet<String> set = new SplayListSet<>(ENTRIES.keySet());
        return Stream.concat(
                maps(), Stream.of(new PathCopyingSet<>(ENTRIES.keySet()), splay.keySet(), set, set.descendingSet()));
    }

    @ParameterizedTest
    @MethodSource("mapsAndSets")
    void whatWasWritten_isRead(Object written) throws Exception {
        assertEquals(written, SerialForm.copied(written));
    }

    @ParameterizedTest
    @MethodSource("mapsAndSets")
    void negativeCount_isRefused(Object written) {
        assertRefused(written, COUNT, "w\4\u00ff\u00ff\u00ff\u00ff");
        assertRefused(written, COUNT, "w\4\u0080\0\0\0");
    }

    @ParameterizedTest
    @MethodSource("mapsAndSets")
    void disorder_isRefused(Object written) {
        assertRefused(written, "aaaa", "cccc");
        assertRefused(written, "aaaa", "bbbb");
    }

    @ParameterizedTest
    @MethodSource("mapsAndSets")
    void nullKey_isRefused(Object written) {
        assertRefused(written, STRING + "aaaa", NULL);
    }

    @ParameterizedTest
    @MethodSource("maps")
    void nullValue_isRefused(Object written) {
        assertRefused(written, STRING + "xxxx", NULL);
    }

    @Test
    void rangeWithoutOrder_isRefused() {
        for (NavigableMap<String, String> map : List.of(
                new PathCopyingMap<>(ENTRIES).snapshot(), new PathCopyingMap<>(ENTRIES), new SplayListMap<>(ENTRIES))) {
            assertRefused(map.subMap("abcd", true, "cccc", false), "cccc", "aaab");
            assertRefused(map.subMap("abcd", true, "cccc", false).descendingMap(), "cccc", "aaab");
        }
    }

    private static void assertRefused(Object written, String text, String other) {
        assertThrows(InvalidObjectException.class, () -> SerialForm.edited(written, text, other));
    }
}
