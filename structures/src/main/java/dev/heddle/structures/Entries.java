// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Algebra;
import dev.heddle.structures.internal.Bulk;
import dev.heddle.structures.internal.Joins;
import dev.heddle.structures.internal.Nodes;
import dev.heddle.structures.internal.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Entries of any source as trees, and trees changed by many entries at once. */
final class Entries {
    private Entries() {}

    /** The tree of entries that come in ascending order. */
    static Object inOrder(Iterable<? extends Map.Entry<?, ?>> entries, Comparator<Object> order) {
        Bulk all = new Bulk(16);
        for (Map.Entry<?, ?> next : entries) {
            Object key = Objects.requireNonNull(next.getKey(), "key");
            all.addInOrder(key, Objects.requireNonNull(next.getValue(), "value"), order);
        }
        return all.build();
    }

    /** A tree with the entries of another; of a key of both, the other value counts. */
    static Object plusAll(Object root, Object entries, Comparator<Object> order) {
        return Algebra.apply(Algebra.Kind.UNION, root, entries, (mine, other) -> other, order, null);
    }

    /** A tree with the entries of another whose keys it has not. */
    static Object plusAbsent(Object root, Object entries, Comparator<Object> order) {
        return Algebra.apply(Algebra.Kind.UNION, root, entries, null, order, null);
    }

    /** The entries of any map, as a tree in a given order. */
    static Object treeOf(Map<?, ?> entries, Comparator<Object> order) {
        if (entries instanceof SortedReads<?, ?> reads) {
            SortedReads<?, ?> now = reads.frozen();
            if (now.range.isAll() && Order.same(now.order(), order)) {
                return now.root();
            }
        }
        List<Map.Entry<Object, Object>> all = new ArrayList<>(entries.size());
        for (Map.Entry<?, ?> next : entries.entrySet()) {
            Object key = Objects.requireNonNull(next.getKey(), "key");
            all.add(Map.entry(key, Objects.requireNonNull(next.getValue(), "value")));
        }
        all.sort((one, other) ->
                Order.compare(order, one.getKey(), other.getKey())); // stable: the last of equals counts
        return inOrder(all, order);
    }

    /** A tree without some keys. */
    static Object minusAll(Object root, Iterable<?> keys, Comparator<Object> order) {
        List<Object> sorted = new ArrayList<>();
        keys.forEach(key -> sorted.add(Objects.requireNonNull(key, "key")));
        if (Nodes.size(root) == 0) {
            return root;
        }
        sorted.sort((one, other) -> Order.compare(order, one, other));
        Bulk all = new Bulk(sorted.size());
        sorted.forEach(key -> all.addInOrder(key, key, order));
        return Algebra.apply(Algebra.Kind.DIFFERENCE, root, all.build(), null, order, null);
    }

    /** The part of a tree in a range. */
    static Object cut(Object root, KeyRange<?> part, Comparator<Object> order) {
        Object tail = part.from == null ? root : Joins.tail(root, part.from, part.withFrom, order);
        return part.to == null ? tail : Joins.head(tail, part.to, part.withTo, order);
    }

    @SuppressWarnings("unchecked") // a comparator of keys is given keys only
    static Comparator<Object> untyped(Comparator<?> comparator) {
        return (Comparator<Object>) comparator;
    }
}
