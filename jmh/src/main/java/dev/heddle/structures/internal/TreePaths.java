// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.ArrayList;
import java.util.List;

/** The nodes that an operation on a map meets, for the model of what a retry costs. */
public final class TreePaths {
    private TreePaths() {}

    /** The nodes on the way to a key in its natural order, from the root on. */
    public static List<Object> path(Object root, Object key) {
        List<Object> path = new ArrayList<>();
        Object node = root;
        path.add(node);
        while (node instanceof Inner inner) { // ends: one level lower each turn
            node = inner.kids[Order.kid(inner, key, null)];
            path.add(node);
        }
        return path;
    }
}
