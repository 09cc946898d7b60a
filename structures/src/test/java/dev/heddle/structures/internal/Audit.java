// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Comparator;

/** Says what is wrong with a tree (PC-1). */
public final class Audit {
    private final Comparator<Object> order;
    private Object last; // the key before
    private long nodes;

    private Audit(Comparator<Object> order) {
        this.order = order;
    }

    /** Throws unless order, fill, balance, sizes, separators and remembered aggregates are right. Gives the nodes. */
    public static long check(Object root, Comparator<Object> order) {
        Audit audit = new Audit(order);
        audit.node(root, true);
        return audit.nodes;
    }

    /** Entries and shape: returns the size. */
    private int node(Object node, boolean isRoot) {
        nodes++;
        if (node instanceof Inner inner) {
            return inner(inner, isRoot);
        }
        Object[] leaf = (Object[]) node;
        int n = leaf.length / 2;
        expect(leaf.length % 2 == 0 && n <= Nodes.LEAF_MAX, "leaf of " + leaf.length);
        expect(isRoot || n >= Nodes.MIN, "leaf with " + n + " entries");
        expect(n > 0 || leaf == Nodes.EMPTY, "another empty leaf");
        for (int i = 0; i < n; i++) {
            expect(leaf[i] != null && leaf[n + i] != null, "null in a leaf");
            expect(last == null || Order.compare(order, last, leaf[i]) < 0, leaf[i] + " after " + last);
            last = leaf[i];
        }
        return n;
    }

    private int inner(Inner inner, boolean isRoot) {
        int n = inner.kids.length;
        expect(n <= Nodes.INNER_MAX && n >= (isRoot ? 2 : Nodes.MIN), "node with " + n + " kids");
        expect(inner.seps.length == n - 1, inner.seps.length + " separators for " + n + " kids");
        int size = 0;
        for (int i = 0; i < n; i++) {
            Object kid = inner.kids[i];
            expect(
                    Nodes.height(kid) == inner.height - 1,
                    "kid of height " + Nodes.height(kid) + " below " + inner.height);
            expect(i == 0 || inner.seps[i - 1] == Nodes.least(kid), "separator is not the least key");
            size += node(kid, false);
        }
        expect(size == inner.size, "size " + inner.size + ", entries " + size);
        for (Folds.Memo memo = inner.memo; memo != null; memo = memo.next()) {
            memo(inner, memo);
        }
        return size;
    }

    @SuppressWarnings("unchecked") // the monoid was asked for this tree
    private static void memo(Inner inner, Folds.Memo memo) {
        var monoid = (dev.heddle.structures.Monoid<Object, Object, Object>) memo.monoid();
        Object sum = monoid.identity();
        Bulk all = Bulk.of(inner);
        for (int i = 0; i < all.count(); i++) {
            sum = monoid.combine(sum, monoid.lift(all.key(i), all.value(i)));
        }
        expect(sum.equals(memo.aggregate()), "aggregate " + memo.aggregate() + ", not " + sum);
    }

    private static void expect(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
    }
}
