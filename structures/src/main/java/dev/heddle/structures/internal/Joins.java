// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Comparator;

/** Trees put together end to end, and cut. */
public final class Joins {
    private Joins() {}

    /**
     * The tree of two, the keys of the first below those of the second. Costs the difference of their heights.
     *
     * @param left a tree
     * @param right another
     * @return both
     */
    public static Object join(Object left, Object right) {
        if (Nodes.size(left) == 0) {
            return right;
        }
        if (Nodes.size(right) == 0) {
            return left;
        }
        return Nodes.root(join(left, Nodes.least(right), right));
    }

    private static Object join(Object left, Object separator, Object right) {
        int leftHeight = Nodes.height(left);
        int rightHeight = Nodes.height(right);
        if (leftHeight > rightHeight) {
            Inner inner = (Inner) left;
            int last = inner.kids.length - 1;
            Object before = last == 0 ? null : inner.seps[last - 1];
            return Nodes.withKid(inner, last, before, join(inner.kids[last], separator, right));
        }
        if (leftHeight < rightHeight) {
            Inner inner = (Inner) right;
            return Nodes.withKid(inner, 0, null, join(left, separator, inner.kids[0]));
        }
        if (Nodes.fill(left) < Nodes.MIN || Nodes.fill(right) < Nodes.MIN) {
            return Nodes.concat(left, separator, right);
        }
        return new Inner(
                new Object[] {separator},
                new Object[] {left, right},
                Nodes.size(left) + Nodes.size(right),
                leftHeight + 1);
    }

    /**
     * The entries whose keys are less than a key, or not greater.
     *
     * @param root a tree
     * @param key a key
     * @param with whether the key itself stays, if it is there
     * @param order of the keys
     * @return their tree
     */
    public static Object head(Object root, Object key, boolean with, Comparator<Object> order) {
        if (!(root instanceof Inner inner)) {
            Object[] leaf = (Object[]) root;
            return Nodes.leafPart(leaf, 0, position(leaf, leaf.length >> 1, key, with, order));
        }
        int at = position(inner.seps, inner.seps.length, key, with, order);
        return join(Nodes.part(inner, 0, at), head(inner.kids[at], key, with, order));
    }

    /**
     * The entries whose keys are greater than a key, or not less.
     *
     * @param root a tree
     * @param key a key
     * @param with whether the key itself stays, if it is there
     * @param order of the keys
     * @return their tree
     */
    public static Object tail(Object root, Object key, boolean with, Comparator<Object> order) {
        if (!(root instanceof Inner inner)) {
            Object[] leaf = (Object[]) root;
            int n = leaf.length >> 1;
            return Nodes.leafPart(leaf, position(leaf, n, key, !with, order), n);
        }
        int at = position(inner.seps, inner.seps.length, key, !with, order);
        return join(tail(inner.kids[at], key, with, order), Nodes.part(inner, at + 1, inner.kids.length));
    }

    /** How many keys are less, or not greater. */
    private static int position(Object[] keys, int n, Object key, boolean with, Comparator<Object> order) {
        return with ? Order.upTo(keys, n, key, order) : Order.below(keys, n, key, order);
    }
}
