// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** All nodes of a tree, by identity. */
public final class TreeNodes {
    private TreeNodes() {}

    /** The root, and whatever is below it. */
    public static Set<Object> all(Object root) {
        Set<Object> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(root, nodes);
        return nodes;
    }

    private static void collect(Object node, Set<Object> nodes) {
        nodes.add(node);
        if (node instanceof Inner inner) {
            for (Object kid : inner.kids) {
                collect(kid, nodes);
            }
        }
    }

    /** Whether each node is a kid of the one before, the last a leaf, and no other leaf has the key. */
    public static boolean isWayTo(Object key, List<Object> path) {
        for (int i = 1; i < path.size(); i++) {
            Object kid = path.get(i);
            if (Arrays.stream(((Inner) path.get(i - 1)).kids).noneMatch(each -> each == kid)) {
                return false;
            }
        }
        Object last = path.get(path.size() - 1);
        return !(last instanceof Inner)
                && all(path.get(0)).stream()
                        .noneMatch(node -> node != last && !(node instanceof Inner) && has(node, key));
    }

    private static boolean has(Object leaf, Object key) {
        Object[] keysAndValues = (Object[]) leaf;
        return Arrays.asList(keysAndValues).subList(0, keysAndValues.length / 2).contains(key);
    }
}
