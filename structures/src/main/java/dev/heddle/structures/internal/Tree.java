// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Comparator;

/** The value of one key: read, and changed by copying the path to it. */
public final class Tree {
    private Tree() {}

    /**
     * The value of a key.
     *
     * @param root a tree
     * @param key a key
     * @param order of the keys
     * @return its value, or null
     */
    public static Object get(Object root, Object key, Comparator<Object> order) {
        Object node = root;
        while (node instanceof Inner inner) { // ends: one level lower each turn
            node = inner.kids[Order.kid(inner, key, order)];
        }
        Object[] leaf = (Object[]) node;
        int n = leaf.length >> 1;
        int at = Order.search(leaf, n, key, order);
        return at < 0 ? null : leaf[n + at];
    }

    /**
     * Applies an edit that no other thread knows of, and leaves in it what was there before.
     *
     * @param root a tree
     * @param edit the edit
     * @param order of the keys
     * @return the tree that follows: the same one if nothing changed
     */
    public static Object apply(Object root, Edit edit, Comparator<Object> order) {
        if (root == Nodes.EMPTY) {
            Order.compare(order, edit.key, edit.key); // a key that can't be compared fails even when it is alone
        }
        return Nodes.root(edited(root, edit, order));
    }

    private static Object edited(Object node, Edit edit, Comparator<Object> order) {
        if (!(node instanceof Inner inner)) {
            return editedLeaf((Object[]) node, edit, order);
        }
        int found = Order.search(inner, edit.key, order);
        int at = found < 0 ? ~found : found + 1;
        Object kid = inner.kids[at];
        Object fresh = edited(kid, edit, order);
        if (fresh == kid) {
            return inner;
        }
        Object separator = at == 0 ? null : inner.seps[at - 1];
        if (found >= 0 && Nodes.fill(fresh) > 0) {
            separator = Nodes.least(fresh); // the least key of the kid was the one edited, and may have gone
        }
        return Nodes.withKid(inner, at, separator, fresh);
    }

    private static Object editedLeaf(Object[] leaf, Edit edit, Comparator<Object> order) {
        int n = leaf.length >> 1;
        int at = Order.search(leaf, n, edit.key, order);
        Object old = at < 0 ? null : leaf[n + at];
        edit.note(old);
        Object value = edit.change(old);
        if (value == old) {
            return leaf;
        }
        if (old == null) {
            return Nodes.grown(leaf, ~at, edit.key, value);
        }
        if (value == null) {
            return Nodes.leafWithout(leaf, at);
        }
        Object[] fresh = leaf.clone();
        fresh[n + at] = value;
        return fresh;
    }
}
