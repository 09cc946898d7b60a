// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Walk;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Goes through the entries of one root. A class for each kind of result, and small methods only: a loop over one kind is
 * compiled as such, with the position in registers.
 */
abstract class Steps<K, V, T> implements Iterator<T> {
    final SortedReads<K, V> map;
    private final Walk walk;
    private final int step;
    private Object[] leaf;
    private int at; // of the next entry, if it is not the end
    private int end; // exclusive
    private int first; // "at", if no entry of this leaf can be removed; else the one before "at" can
    private Object passed; // the key that can be removed if none of this leaf can, or null

    private Steps(SortedReads<K, V> map, Walk walk) {
        this.map = map;
        this.walk = walk;
        step = walk.step();
        leaf = walk.leaf();
        at = walk.first();
        first = at;
        end = walk.end();
    }

    /** Goes to the next leaf in here: a call out of the loop would be one that the object must exist for. */
    @Override
    public final boolean hasNext() {
        if (at != end) {
            return true;
        }
        if (at != first) {
            passed = leaf[at - step];
            first = at;
        }
        Walk leaves = walk;
        if (!leaves.next()) {
            return false;
        }
        leaf = leaves.leaf();
        at = leaves.first();
        first = at;
        end = leaves.end();
        return true;
    }

    /** The position of the next entry in its leaf; goes on to the one after it. */
    final int step() {
        if (at == end && !hasNext()) {
            throw new NoSuchElementException();
        }
        int now = at;
        at = now + step;
        return now;
    }

    /** The leaf of the last position. */
    final Object[] leaf() {
        return leaf;
    }

    @Override
    public final void forEachRemaining(Consumer<? super T> action) {
        Objects.requireNonNull(action, "action");
        while (hasNext()) { // ends: a leaf less each turn
            int from = at;
            at = end;
            each(leaf, from, end, step, action);
        }
    }

    /** Gives what is at the positions of a leaf, from the first to the end, exclusive. */
    abstract void each(Object[] leaf, int from, int end, int step, Consumer<? super T> action);

    @Override
    public final void remove() {
        Object key = at != first ? leaf[at - step] : passed;
        if (key == null) {
            throw new IllegalStateException("no entry to remove");
        }
        first = at;
        passed = null;
        map.remove(key);
    }

    /** Keys. */
    static final class Keys<K, V> extends Steps<K, V, K> {
        Keys(SortedReads<K, V> map, Walk walk) {
            super(map, walk);
        }

        @Override
        public K next() {
            int i = step();
            return map.key(leaf()[i]);
        }

        @Override
        void each(Object[] leaf, int from, int end, int step, Consumer<? super K> action) {
            for (int i = from; i != end; i += step) {
                action.accept(map.key(leaf[i]));
            }
        }
    }

    /** Values. */
    static final class Values<K, V> extends Steps<K, V, V> {
        Values(SortedReads<K, V> map, Walk walk) {
            super(map, walk);
        }

        @Override
        public V next() {
            int i = step();
            Object[] leaf = leaf();
            return map.value(leaf[(leaf.length >> 1) + i]);
        }

        @Override
        void each(Object[] leaf, int from, int end, int step, Consumer<? super V> action) {
            int n = leaf.length >> 1;
            for (int i = from; i != end; i += step) {
                action.accept(map.value(leaf[n + i]));
            }
        }
    }

    /** Entries. */
    static final class Entries<K, V> extends Steps<K, V, Map.Entry<K, V>> {
        Entries(SortedReads<K, V> map, Walk walk) {
            super(map, walk);
        }

        @Override
        public Map.Entry<K, V> next() {
            int i = step();
            return entry(leaf(), i);
        }

        @Override
        void each(Object[] leaf, int from, int end, int step, Consumer<? super Map.Entry<K, V>> action) {
            for (int i = from; i != end; i += step) {
                action.accept(entry(leaf, i));
            }
        }

        private Map.Entry<K, V> entry(Object[] leaf, int i) {
            return map.entry(map.key(leaf[i]), map.value(leaf[(leaf.length >> 1) + i]));
        }
    }
}
