// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Folds;
import dev.heddle.structures.internal.Nodes;
import dev.heddle.structures.internal.Parts;
import dev.heddle.structures.internal.Seek;
import dev.heddle.structures.internal.Tree;
import dev.heddle.structures.internal.Walk;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** What all maps of trees have in common: reading. Each operation looks at one root, in a range of its keys. */
abstract class SortedReads<K, V> extends AbstractMap<K, V> implements NavigableMap<K, V> {
    final KeyRange<K> range;
    final boolean descending;

    SortedReads(KeyRange<K> range, boolean descending) {
        this.range = range;
        this.descending = descending;
    }

    /** The tree that an operation looks at. */
    abstract Object root();

    /** Of the tree; null for the natural order. */
    abstract Comparator<Object> order();

    /** The same map in another range, or the other way round. */
    abstract NavigableMap<K, V> view(KeyRange<K> part, boolean down);

    /** This map as it is now, for good. */
    abstract SortedReads<K, V> frozen();

    /** Whether it is so already. */
    abstract boolean isFrozen();

    /** Removes the entries that pass, as one step. */
    abstract boolean removeEntries(BiPredicate<? super K, ? super V> test);

    /** Removes the entries of keys, as one step. */
    abstract boolean removeKeys(Collection<?> keys);

    /** Removes the first entry with an equal value, as one step. */
    abstract boolean removeValue(Object value);

    /** An entry that an iterator gives. */
    abstract Map.Entry<K, V> entry(K key, V value);

    /** What a spliterator is besides sorted. */
    abstract int kind();

    // ---- one key

