// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.structures.PersistentSortedMap;
import dev.heddle.structures.Roots;
import dev.heddle.structures.internal.TreeNodes;
import dev.heddle.structures.internal.TreePaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Covers PC-12: what a retry reads anew is counted right, on a treap that is one, and on ours. */
class FreshNodesTest {
    private static final int KEYS = 300;
    private static final int OURS = 8_000;

    @Test
    void freshNodes_areThoseThatAComparisonOfTheTwoPathsFinds() {
        SplittableRandom random = new SplittableRandom(1);
        Treap.Node now = null;
        for (int i = 0; i < 3000; i++) {
            int key = random.nextInt(KEYS);
            List<Object> first = Treap.path(now, key);
            for (int writes = random.nextInt(3); writes >= 0; writes--) {
                int other = random.nextInt(KEYS);
                now = random.nextBoolean()
                        ? Treap.inserted(now, other, "", random.nextLong())
                        : Treap.removed(now, other);
            }
            List<Object> second = Treap.path(now, key);
            List<Object> fresh = new ArrayList<>(second);
            fresh.removeIf(node -> isAmong(node, first));
            assertEquals(fresh.size(), FreshNodes.fresh(first, second));
        }
        assertEquals(0, FreshNodes.fresh(Treap.path(now, 7), Treap.path(now, 7)));
    }

    /** Of ours: the nodes of the second path that are in the first version nowhere. */
    @Test
    void freshNodesOfOurs_areThoseThatTheVersionBeforeDoesNotHave() {
        SplittableRandom random = new SplittableRandom(3);
        PersistentSortedMap<Integer, Object> now = PersistentSortedMap.empty();
        for (int i = 0; i < 20_000; i++) {
            now = changed(now, random);
        }
        int deepest = 0;
        for (int i = 0; i < 2_000; i++) {
            int key = random.nextInt(OURS);
            List<Object> first = TreePaths.path(Roots.of(now), key);
            Set<Object> known = TreeNodes.all(Roots.of(now));
            for (int writes = random.nextInt(4); writes >= 0; writes--) {
                now = changed(now, random);
            }
            List<Object> second = TreePaths.path(Roots.of(now), key);
            assertTrue(TreeNodes.isWayTo(key, second), "no way from the root to the leaf");
            long fresh = second.stream().filter(node -> !known.contains(node)).count();
            assertEquals(fresh, FreshNodes.fresh(first, second));
            deepest = Math.max(deepest, second.size());
        }
        assertTrue(deepest >= 3, "no tree: " + deepest);
    }

    private static PersistentSortedMap<Integer, Object> changed(
            PersistentSortedMap<Integer, Object> map, SplittableRandom random) {
        Integer key = random.nextInt(OURS);
        return random.nextBoolean() ? map.plus(key, "") : map.minus(key);
    }

    private static boolean isAmong(Object node, List<Object> nodes) {
        boolean found = false;
        for (Object each : nodes) {
            found |= each == node; // a node is a record: equal ones may be two
        }
        return found;
    }

    @Test
    void treap_holdsWhatATreeMapHolds_inTheShapeOfItsPriorities() {
        Treap treap = new Treap();
        TreeMap<Integer, Object> expected = new TreeMap<>();
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 20_000; i++) {
            int key = random.nextInt(KEYS);
            if (random.nextBoolean()) {
                assertEquals(expected.putIfAbsent(key, i) == null, treap.insert(key, i));
            } else {
                assertEquals(expected.remove(key) != null, treap.remove(key));
            }
            assertEquals(expected.get(key), treap.get(key));
            assertEquals(expected.size(), treap.size());
        }
        assertEquals(expected.size(), checked(treap.root(), -1, KEYS, Long.MAX_VALUE));
    }

    /** The size of a subtree whose keys lie between two and whose priorities are at most that. */
    private static int checked(Treap.Node node, int above, int below, long most) {
        if (node == null) {
            return 0;
        }
        assertTrue(node.key() > above && node.key() < below, "key out of order");
        assertTrue(node.priority() <= most, "priority above that of the parent");
        int size = 1
                + checked(node.left(), above, node.key(), node.priority())
                + checked(node.right(), node.key(), below, node.priority());
        assertEquals(size, node.size());
        return size;
    }
}
