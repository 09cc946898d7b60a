// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Arrays;
import java.util.Comparator;

/** Entries in ascending order on their way into a tree: built in O(n), leaf by leaf in the order of the keys. */
public final class Bulk {
    private Object[] keys;
    private Object[] values;
    private int count;

    /**
     * Makes room.
     *
     * @param expected how many entries are likely
     */
    public Bulk(int expected) {
        keys = new Object[Math.max(expected, 4)];
        values = new Object[keys.length];
    }

    /** The entries of a tree. */
    static Bulk of(Object root) {
        Bulk all = new Bulk(Nodes.size(root));
        all.addAll(root);
        return all;
    }

    /**
     * Adds an entry.
     *
     * @param key greater than those before
     * @param value its value
     */
    public void add(Object key, Object value) {
        if (count == keys.length) {
            grow(count + 1);
        }
        keys[count] = key;
        values[count++] = value;
    }

    /**
     * Adds an entry, or replaces the value of the last one.
     *
     * @param key greater than those before, or equal to the last
     * @param value its value
     * @param order of the keys
     * @throws IllegalArgumentException if the key is less than the last one
     */
    public void addInOrder(Object key, Object value, Comparator<Object> order) {
        int c = Order.compare(order, count == 0 ? key : keys[count - 1], key);
        if (count > 0 && c > 0) {
            throw new IllegalArgumentException("not in order: " + key + " after " + keys[count - 1]);
        }
        if (count > 0 && c == 0) {
            values[count - 1] = value;
        } else {
            add(key, value);
        }
    }

    /** Adds all entries of a tree, whose keys are greater than those before. */
    void addAll(Object node) {
        if (node instanceof Inner inner) {
            for (Object kid : inner.kids) {
                addAll(kid);
            }
        } else {
            addRun((Object[]) node, 0, ((Object[]) node).length >> 1);
        }
    }

    private void addRun(Object[] leaf, int from, int to) {
        int n = leaf.length >> 1;
        if (count + to - from > keys.length) {
            grow(count + to - from);
        }
        System.arraycopy(leaf, from, keys, count, to - from);
        System.arraycopy(leaf, n + from, values, count, to - from);
        count += to - from;
    }

    private void grow(int least) {
        int size = Math.max(least, keys.length + (keys.length >> 1));
        keys = Arrays.copyOf(keys, size);
        values = Arrays.copyOf(values, size);
    }

    /**
     * How many entries there are.
     *
     * @return their number
     */
    public int count() {
        return count;
    }

    /**
     * The keys as numbers in the same order whose differences do not overflow, or null: that is if all of them are {@code
     * Integer} or all {@code Long}, and none is too large. The processor fetches many keys at once here, where a
     * comparison needs two of them before it is known which is next.
     */
    long[] numbers() {
        long[] numbers = new long[count];
        return Order.numbers(keys, count, numbers) ? numbers : null;
    }

    Object key(int at) {
        return keys[at];
    }

    Object value(int at) {
        return values[at];
    }

    /**
     * The tree of these entries.
     *
     * @return its root
     */
    public Object build() {
        Level leaves = new Level(0);
        leaves.addLeaves(keys, values, 0, count);
        return leaves.root();
    }
}
