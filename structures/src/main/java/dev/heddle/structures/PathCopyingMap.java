// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Combining;
import dev.heddle.structures.internal.Nodes;
import dev.heddle.structures.internal.Order;
import dev.heddle.structures.internal.Seek;
import dev.heddle.structures.internal.TreeApplier;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * A sorted map for many threads in which every operation is atomic: those of one key, and also {@link #size},
 * navigation, iteration, views, {@link #putAll}, {@link #clear}, {@link #replaceAll}, and {@code containsAll}, {@code
 * removeIf}, {@code removeAll} and {@code retainAll} of its views. An iterator, a stream or a walk through a view sees the map as
 * it was at one moment. {@link #snapshot()} gives that moment for good, in constant time, and {@link #update} changes
 * any number of keys at once.
 *
 * <p>Each write replaces the one reference to the current {@link PersistentSortedMap}; a write that changes nothing
 * writes nothing. Reads are wait-free. Writes are lock-free: one fails, and is repeated, only because another
 * succeeded, and after a few failures the others take the operation along with theirs. So a comparator, and the {@code
 * equals} of a value given to {@link #remove(Object, Object)} or {@link #replace(Object, Object, Object)}, may run on
 * the thread of another writer. No thread ever waits for another.
 *
 * <p>Functions given to an operation run on the calling thread and are never handed to others. {@link #computeIfAbsent}
 * calls its function once at most. {@link #compute}, {@link #computeIfPresent} and {@link #merge} call theirs again
 * only if the value of the key has become another object meanwhile. Functions of {@link #update}, {@link #replaceAll}
 * and {@code removeIf} run again whenever another write came first; they should be pure.
 *
 * <p>Null is neither a key nor a value. Entries of iterators write through: {@code setValue} is a {@code put}, even if
 * the key has been removed meanwhile. Entries of navigation are immutable. Actions before a write happen-before those
 * after a read that sees it.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class PathCopyingMap<K, V> extends LiveReads<K, V> implements Cloneable, Serializable {
    private static final long serialVersionUID = 1;

    private final transient Comparator<Object> order;
    private final transient Combining<Object> cell;

    /** An empty map in the natural order of its keys. */
    public PathCopyingMap() {
        this(Nodes.EMPTY, null);
    }

    /**
     * An empty map.
     *
     * @param comparator the order of its keys; null for the natural order
     */
    public PathCopyingMap(Comparator<? super K> comparator) {
        this(Nodes.EMPTY, Entries.untyped(comparator));
    }

    /**
     * A map with the entries of another, in the natural order of its keys.
     *
     * @param entries the entries
     * @throws NullPointerException if there is a null
     * @throws ClassCastException if the keys can't be compared
     */
    public PathCopyingMap(Map<? extends K, ? extends V> entries) {
        this(Entries.treeOf(entries, null), null);
    }

    /**
     * A map with the entries and the order of another; in O(n), or in constant time if that is a map of this package.
     *
     * @param entries the entries
     * @throws NullPointerException if there is a null
     */
    public PathCopyingMap(SortedMap<K, ? extends V> entries) {
        this(Entries.treeOf(entries, Entries.untyped(entries.comparator())), Entries.untyped(entries.comparator()));
    }

    PathCopyingMap(Object root, Comparator<Object> order) {
        super(KeyRange.all(), false);
        this.order = order;
        this.cell = new Combining<>(root, new TreeApplier(order));
    }

    /** For tests: writers combine after so many failures, in so many slots. */
    static <K, V> PathCopyingMap<K, V> withPatience(int patience, int slots) {
        return new PathCopyingMap<>(Combining.small(Nodes.EMPTY, new TreeApplier(null), patience, slots));
    }

    private PathCopyingMap(Combining<Object> cell) {
        super(KeyRange.all(), false);
        this.order = null;
        this.cell = cell;
    }

    @Override
    Comparator<Object> order() {
        return order;
    }

    @Override
    PathCopyingMap<K, V> whole() {
        return this;
    }

    Combining<Object> cell() {
        return cell;
    }

    // ---- versions

    /**
     * The map as it is now, in constant time. It never changes, and costs memory only for what changes here later.
     *
     * @return the current version
     */
    public PersistentSortedMap<K, V> snapshot() {
        return new PersistentSortedMap<>(root(), order);
    }

    /**
     * Replaces the current version by one made of it, as one step. The function runs again if another write came first,
     * so it should be pure; what it threw is thrown, and nothing changed.
     *
     * @param function from the current version to the next, in the same order
     * @return the version that is in place after this step
     * @throws IllegalArgumentException if the function's result has another comparator
     * @throws NullPointerException if the function returns null
     */
    public PersistentSortedMap<K, V> update(UnaryOperator<PersistentSortedMap<K, V>> function) {
        Objects.requireNonNull(function, "function");
        Object[] installed = new Object[1];
        transform(root -> {
            PersistentSortedMap<K, V> next = function.apply(new PersistentSortedMap<>(root, order));
            installed[0] = mine(Objects.requireNonNull(next, "the function returned null"));
            return installed[0];
        });
        return new PersistentSortedMap<>(installed[0], order);
    }

    /**
     * Replaces the current version if it is that of a snapshot. If the map was changed meanwhile and changed back, it
     * may count as another version.
     *
     * @param expected a snapshot
     * @param next the next version, in the same order
     * @return whether it was replaced
     * @throws IllegalArgumentException if a version has another comparator
     */
    public boolean compareAndSet(PersistentSortedMap<K, V> expected, PersistentSortedMap<K, V> next) {
        Object from = mine(expected);
        Object to = mine(next);
        boolean[] met = new boolean[1];
        transform(root -> {
            met[0] = root == from;
            return met[0] ? to : root;
        });
        return met[0];
    }

    /** The root of a version of this map. */
    private Object mine(PersistentSortedMap<K, V> version) {
        if (!Order.same(order, version.order())) {
            throw new IllegalArgumentException("another comparator: " + version.order() + ", not " + order);
        }
        return version.root();
    }

    // ---- ranges

    /**
     * How many keys are less than a key; in O(log n).
     *
     * @param key a key, whether it is in this map or not
     * @return their number
     */
    public int rank(K key) {
        return Seek.rank(root(), Objects.requireNonNull(key, "key"), false, order);
    }

    /**
     * The entry with so many before it; in O(log n).
     *
     * @param index from 0 to the size, exclusive
     * @return the entry
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public Map.Entry<K, V> select(int index) {
        Object root = root();
        return typed(Seek.select(root, Objects.checkIndex(index, Nodes.size(root))));
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
        return sizeIn(root(), part.checked(order));
    }

    /**
     * The aggregate of a range, as {@link PersistentSortedMap#aggregate}.
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

    // ---- others

    /**
     * What the writers of this map have done so far; not one moment, as they go on meanwhile.
     *
     * @return their counters
     */
    public PathCopying.Statistics statistics() {
        return PathCopying.Statistics.of(cell.tally());
    }

    /**
     * A map of its own with the entries of this one; in constant time.
     *
     * @return the copy
     */
    @Override
    @SuppressWarnings("MissingSuperCall") // nothing is shared but the immutable root
    public PathCopyingMap<K, V> clone() {
        return new PathCopyingMap<>(root(), order);
    }

    // ---- serial form

    /**
     * What is written instead: the comparator and the entries, in ascending order.
     *
     * @return an object of its own class
     */
    private Object writeReplace() {
        return new Written(Written.Form.MAP, this);
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