    @Override
    public V get(Object key) {
        Objects.requireNonNull(key, "key");
        Object root = root();
        if (!range.isAll() && !range.has(key, order())) {
            return null;
        }
        return value(Tree.get(root, key, order()));
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    @Override
    public V getOrDefault(Object key, V other) {
        V value = get(key);
        return value == null ? other : value;
    }

    @Override
    public boolean containsValue(Object value) {
        Objects.requireNonNull(value, "value");
        for (Iterator<V> all = frozen().values().iterator(); all.hasNext(); ) {
            if (value.equals(all.next())) {
                return true;
            }
        }
        return false;
    }

    // ---- neighbours

    @Override
    public Map.Entry<K, V> firstEntry() {
        return descending ? high(root()) : low(root());
    }

    @Override
    public Map.Entry<K, V> lastEntry() {
        return descending ? low(root()) : high(root());
    }

    @Override
    public Map.Entry<K, V> lowerEntry(K key) {
        return descending ? atLeast(key, false) : atMost(key, false);
    }

    @Override
    public Map.Entry<K, V> floorEntry(K key) {
        return descending ? atLeast(key, true) : atMost(key, true);
    }

    @Override
    public Map.Entry<K, V> ceilingEntry(K key) {
        return descending ? atMost(key, true) : atLeast(key, true);
    }

    @Override
    public Map.Entry<K, V> higherEntry(K key) {
        return descending ? atMost(key, false) : atLeast(key, false);
    }

    @Override
    public K firstKey() {
        return keyOf(firstEntry());
    }

    @Override
    public K lastKey() {
        return keyOf(lastEntry());
    }

    @Override
    public K lowerKey(K key) {
        return keyOrNull(lowerEntry(key));
    }

    @Override
    public K floorKey(K key) {
        return keyOrNull(floorEntry(key));
    }

    @Override
    public K ceilingKey(K key) {
        return keyOrNull(ceilingEntry(key));
    }

    @Override
    public K higherKey(K key) {
        return keyOrNull(higherEntry(key));
    }

    private Map.Entry<K, V> low(Object root) {
        Map.Entry<Object, Object> found =
                range.from == null ? Seek.first(root) : Seek.atLeast(root, range.from, range.withFrom, order());
        return found == null || range.tooHigh(found.getKey(), order()) ? null : typed(found);
    }

    private Map.Entry<K, V> high(Object root) {
        Map.Entry<Object, Object> found =
                range.to == null ? Seek.last(root) : Seek.atMost(root, range.to, range.withTo, order());
        return found == null || range.tooLow(found.getKey(), order()) ? null : typed(found);
    }

    private Map.Entry<K, V> atMost(K key, boolean with) {
        Objects.requireNonNull(key, "key");
        Object root = root();
        if (range.tooHigh(key, order())) {
            return high(root);
        }
        Map.Entry<Object, Object> found = Seek.atMost(root, key, with, order());
        return found == null || range.tooLow(found.getKey(), order()) ? null : typed(found);
    }

    private Map.Entry<K, V> atLeast(K key, boolean with) {
        Objects.requireNonNull(key, "key");
        Object root = root();
        if (range.tooLow(key, order())) {
            return low(root);
        }
        Map.Entry<Object, Object> found = Seek.atLeast(root, key, with, order());
        return found == null || range.tooHigh(found.getKey(), order()) ? null : typed(found);
    }

    // ---- numbers

    @Override
    public int size() {
        return sizeIn(root(), range);
    }

    @Override
    public boolean isEmpty() {
        return range.isAll() ? Nodes.size(root()) == 0 : low(root()) == null;
    }

    final int sizeIn(Object root, KeyRange<K> part) {
        return Math.max(0, end(root, part) - start(root, part));
    }

    private int start(Object root, KeyRange<K> part) {
        return part.from == null ? 0 : Seek.rank(root, part.from, !part.withFrom, order());
    }

    private int end(Object root, KeyRange<K> part) {
        return part.to == null ? Nodes.size(root) : Seek.rank(root, part.to, part.withTo, order());
    }

    @SuppressWarnings("unchecked") // a monoid over the keys and values of this map sees no others
    final <A> A foldIn(Object root, KeyRange<K> part, Monoid<? super K, ? super V, A> monoid) {
        Objects.requireNonNull(monoid, "monoid");
        part.checked(order());
        return (A) Folds.fold(
                root, part.from, part.withFrom, part.to, part.withTo, (Monoid<Object, Object, Object>) monoid, order());
    }

    // ---- whole map

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action");
        Walk walk = walk();
        do { // ends: a leaf less each turn
            Object[] leaf = walk.leaf();
            int n = leaf.length >> 1;
            for (int i = walk.first(), end = walk.end(), step = walk.step(); i != end; i += step) {
                action.accept(key(leaf[i]), value(leaf[n + i]));
            }
        } while (walk.next());
    }

    /** Compares as it is now, at one moment. */
    @Override
    public boolean equals(Object other) {
        return other == this || (other instanceof Map && frozen().sameAs((Map<?, ?>) other));
    }

    private boolean sameAs(Map<?, ?> other) {
        Map<?, ?> fixed = other instanceof SortedReads<?, ?> reads ? reads.frozen() : other;
        return super.equals(fixed);
    }

    @Override
    public int hashCode() {
        int sum = 0;
        for (Map.Entry<K, V> each : frozen().entrySet()) {
            sum += each.hashCode();
        }
        return sum;
    }

    @Override
    public String toString() {
        return frozen().text();
    }

    private String text() {
        return super.toString();
    }

    // ---- views

    @Override
    public Comparator<? super K> comparator() {
        @SuppressWarnings("unchecked") // made from a comparator of keys
        Comparator<? super K> order = (Comparator<? super K>) (Comparator<?>) order();
        return descending ? Collections.reverseOrder(order) : order;
    }

    @Override
    public NavigableSet<K> navigableKeySet() {
        return new KeyView<>(this, null);
    }

    @Override
    public NavigableSet<K> keySet() {
        return navigableKeySet();
    }

    @Override
    public NavigableSet<K> descendingKeySet() {
        return descendingMap().navigableKeySet();
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new EntryView<>(this);
    }

