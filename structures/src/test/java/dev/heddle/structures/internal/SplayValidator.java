// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;

/** What must hold for a splay-list in which nothing is pending: SL-1, SL-2, SL-4. */
public final class SplayValidator {
    private final SplayIndex index;
    private final Comparator<Object> order;

    private SplayValidator(SplayIndex index, Comparator<Object> order) {
        this.index = index;
        this.order = order;
    }

    /** Throws unless all is well; waits for the lock. */
    public static void check(SplayList list, Comparator<Object> order) {
        list.upkeep().inspect(index -> {
            new SplayValidator(index, order).check();
            return null;
        });
    }

    private void check() {
        checkBase();
        long sum = 0;
        for (SplayEntry e = index.top(); e != null; e = e.rightPlain()) {
            sum += e.weight;
        }
        assertEquals(index.total(), sum, "weight of the top level");
        SplayEntry level = index.top();
        for (int d = 1; d < index.depth() - 1; d++) {
            checkLevel(level, d);
            level = level.down;
        }
        checkLowest(level);
    }

    private void checkBase() {
        long keys = 0;
        long kept = 0;
        boolean afterKept = false;
        Object last = null;
        assertEquals(0, index.head.selfPlain());
        for (SplayNode x = index.head.next(); x != null; x = x.next()) {
            assertNotNull(x.key, "a marker is linked");
            assertTrue(x.value() != null || x.isKept(), "a removed key is linked");
            assertFalse(afterKept && x.isKept(), "kept nodes are neighbours");
            afterKept = x.isKept();
            kept += afterKept ? 1 : 0;
            assertTrue(x.selfPlain() > 0, "an uncounted key");
            assertTrue(last == null || Order.compare(order, last, x.key) < 0, "the base ascends");
            last = x.key;
            keys++;
        }
        assertEquals(keys, index.counted());
        assertEquals(kept, index.kept(), "kept");
        boolean followsSize = index.finest() > 0; // without levels to be taken away the number of keys may fall to none
        assertTrue(!followsSize || (kept * 9) << index.spare <= keys * 28, kept + " kept of " + keys);
        double log = Math.log((double) keys) / Math.log(2) - index.saved;
        assertTrue(keys == 0 || Math.abs(index.finest() - Math.max(0, log)) <= 1, () -> "finest " + index.finest());
        assertEquals(1 + Math.max(1, (index.finest() + 1) / 2), index.depth(), "levels");
    }

    private void checkLevel(SplayEntry start, int d) {
        assertNull(start.key);
        SplayEntry lower = start.down;
        for (SplayEntry e = start; e != null; e = e.rightPlain()) {
            SplayEntry next = e.rightPlain();
            long sum = 0;
            while (lower != null && (next == null || lower != next.down)) {
                sum += lower.weight;
                lower = lower.rightPlain();
            }
            assertEquals(sum, e.weight, "depth " + d + " at " + e.key);
            assertTrue(next == null || next.node == next.down.node);
            assertSame(e.node.key, e.key);
        }
        assertNull(lower);
    }

    private void checkLowest(SplayEntry start) {
        assertNull(start.key);
        assertNull(start.down);
        SplayNode lower = start.node;
        for (SplayEntry e = start; e != null; e = e.rightPlain()) {
            SplayEntry next = e.rightPlain();
            long sum = 0;
            while (lower != null && (next == null || lower != next.node)) {
                assertFalse(lower.isCut());
                sum += lower.selfPlain();
                lower = lower.next();
            }
            assertEquals(sum, e.weight, "lowest level at " + e.key);
        }
        assertNull(lower);
    }
}
