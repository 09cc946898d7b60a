// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Covers PC-1: numbers are found among separators as by comparisons, the greatest and the least of their class too. */
class OrderTest {
    private static final List<Long> EDGES = List.of(
            Long.MIN_VALUE, Long.MIN_VALUE + 1, -1L, 0L, 1L, Long.MAX_VALUE - 1, Long.MAX_VALUE, Long.MIN_VALUE / 2);

    private static final SplittableRandom RANDOM = new SplittableRandom(1);

    @Test
    void numbersAmongSeparators_areFoundAsByComparisons() {
        for (int round = 0; round < 2000; round++) {
            TreeSet<Object> longs = new TreeSet<>();
            TreeSet<Object> ints = new TreeSet<>();
            int n = RANDOM.nextInt(1, Nodes.INNER_MAX);
            while (longs.size() < n) {
                longs.add(any());
                ints.add(asInt(any()));
            }
            for (int i = 0; i < 20; i++) {
                Long wanted = any();
                found(longs, wanted);
                found(ints, asInt(wanted));
            }
            longs.forEach(each -> found(longs, each));
            ints.forEach(each -> found(ints, each));
        }
    }

    @Test
    void keyOfAnotherClass_failsAsByComparisons() {
        Inner node = node(new Object[] {1, 2, 3});
        assertThrows(ClassCastException.class, () -> Order.search(node, 2L, null));
        assertThrows(ClassCastException.class, () -> Order.search(node, "2", null));
        assertThrows(ClassCastException.class, () -> Order.search(node(new Object[] {"1"}), 2, null));
        assertThrows(NullPointerException.class, () -> Order.search(node, null, null));
        assertEquals(~1, Order.search(node(new Object[] {"1", "3"}), "2", null));
    }

    private static void found(Set<Object> keys, Object wanted) {
        Object[] seps = keys.toArray();
        int expected = Arrays.binarySearch(seps, wanted);
        assertEquals(expected, Order.search(node(seps), wanted, null), () -> wanted + " in " + keys);
        assertEquals(expected < 0 ? ~expected : expected + 1, Order.kid(node(seps), wanted, null));
    }

    private static Inner node(Object[] seps) {
        return new Inner(seps, new Object[seps.length + 1], 0, 2);
    }

    private static Long any() {
        return switch (RANDOM.nextInt(3)) {
            case 0 -> EDGES.get(RANDOM.nextInt(EDGES.size()));
            case 1 -> RANDOM.nextLong(-20, 20);
            default -> RANDOM.nextLong();
        };
    }

    /** A number at the same edge of its class. */
    private static Integer asInt(Long number) {
        return number > 100 || number < -100 ? (int) (number >> 32) : number.intValue();
    }
}
