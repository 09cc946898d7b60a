// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Covers PC-6 I3: the root that an edit makes is no node of the tree before, so it was in no cell before. */
class FreshRootsTest {
    @Test
    void rootAfterAnEdit_isNoNodeOfTheTreeBefore() {
        for (int seed = 0; seed < 200; seed++) {
            run(new SplittableRandom(seed));
        }
    }

    /** Trees that grow and shrink by edits and by joins, down to nothing. */
    private static void run(SplittableRandom random) {
        Object tree = Nodes.EMPTY;
        int keys = 1 << random.nextInt(2, 10);
        boolean grow = true;
        for (int i = 0; i < 1000; i++) {
            grow = random.nextInt(keys) == 0 ? !grow : grow;
            Integer key = random.nextInt(keys);
            Object before = tree;
            tree = Tree.apply(
                    before, random.nextInt(8) < (grow ? 6 : 1) ? new Edit.Put(key, i) : new Edit.Remove(key), null);
            if (tree != before && tree != Nodes.EMPTY) {
                assertFalse(nodes(before).contains(tree));
            }
            if (random.nextInt(20) == 0) {
                Object low = Joins.head(tree, key, random.nextBoolean(), null);
                Object high = Joins.tail(tree, key + random.nextInt(1, 9), true, null);
                tree = random.nextInt(8) == 0 ? high : Joins.join(low, high);
            }
        }
    }

    private static Set<Object> nodes(Object root) {
        Set<Object> found = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(root, found);
        return found;
    }

    private static void collect(Object node, Set<Object> found) {
        found.add(node);
        if (node instanceof Inner inner) {
            for (Object kid : inner.kids) {
                collect(kid, found);
            }
        }
    }
}
