// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** Trees made of one tree, entry by entry. */
public final class Maps {
    private final boolean parallel;

    private Maps(boolean parallel) {
        this.parallel = parallel;
    }

    /**
     * The entries that pass a test.
     *
     * @param root a tree
     * @param test called once for each entry
     * @param pool who helps, or null
     * @return their tree: the same one if all pass
     */
    public static Object filter(Object root, BiPredicate<Object, Object> test, ForkJoinPool pool) {
        return Algebra.in(pool, Nodes.size(root), () -> new Maps(pool != null).filtered(root, test));
    }

    /**
     * The same keys with other values.
     *
     * @param root a tree
     * @param function called once for each entry; its results are not null
     * @param pool who helps, or null
     * @return the tree: the same one if all values are
     */
    public static Object mapValues(Object root, BiFunction<Object, Object, Object> function, ForkJoinPool pool) {
        return Algebra.in(pool, Nodes.size(root), () -> new Maps(pool != null).mapped(root, function));
    }

    private Object filtered(Object node, BiPredicate<Object, Object> test) {
        if (!(node instanceof Inner inner)) {
            return filteredLeaf((Object[]) node, test);
        }
        if (parallel && Algebra.forks(inner.size)) {
            int middle = inner.kids.length >> 1;
            ForkJoinTask<Object> right = Algebra.task(() -> filteredKids(inner, middle, inner.kids.length, test))
                    .fork();
            Object left = filteredKids(inner, 0, middle, test);
            return kept(inner, Joins.join(left, right.join()));
        }
        return kept(inner, filteredKids(inner, 0, inner.kids.length, test));
    }

    /** What passes is never more than all: with as many entries it is the same. */
    private static Object kept(Inner inner, Object result) {
        return Nodes.size(result) == inner.size ? inner : result;
    }

    private Object filteredKids(Inner inner, int from, int to, BiPredicate<Object, Object> test) {
        Object sum = Nodes.EMPTY;
        for (int i = from; i < to; i++) {
            sum = Joins.join(sum, filtered(inner.kids[i], test));
        }
        return sum;
    }

    private static Object filteredLeaf(Object[] leaf, BiPredicate<Object, Object> test) {
        int n = leaf.length >> 1;
        Object[] keys = new Object[n];
        Object[] values = new Object[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (test.test(leaf[i], leaf[n + i])) {
                keys[count] = leaf[i];
                values[count++] = leaf[n + i];
            }
        }
        return count == n ? leaf : Nodes.leafOf(keys, 0, values, 0, count);
    }

    private Object mapped(Object node, BiFunction<Object, Object, Object> function) {
        if (!(node instanceof Inner inner)) {
            return mappedLeaf((Object[]) node, function);
        }
        int n = inner.kids.length;
        Object[] kids = new Object[n];
        if (parallel && Algebra.forks(inner.size)) {
            ForkJoinTask<Object> right = Algebra.task(() -> mappedKids(inner, kids, n >> 1, n, function))
                    .fork();
            boolean sameLeft = mappedKids(inner, kids, 0, n >> 1, function) != null;
            boolean sameRight = right.join() != null;
            return sameLeft && sameRight ? inner : new Inner(inner.seps, kids, inner.size, inner.height);
        }
        boolean same = mappedKids(inner, kids, 0, n, function) != null;
        return same ? inner : new Inner(inner.seps, kids, inner.size, inner.height);
    }

    /** Fills in some kids; null if one of them changed, or else the node. */
    private Object mappedKids(
            Inner inner, Object[] kids, int from, int to, BiFunction<Object, Object, Object> function) {
        boolean same = true;
        for (int i = from; i < to; i++) {
            kids[i] = mapped(inner.kids[i], function);
            same &= kids[i] == inner.kids[i];
        }
        return same ? inner : null;
    }

    private static Object[] mappedLeaf(Object[] leaf, BiFunction<Object, Object, Object> function) {
        int n = leaf.length >> 1;
        Object[] fresh = leaf.clone();
        boolean same = true;
        for (int i = 0; i < n; i++) {
            Object value = function.apply(leaf[i], leaf[n + i]);
            if (value == null) {
                throw new NullPointerException("the function returned null for " + leaf[i]);
            }
            same &= value == leaf[n + i];
            fresh[n + i] = value;
        }
        return same ? leaf : fresh;
    }
}