    @Override
    public Collection<V> values() {
        return new ValueView<>(this);
    }

    @Override
    public NavigableMap<K, V> descendingMap() {
        return view(range, !descending);
    }

    @Override
    public NavigableMap<K, V> subMap(K from, boolean withFrom, K to, boolean withTo) {
        Objects.requireNonNull(from, "fromKey");
        Objects.requireNonNull(to, "toKey");
        return part(from, withFrom, to, withTo);
    }

    @Override
    public NavigableMap<K, V> headMap(K to, boolean with) {
        return part(null, false, Objects.requireNonNull(to, "toKey"), with);
    }

    @Override
    public NavigableMap<K, V> tailMap(K from, boolean with) {
        return part(Objects.requireNonNull(from, "fromKey"), with, null, false);
    }

    @Override
    public NavigableMap<K, V> subMap(K from, K to) {
        return subMap(from, true, to, false);
    }

    @Override
    public NavigableMap<K, V> headMap(K to) {
        return headMap(to, false);
    }

    @Override
    public NavigableMap<K, V> tailMap(K from) {
        return tailMap(from, true);
    }

    private NavigableMap<K, V> part(K from, boolean withFrom, K to, boolean withTo) {
        KeyRange<K> part =
                descending ? new KeyRange<>(to, withTo, from, withFrom) : new KeyRange<>(from, withFrom, to, withTo);
        return view(range.within(part, order()), descending);
    }

    // ---- iteration

    private Walk walk() {
        return new Walk(root(), range.from, range.withFrom, range.to, range.withTo, descending, order());
    }

    private Walk walk(Parts.Run run) {
        return new Walk(run.root(), run.from(), run.to(), descending);
    }

    final Iterator<K> keySteps() {
        return new Steps.Keys<>(this, walk());
    }

    final Iterator<V> valueSteps() {
        return new Steps.Values<>(this, walk());
    }

    final Iterator<Map.Entry<K, V>> entrySteps() {
        return new Steps.Entries<>(this, walk());
    }

    final Spliterator<K> keyParts() {
        return parts(run -> new Steps.Keys<>(this, walk(run)), Spliterator.DISTINCT | Spliterator.SORTED, comparator());
    }

    final Spliterator<V> valueParts() {
        return parts(run -> new Steps.Values<>(this, walk(run)), 0, null);
    }

    final Spliterator<Map.Entry<K, V>> entryParts(Comparator<Map.Entry<K, V>> byKey) {
        return parts(run -> new Steps.Entries<>(this, walk(run)), Spliterator.DISTINCT | Spliterator.SORTED, byKey);
    }

    private <T> Spliterator<T> parts(
            Function<Parts.Run, Iterator<T>> steps, int sorted, Comparator<? super T> comparator) {
        int all =
                kind() | sorted | Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.SIZED | Spliterator.SUBSIZED;
        return new Parts<>(
                () -> {
                    Object root = root();
                    return new Parts.Run(root, start(root, range), end(root, range));
                },
                descending,
                steps,
                all,
                comparator);
    }

    // ---- types

    @SuppressWarnings("unchecked") // keys of the tree are of this map
    final K key(Object key) {
        return (K) key;
    }

    @SuppressWarnings("unchecked") // values of the tree are of this map
    final V value(Object value) {
        return (V) value;
    }

    @SuppressWarnings("unchecked") // entries of the tree are of this map
    final Map.Entry<K, V> typed(Map.Entry<?, ?> entry) {
        return (Map.Entry<K, V>) entry;
    }

    private static <K> K keyOf(Map.Entry<K, ?> entry) {
        if (entry == null) {
            throw new NoSuchElementException("empty");
        }
        return entry.getKey();
    }

    private static <K> K keyOrNull(Map.Entry<K, ?> entry) {
        return entry == null ? null : entry.getKey();
    }
}
