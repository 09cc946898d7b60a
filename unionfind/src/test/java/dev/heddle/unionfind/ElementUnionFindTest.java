// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Covers UF-18 for elements of any type. */
class ElementUnionFindTest {
    @Test
    void operations_randomPairs_equalTheSpecification() {
        var random = new SplittableRandom(2);
        for (int round = 0; round < 200; round++) {
            int n = 1 + random.nextInt(60);
            var sets = new ElementUnionFind<String>();
            for (int x = 0; x < n; x++) {
                sets.addElement("e" + x);
            }
            var naive = new Naive(n);
            for (int i = 0; i < n; i++) {
                int x = random.nextInt(n);
                int y = random.nextInt(n);
                assertEquals(naive.sameSet(x, y), sets.inSameSet("e" + x, "e" + y));
                sets.union("e" + x, "e" + y);
                naive.unite(x, y);
                assertTrue(sets.inSameSet("e" + y, "e" + x));
                assertEquals(sets.find("e" + x), sets.find("e" + y));
                assertEquals(naive.setCount(), sets.numberOfSets());
                long members = java.util.stream.IntStream.range(0, n)
                        .filter(z -> naive.sameSet(x, z))
                        .count();
                assertEquals(members, sets.size("e" + x));
            }
            sets.reset();
            assertEquals(n, sets.numberOfSets());
            assertEquals(n == 1, sets.inSameSet("e0", "e" + (n - 1)));
        }
    }

    @Test
    void elements_unknownOrTwice_areRefused() {
        var sets = new ElementUnionFind<>(Set.of("a", "b"));
        assertEquals(2, sets.size());
        var e = assertThrows(IllegalArgumentException.class, () -> sets.find("c"));
        assertTrue(e.getMessage().contains("c"), e::getMessage);
        assertThrows(IllegalArgumentException.class, () -> sets.union("a", "c"));
        assertThrows(IllegalArgumentException.class, () -> sets.inSameSet("c", "a"));
        assertThrows(IllegalArgumentException.class, () -> sets.addElement("a"));
        assertThrows(NullPointerException.class, () -> sets.addElement(null));
        assertThrows(NullPointerException.class, () -> sets.find(null));
        assertThrows(NullPointerException.class, () -> sets.union("a", null));
        assertFalse(sets.inSameSet("a", "b"));
        assertEquals("ElementUnionFind[2 elements, 2 sets]", sets.toString());
    }
}
