// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Comparator;
import java.util.Map;

/** Entries by the place of their keys: neighbours, ends, ranks. */
public final class Seek {
    private Seek() {}

    /**
     * The entry with the greatest key up to a key.
     *
     * @param root a tree
     * @param key a key
     * @param with whether an equal key counts
     * @param order of the keys
     * @return the entry, or null
     */
    public static Map.Entry<Object, Object> atMost(Object root, Object key, boolean with, Comparator<Object> order) {
        Object node = root;
        while (node instanceof Inner inner) { // ends: one level lower each turn
            Object[] seps = inner.seps;
            node = inner.kids[
                    with ? Order.upTo(seps, seps.length, key, order) : Order.below(seps, seps.length, key, order)];
        }
        Object[] leaf = (Object[]) node;
        int n = leaf.length >> 1;
        int above = with ? Order.upTo(leaf, n, key, order) : Order.below(leaf, n, key, order);
        return above == 0 ? null : entry(leaf, above - 1); // 0 only below all keys: separators are exact
    }

    /**
     * The entry with the least key from a key on.
     *
     * @param root a tree
     * @param key a key
     * @param with whether an equal key counts
     * @param order of the keys
     * @return the entry, or null
     */
    public static Map.Entry<Object, Object> atLeast(Object root, Object key, boolean with, Comparator<Object> order) {
        Object node = root;
        Object after = null; // the subtree right of the path
        while (node instanceof Inner inner) { // ends: one level lower each turn
            int at = Order.kid(inner, key, order);
            if (at + 1 < inner.kids.length) {
                after = inner.kids[at + 1];
            }
            node = inner.kids[at];
        }
        Object[] leaf = (Object[]) node;
        int n = leaf.length >> 1;
        int at = with ? Order.below(leaf, n, key, order) : Order.upTo(leaf, n, key, order);
        if (at < n) {
            return entry(leaf, at);
        }
        return after == null ? null : first(after);
    }

    /**
     * The entry with the least key.
     *
     * @param root a tree
     * @return the entry, or null
     */
    public static Map.Entry<Object, Object> first(Object root) {
        Object node = root;
        while (node instanceof Inner inner) { // ends: one level lower each turn
            node = inner.kids[0];
        }
        Object[] leaf = (Object[]) node;
        return leaf.length == 0 ? null : entry(leaf, 0);
    }

    /**
     * The entry with the greatest key.
     *
     * @param root a tree
     * @return the entry, or null
     */
    public static Map.Entry<Object, Object> last(Object root) {
        Object node = root;
        while (node instanceof Inner inner) { // ends: one level lower each turn
            node = inner.kids[inner.kids.length - 1];
        }
        Object[] leaf = (Object[]) node;
        return leaf.length == 0 ? null : entry(leaf, (leaf.length >> 1) - 1);
    }

    /**
     * How many keys stand before a key.
     *
     * @param root a tree
     * @param key a key
     * @param with whether an equal key counts
     * @param order of the keys
     * @return their number
     */
    public static int rank(Object root, Object key, boolean with, Comparator<Object> order) {
        Object node = root;
        int before = 0;
        while (node instanceof Inner inner) { // ends: one level lower each turn
            int at = Order.kid(inner, key, order);
            before += sizeBefore(inner, at);
            node = inner.kids[at];
        }
        Object[] leaf = (Object[]) node;
        int n = leaf.length >> 1;
        return before + (with ? Order.upTo(leaf, n, key, order) : Order.below(leaf, n, key, order));
    }

    /** Entries of the kids before one, summed up from the nearer end. */
    private static int sizeBefore(Inner inner, int at) {
        int n = inner.kids.length;
        int sum = 0;
        if (at <= n >> 1) {
            for (int i = 0; i < at; i++) {
                sum += Nodes.size(inner.kids[i]);
            }
            return sum;
        }
        for (int i = at; i < n; i++) {
            sum += Nodes.size(inner.kids[i]);
        }
        return inner.size - sum;
    }

    /**
     * The entry with so many before it.
     *
     * @param root a tree
     * @param index from 0 to its size, exclusive
     * @return the entry
     */
    public static Map.Entry<Object, Object> select(Object root, int index) {
        Object node = root;
        int left = index;
        while (node instanceof Inner inner) { // ends: one level lower each turn
            int at = 0;
            for (int size = Nodes.size(inner.kids[0]); left >= size; size = Nodes.size(inner.kids[at])) {
                left -= size;
                at++;
            }
            node = inner.kids[at];
        }
        return entry((Object[]) node, left);
    }

    private static Map.Entry<Object, Object> entry(Object[] leaf, int at) {
        return new SimpleImmutableEntry<>(leaf[at], leaf[(leaf.length >> 1) + at]);
    }
}
