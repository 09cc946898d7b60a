// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import dev.heddle.structures.Monoid;
import java.util.Comparator;
import java.util.Objects;

/** Aggregates of ranges, from those of the nodes in them. */
public final class Folds {
    /** How many monoids a node remembers an aggregate for. */
    static final int MEMOS = 4;

    /**
     * What a node remembers. Immutable, and put into the node by a plain write: a reader sees it whole or not at all.
     *
     * @param next what it remembers for other monoids, or null
     */
    record Memo(Monoid<?, ?, ?> monoid, Object aggregate, Memo next) {}

    /** Where a range begins or ends: at a key, or nowhere (null). */
    private record End(Object key, boolean with) {}

    private final Monoid<Object, Object, Object> monoid;
    private final Comparator<Object> order;

    private Folds(Monoid<Object, Object, Object> monoid, Comparator<Object> order) {
        this.monoid = monoid;
        this.order = order;
    }

    /**
     * The aggregate of a range.
     *
     * @param root a tree
     * @param from the least key, or null for no limit
     * @param withFrom whether that key counts
     * @param to the greatest key, or null for no limit
     * @param withTo whether that key counts
     * @param monoid how to sum up
     * @param order of the keys
     * @return the aggregate
     */
    public static Object fold(
            Object root,
            Object from,
            boolean withFrom,
            Object to,
            boolean withTo,
            Monoid<Object, Object, Object> monoid,
            Comparator<Object> order) {
        End low = from == null ? null : new End(from, withFrom);
        End high = to == null ? null : new End(to, withTo);
        Object found = new Folds(monoid, order).range(root, low, high);
        return found == null ? Objects.requireNonNull(monoid.identity(), "identity") : found;
    }

    /** The aggregate of what lies between two ends; null for nothing. */
    private Object range(Object node, End low, End high) {
        if (low == null && high == null) {
            return whole(node);
        }
        if (!(node instanceof Inner inner)) {
            Object[] leaf = (Object[]) node;
            int n = leaf.length >> 1;
            return run(
                    leaf,
                    low == null ? 0 : position(leaf, n, low, false),
                    high == null ? n : position(leaf, n, high, true));
        }
        int last = inner.kids.length - 1;
        int first = low == null ? 0 : Order.kid(inner, low.key, order);
        int end = high == null ? last : Order.kid(inner, high.key, order);
        Object sum = null;
        for (int i = first; i <= end; i++) {
            sum = plus(sum, range(inner.kids[i], i == first ? low : null, i == end ? high : null));
        }
        return sum;
    }

    private int position(Object[] keys, int n, End end, boolean high) {
        return end.with == high ? Order.upTo(keys, n, end.key, order) : Order.below(keys, n, end.key, order);
    }

    private Object whole(Object node) {
        if (!(node instanceof Inner inner)) {
            return run((Object[]) node, 0, ((Object[]) node).length >> 1);
        }
        Memo known = inner.memo;
        for (Memo memo = known; memo != null; memo = memo.next) {
            if (memo.monoid == monoid || memo.monoid.equals(monoid)) {
                return memo.aggregate;
            }
        }
        Object sum = null;
        for (Object kid : inner.kids) {
            sum = plus(sum, whole(kid));
        }
        inner.memo = new Memo(monoid, sum, firstOf(known, MEMOS - 1));
        return sum;
    }

    private static Memo firstOf(Memo memo, int n) {
        return memo == null || n == 0 ? null : new Memo(memo.monoid, memo.aggregate, firstOf(memo.next, n - 1));
    }

    private Object run(Object[] leaf, int from, int to) {
        int n = leaf.length >> 1;
        Object sum = null;
        for (int i = from; i < to; i++) {
            sum = plus(sum, Objects.requireNonNull(monoid.lift(leaf[i], leaf[n + i]), "lift"));
        }
        return sum;
    }

    private Object plus(Object left, Object right) {
        if (left == null) {
            return right;
        }
        return right == null ? left : Objects.requireNonNull(monoid.combine(left, right), "combine");
    }
}
