// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Covers UF-20. */
class EdgeOrderTest {
    @Test
    void shuffled_anyLength_isABijection() {
        for (int m = 1; m <= 10_000; m += m < 300 ? 1 : 97) {
            var order = EdgeOrder.shuffled(m).over(m);
            BitSet seen = new BitSet(m);
            for (int i = 0; i < m; i++) {
                int edge = (int) order.applyAsLong(i);
                assertFalse(seen.get(edge));
                seen.set(edge);
            }
            assertEquals(m, seen.length());
        }
    }

    @Test
    void shuffled_goldenValues_stayForEver() {
        long sum = 0;
        for (long m : new long[] {2, 3, 1000, 4096, 40_000_000, 1L << 40}) {
            var order = EdgeOrder.shuffled(20).over(m);
            for (int i = 0; i < Math.min(m, 500); i++) {
                sum = 31 * sum + order.applyAsLong(i);
            }
        }
        assertEquals(GOLDEN, sum);
        assertNotEquals(
                EdgeOrder.shuffled(1).over(1 << 20).applyAsLong(7),
                EdgeOrder.shuffled(2).over(1 << 20).applyAsLong(7));
        assertNull(EdgeOrder.AS_GIVEN.over(5));
    }

    private static final long GOLDEN = -2445888717851780015L;
}
