// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Algebra;
import dev.heddle.structures.internal.Diff;
import dev.heddle.structures.internal.Edit;
import dev.heddle.structures.internal.Maps;
import dev.heddle.structures.internal.Nodes;
import dev.heddle.structures.internal.Order;
import dev.heddle.structures.internal.Seek;
import dev.heddle.structures.internal.Tree;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;

/**
 * An immutable sorted map. Operations that would change it give another map, which shares with this one all that is the
 * same: a key more or less costs O(log n) time and memory, keys of two maps are merged in time that grows with the
 * smaller one, and what differs between two versions is found in time that grows with the difference.
 *
 * <p>Safe to use by any number of threads, however it is handed over. Null is neither a key nor a value. An operation
 * whose result would have the same entries as this map gives this map itself where it can tell without extra work. All
 * methods of {@link NavigableMap} that would change it throw {@link UnsupportedOperationException}.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class PersistentSortedMap<K, V> extends FixedReads<K, V> implements Serializable {
    private static final long serialVersionUID = 1;
    private static final PersistentSortedMap<Object, Object> EMPTY = new PersistentSortedMap<>(Nodes.EMPTY, null);

    PersistentSortedMap(Object root, Comparator<Object> order) {
        super(root, order, KeyRange.all(), false);
    }

    // ---- making one

    /**
     * The map without entries, in the natural order of its keys.
     *
     * @param <K> the keys
     * @param <V> the values
     * @return the empty map
     */
    @SuppressWarnings("unchecked") // it has no entry
    public static <K extends Comparable<? super K>, V> PersistentSortedMap<K, V> empty() {
        return (PersistentSortedMap<K, V>) (PersistentSortedMap<?, ?>) EMPTY;
    }

    /**
     * The map without entries.
     *
     * @param <K> the keys
     * @param <V> the values
     * @param comparator the order of its keys; null for the natural order
     * @return the empty map
     */
    public static <K, V> PersistentSortedMap<K, V> empty(Comparator<? super K> comparator) {
        return new PersistentSortedMap<>(Nodes.EMPTY, Entries.untyped(comparator));
    }

    /**
     * A map with the entries of another, in the natural order of its keys.
     *
     * @param <K> the keys
     * @param <V> the values
     * @param entries the entries
     * @return the map
     * @throws NullPointerException if there is a null
     */
    public static <K extends Comparable<? super K>, V> PersistentSortedMap<K, V> copyOf(
            Map<? extends K, ? extends V> entries) {
        return PersistentSortedMap.<K, V>empty().plusAll(entries);
    }

    /**
     * A map with the entries and the order of another; in O(n).
     *
     * @param <K> the keys
     * @param <V> the values
     * @param entries the entries
     * @return the map
     * @throws NullPointerException if there is a null
     */
    public static <K, V> PersistentSortedMap<K, V> ofSorted(SortedMap<K, ? extends V> entries) {
        return ofSorted(entries.comparator(), entries.entrySet());
    }

    /**
     * A map of entries that come in ascending order; in O(n). Of several with equal keys the last counts.
     *
     * @param <K> the keys
     * @param <V> the values
     * @param comparator the order of the keys; null for the natural order
     * @param entries the entries
     * @return the map
     * @throws IllegalArgumentException if a key is less than the one before it
     * @throws NullPointerException if there is a null
     */
    public static <K, V> PersistentSortedMap<K, V> ofSorted(
            Comparator<? super K> comparator, Iterable<? extends Map.Entry<? extends K, ? extends V>> entries) {
        Comparator<Object> order = Entries.untyped(comparator);
        return new PersistentSortedMap<>(Entries.inOrder(entries, order), order);
    }

    // ---- one key

    /**
     * This map with another value of a key.
     *
     * @param key the key
     * @param value its value
     * @return the map; this one if the key has this very value
     * @throws NullPointerException if there is a null
     * @throws ClassCastException if the key can't be compared with those of this map
     */
    public PersistentSortedMap<K, V> plus(K key, V value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        return with(Tree.apply(root(), new Edit.Put(key, value), order()));
    }

    /**
     * This map without a key.
     *
     * @param key the key
     * @return the map; this one if it has no such key
     * @throws NullPointerException if the key is null
     * @throws ClassCastException if the key can't be compared with those of this map
     */
    public PersistentSortedMap<K, V> minus(Object key) {
        Objects.requireNonNull(key, "key");
        return isEmpty() ? this : with(Tree.apply(root(), new Edit.Remove(key), order()));
    }

    // ---- many keys

    /**
     * This map with the entries of another; of a key of both, the value of the other counts.
     *
     * @param entries the entries
     * @return the map
     * @throws NullPointerException if there is a null
     * @throws ClassCastException if a key can't be compared with those of this map
     */
    public PersistentSortedMap<K, V> plusAll(Map<? extends K, ? extends V> entries) {
        return with(Entries.plusAll(root(), Entries.treeOf(entries, order()), order()));
    }

    /**
     * The keys of this map and of another. Of two equal keys the result has the one of this map.
     *
     * @param other a map in the same order
     * @param merge the value of a key of both, from the value here and the value there; called once for each
     * @return the map
     * @throws IllegalArgumentException if the other map has another comparator
     * @throws NullPointerException if there is a null, the function's result included
     */
    public PersistentSortedMap<K, V> union(PersistentSortedMap<K, ? extends V> other, BinaryOperator<V> merge) {
        return algebra(Algebra.Kind.UNION, other, Objects.requireNonNull(merge, "merge"), null);
    }

    /**
     * As {@link #union(PersistentSortedMap, BinaryOperator)}, with the threads of a pool if there is enough to do.
     *
     * @param other a map in the same order
     * @param merge as there; called by several threads at once
     * @param pool the threads
     * @return the map
     * @throws IllegalArgumentException if the other map has another comparator
     * @throws NullPointerException if there is a null, the function's result included
     */
    public PersistentSortedMap<K, V> union(
            PersistentSortedMap<K, ? extends V> other, BinaryOperator<V> merge, ForkJoinPool pool) {
        return algebra(
                Algebra.Kind.UNION,
                other,
                Objects.requireNonNull(merge, "merge"),
                Objects.requireNonNull(pool, "pool"));
    }

    /**
     * The keys of both this map and another. Of two equal keys the result has the one of this map.
     *
     * @param other a map in the same order
     * @param merge the value of a key, from the value here and the value there; called once for each
     * @return the map
     * @throws IllegalArgumentException if the other map has another comparator
     * @throws NullPointerException if there is a null, the function's result included
     */
    public PersistentSortedMap<K, V> intersect(PersistentSortedMap<K, ? extends V> other, BinaryOperator<V> merge) {
        return algebra(Algebra.Kind.INTERSECTION, other, Objects.requireNonNull(merge, "merge"), null);
    }

    /**
     * As {@link #intersect(PersistentSortedMap, BinaryOperator)}, with the threads of a pool if there is enough to do.
     *
     * @param other a map in the same order
     * @param merge as there; called by several threads at once
     * @param pool the threads
     * @return the map
     * @throws IllegalArgumentException if the other map has another comparator
     * @throws NullPointerException if there is a null, the function's result included
     */
    public PersistentSortedMap<K, V> intersect(
            PersistentSortedMap<K, ? extends V> other, BinaryOperator<V> merge, ForkJoinPool pool) {
        return algebra(
                Algebra.Kind.INTERSECTION,
                other,
                Objects.requireNonNull(merge, "merge"),
                Objects.requireNonNull(pool, "pool"));
    }

    /**
     * This map without the keys of another.
     *
     * @param other a map in the same order
     * @return the map; this one if they have no key in common
     * @throws IllegalArgumentException if the other map has another comparator
     */
    public PersistentSortedMap<K, V> minusAll(PersistentSortedMap<K, ?> other) {
        return algebra(Algebra.Kind.DIFFERENCE, other, null, null);
    }

    /**
     * As {@link #minusAll(PersistentSortedMap)}, with the threads of a pool if there is enough to do.
     *
     * @param other a map in the same order
     * @param pool the threads
     * @return the map; this one if they have no key in common
     * @throws IllegalArgumentException if the other map has another comparator
     */
    public PersistentSortedMap<K, V> minusAll(PersistentSortedMap<K, ?> other, ForkJoinPool pool) {
        return algebra(Algebra.Kind.DIFFERENCE, other, null, Objects.requireNonNull(pool, "pool"));
    }

    /**
     * This map without some keys.
     *
     * @param keys the keys
     * @return the map; this one if it has none of them
     * @throws NullPointerException if there is a null
     * @throws ClassCastException if a key can't be compared with those of this map
     */
    public PersistentSortedMap<K, V> minusAll(Iterable<?> keys) {
        return with(Entries.minusAll(root(), keys, order()));
    }

    @SuppressWarnings("unchecked") // the function sees values of the two maps only
    private PersistentSortedMap<K, V> algebra(
            Algebra.Kind kind, PersistentSortedMap<K, ?> other, BinaryOperator<V> merge, ForkJoinPool pool) {
        if (!Order.same(order(), other.order())) {
            throw new IllegalArgumentException("another comparator: " + other.order() + ", not " + order());
        }
        return with(Algebra.apply(kind, root(), other.root(), (BinaryOperator<Object>) merge, order(), pool));
    }

    /**
     * The entries that pass a test.
     *
     * @param test called once for each entry
     * @return the map; this one if all pass
     */
    public PersistentSortedMap<K, V> filter(BiPredicate<? super K, ? super V> test) {
        return with(Maps.filter(root(), pairs(test), null));
    }

    /**
     * As {@link #filter(BiPredicate)}, with the threads of a pool if there is enough to do.
     *
     * @param test called once for each entry, by several threads at once
     * @param pool the threads
     * @return the map; this one if all pass
     */
    public PersistentSortedMap<K, V> filter(BiPredicate<? super K, ? super V> test, ForkJoinPool pool) {
        return with(Maps.filter(root(), pairs(test), Objects.requireNonNull(pool, "pool")));
    }

    private BiPredicate<Object, Object> pairs(BiPredicate<? super K, ? super V> test) {
        Objects.requireNonNull(test, "test");
        return (key, value) -> test.test(key(key), value(value));
    }

    /**
     * The same keys with other values.
     *
     * @param <W> the values
     * @param function called once for each entry
     * @return the map
     * @throws NullPointerException if the function returns null
     */
    public <W> PersistentSortedMap<K, W> mapValues(BiFunction<? super K, ? super V, ? extends W> function) {
        Objects.requireNonNull(function, "function");
        return new PersistentSortedMap<>(
                Maps.mapValues(root(), (key, value) -> function.apply(key(key), value(value)), null), order());
    }

    /**
     * As {@link #mapValues(BiFunction)}, with the threads of a pool if there is enough to do.
     *
     * @param <W> the values
     * @param function called once for each entry, by several threads at once
     * @param pool the threads
     * @return the map
     * @throws NullPointerException if the function returns null
     */
    public <W> PersistentSortedMap<K, W> mapValues(
            BiFunction<? super K, ? super V, ? extends W> function, ForkJoinPool pool) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(pool, "pool");
        return new PersistentSortedMap<>(
                Maps.mapValues(root(), (key, value) -> function.apply(key(key), value(value)), pool), order());
    }

    // ---- ranges

    /**
     * The entries in a range: a map of its own, not a view, which keeps nothing else alive. In O(log n).
     *
     * @param part the range
     * @return the map
     * @throws IllegalArgumentException if its ends are not in order
     */
    public PersistentSortedMap<K, V> range(KeyRange<K> part) {
        part.checked(order());
        return with(Entries.cut(root(), part, order()));
    }

    /**
     * How many keys are less than a key; in O(log n).
     *
     * @param key a key, whether it is in this map or not
     * @return their number
     */
    public int rank(K key) {
        return Seek.rank(root(), Objects.requireNonNull(key, "key"), false, order());
    }

    /**
     * The entry with so many before it; in O(log n).
     *
     * @param index from 0 to the size, exclusive
     * @return the entry
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public Map.Entry<K, V> select(int index) {
        return typed(Seek.select(root(), Objects.checkIndex(index, size())));
    }

    /**
     * How many keys are in {@code [from, to)}; in O(log n).
     *
     * @param from the least key that counts
     * @param to the least key that counts no more
     * @return their number
     * @throws IllegalArgumentException if {@code from} is greater than {@code to}
     */
    public int countRange(K from, K to) {
        return countRange(KeyRange.closedOpen(from, to));
    }

    /**
     * How many keys are in a range; in O(log n).
     *
     * @param part the range
     * @return their number
     * @throws IllegalArgumentException if its ends are not in order
     */
    public int countRange(KeyRange<K> part) {
        return sizeIn(root(), part.checked(order()));
    }

    /**
     * The aggregate of a range. The first call with a monoid looks at every entry; aggregates of parts are kept with
     * them, so later calls, on this map or on another version of it, look at O(log n) nodes and at those that are new.
     *
     * @param <A> the aggregates
     * @param part the range
     * @param monoid how to sum up
     * @return the aggregate, from left to right
     * @throws IllegalArgumentException if the ends of the range are not in order
     * @throws NullPointerException if there is a null, an aggregate included
     */
    public <A> A aggregate(KeyRange<K> part, Monoid<? super K, ? super V, A> monoid) {
        return foldIn(root(), part, monoid);
    }

    // ---- versions

    /**
     * What happened from one version to another: applied to the older, it gives the newer. Parts that both share are
     * skipped, so the time grows with the changes. A value is the same if it is the same object.
     *
     * @param <K> the keys
     * @param <V> the values
     * @param older a map
     * @param newer another in the same order
     * @return the changes, in ascending order of their keys
     * @throws IllegalArgumentException if the comparators differ
     */
    public static <K, V> List<Change<K, V>> diff(PersistentSortedMap<K, V> older, PersistentSortedMap<K, V> newer) {
        if (!Order.same(older.order(), newer.order())) {
            throw new IllegalArgumentException("another comparator: " + newer.order() + ", not " + older.order());
        }
        List<Change<K, V>> changes = new ArrayList<>();
        Diff.visit(
                older.root(),
                newer.root(),
                older.order(),
                (key, before, after) ->
                        changes.add(new Change<>(older.key(key), older.value(before), older.value(after))));
        return changes;
    }

    private PersistentSortedMap<K, V> with(Object root) {
        return root == root() ? this : new PersistentSortedMap<>(root, order());
    }

    // ---- serial form

    /**
     * What is written instead: the comparator and the entries, in ascending order.
     *
     * @return an object of its own class
     */
    private Object writeReplace() {
        return new Written(Written.Form.PERSISTENT, this);
    }

    /**
     * Refuses a stream that was not written by this class.
     *
     * @param in the stream
     * @throws InvalidObjectException always
     */
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only its written form can be read");
    }
}
