// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Arrays;
import java.util.Comparator;

/** Many edits in one copy of the tree: each node that they touch is copied once. */
public final class Batches {
    private final Comparator<Object> order;
    private final Edit[] edits; // ascending keys; those of one key in the order of their application
    private final Object[] olds; // what each edit found
    private Object[] keys = new Object[2 * Nodes.LEAF_MAX]; // a leaf in the making
    private Object[] values = new Object[2 * Nodes.LEAF_MAX];
    private int count;

    private Batches(Edit[] edits, Object[] olds, Comparator<Object> order) {
        this.edits = edits;
        this.olds = olds;
        this.order = order;
    }

    /**
     * Applies edits.
     *
     * @param root a tree
     * @param edits in ascending order of their keys
     * @param olds filled in: the value that each of them found, or null
     * @param order of the keys
     * @return the tree that follows: the same one if nothing changed
     */
    public static Object apply(Object root, Edit[] edits, Object[] olds, Comparator<Object> order) {
        if (edits.length == 0) {
            return root;
        }
        Order.compare(order, edits[0].key, edits[0].key); // a key that can't be compared fails even when it is alone
        Level top = new Level(Nodes.height(root));
        new Batches(edits, olds, order).node(root, 0, edits.length, top);
        return top.isOnly(root) ? root : top.root();
    }

    private void node(Object node, int from, int to, Level out) {
        if (!(node instanceof Inner inner)) {
            leaf((Object[]) node, from, to, out);
            return;
        }
        Level kids = new Level(inner.height - 1);
        boolean changed = false;
        int next = from;
        for (int i = 0; i < inner.kids.length; i++) {
            Object kid = inner.kids[i];
            int end = i == inner.seps.length ? to : firstFrom(inner.seps[i], next, to);
            if (next == end) {
                kids.add(i == 0 ? Nodes.least(kid) : inner.seps[i - 1], kid);
            } else {
                Level made = new Level(inner.height - 1);
                node(kid, next, end, made);
                changed |= !made.isOnly(kid);
                made.addTo(kids);
                next = end;
            }
        }
        if (changed) {
            kids.addParents(out);
        } else {
            out.add(Nodes.least(inner), inner);
        }
    }

    /** The first edit between two whose key is not less. */
    private int firstFrom(Object key, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) { // ends: the gap at least halves
            int middle = (low + high) >>> 1;
            if (Order.compare(order, edits[middle].key, key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void leaf(Object[] leaf, int from, int to, Level out) {
        int n = leaf.length >> 1;
        count = 0;
        boolean changed = false;
        int at = 0;
        int next = from;
        while (next < to) { // ends: each turn takes the edits of one key
            int found = Order.search(leaf, n, edits[next].key, order);
            int stop = found < 0 ? ~found : found;
            copy(leaf, n, at, stop);
            at = found < 0 ? stop : stop + 1;
            Object old = found < 0 ? null : leaf[n + found];
            Object key = found < 0 ? null : leaf[found];
            Object value = old;
            int first = next;
            do {
                olds[next] = value;
                Object fresh = edits[next].change(value);
                if (fresh != null && (value == null || edits[next].bringsKey())) {
                    key = edits[next].key;
                }
                value = fresh;
                next++;
            } while (next < to && Order.compare(order, edits[first].key, edits[next].key) == 0);
            changed |= value != old || (old != null && key != leaf[found]);
            if (value != null) {
                push(key, value);
            }
        }
        if (!changed) {
            if (n > 0) {
                out.add(leaf[0], leaf);
            }
            return;
        }
        copy(leaf, n, at, n);
        out.addLeaves(keys, values, 0, count);
    }

    private void copy(Object[] leaf, int n, int from, int to) {
        for (int i = from; i < to; i++) {
            push(leaf[i], leaf[n + i]);
        }
    }

    private void push(Object key, Object value) {
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
        }
        keys[count] = key;
        values[count++] = value;
    }
}
