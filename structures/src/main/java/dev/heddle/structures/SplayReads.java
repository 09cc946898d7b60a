// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.SplayList;
import dev.heddle.structures.internal.SplayNode;
import java.util.AbstractMap;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/** A {@link SplayListMap} or a range of one. */
abstract class SplayReads<K, V> extends AbstractMap<K, V> implements ConcurrentNavigableMap<K, V> {
    final transient KeyRange<K> range;
    final transient boolean descending;

    SplayReads(KeyRange<K> range, boolean descending) {
        this.range = range;
        this.descending = descending;
    }

    /** The map that this is a range of. */
    abstract SplayListMap<K, V> whole();

    SplayList list() {
        return whole().list();
    }

    final Comparator<Object> order() {
        return list().order();
    }

    // ---- one key

    @Override
    public V get(Object key) {
        return has(key) ? value(list().get(key)) : null;
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
    public V put(K key, V value) {
        return value(list().put(mine(key), Objects.requireNonNull(value, "value"), false));
    }

    @Override
    public V putIfAbsent(K key, V value) {
        return value(list().put(mine(key), Objects.requireNonNull(value, "value"), true));
    }

    @Override
    public V remove(Object key) {
        return has(key) ? value(list().remove(key)) : null;
    }

    @Override
    public boolean remove(Object key, Object value) {
        if (!has(key) || value == null) {
            return false;
        }
        while (true) { // ends: each turn lost is a change of this value by another thread
            SplayNode node = list().find(key);
            Object old = valueOf(node);
            if (old == null || !value.equals(old)) {
                return false;
            }
            if (list().kill(node, old)) {
                return true;
            }
        }
    }

    @Override
    public V replace(K key, V value) {
        Objects.requireNonNull(value, "value");
        if (!has(key)) {
            return null;
        }
        while (true) { // ends: each turn lost is a change of this value by another thread
            SplayNode node = list().find(key);
            Object old = valueOf(node);
            if (old == null || list().replace(node, old, value)) {
                return value(old);
            }
        }
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        Objects.requireNonNull(expected, "expected value");
        Objects.requireNonNull(value, "value");
        if (!has(key)) {
            return false;
        }
        while (true) { // ends: each turn lost is a change of this value by another thread
            SplayNode node = list().find(key);
            Object old = valueOf(node);
            if (old == null || !expected.equals(old)) {
                return false;
            }
            if (list().replace(node, old, value)) {
                return true;
            }
        }
    }

    /** A key that may be stored here. */
    final K mine(K key) {
        Objects.requireNonNull(key, "key");
        if (!range.isAll() && !range.has(key, order())) {
            throw new IllegalArgumentException("key out of range: " + key + " not in " + range);
        }
        return key;
    }

    private boolean has(Object key) {
        Objects.requireNonNull(key, "key");
        return range.isAll() || range.has(key, order());
    }

    private static Object valueOf(SplayNode node) {
        return node == null ? null : node.value();
    }

    // ---- functions of the caller

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        mine(key);
        V there = get(key);
        if (there != null) {
            return there;
        }
        V made = function.apply(key);
        V first = made == null ? null : putIfAbsent(key, made);
        return first == null ? made : first;
    }

    @Override
    public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        return has(key) ? computed(key, (at, old) -> old == null ? null : function.apply(at, old)) : null;
    }

    @Override
    public V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        return computed(mine(key), function);
    }

    @Override
    public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(value, "value");
        return computed(mine(key), (at, old) -> old == null ? value : function.apply(old, value));
    }

    private V computed(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        while (true) { // ends: each turn lost is a change of this value by another thread
            SplayNode node = list().find(key);
            V old = value(valueOf(node));
            V made = function.apply(key, old);
            if (made == null ? old == null || list().kill(node, old) : took(key, node, old, made)) {
                return made;
            }
        }
    }

    private boolean took(K key, SplayNode node, V old, V made) {
        return old == null ? list().put(key, made, true) == null : list().replace(node, old, made);
    }

    // ---- neighbours

    @Override
    public Map.Entry<K, V> firstEntry() {
        return entry(first());
    }

    @Override
    public Map.Entry<K, V> lastEntry() {
        return entry(descending ? low() : high());
    }

    @Override
    public Map.Entry<K, V> lowerEntry(K key) {
        return entry(descending ? atLeast(key, false) : atMost(key, false));
    }

    @Override
    public Map.Entry<K, V> floorEntry(K key) {
        return entry(descending ? atLeast(key, true) : atMost(key, true));
    }

    @Override
    public Map.Entry<K, V> ceilingEntry(K key) {
        return entry(descending ? atMost(key, true) : atLeast(key, true));
    }

    @Override
    public Map.Entry<K, V> higherEntry(K key) {
        return entry(descending ? atMost(key, false) : atLeast(key, false));
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

    @Override
    public Map.Entry<K, V> pollFirstEntry() {
        return polled(descending);
    }

    @Override
    public Map.Entry<K, V> pollLastEntry() {
        return polled(!descending);
    }

    private Map.Entry<K, V> polled(boolean highest) {
        while (true) { // ends: each turn lost is a change of this key by another thread
            SplayList.Found found = highest ? high() : low();
            if (found == null || list().kill(found.node(), found.value())) {
                return entry(found);
            }
        }
    }

    /** Where an iteration begins. */
    final SplayList.Found first() {
        return descending ? high() : low();
    }

    /** Where it goes on. */
    final SplayList.Found after(SplayNode node) {
        return descending ? inRange(list().atMost(node.key, false)) : inRange(SplayList.liveAfter(node));
    }

    private SplayList.Found low() {
        return inRange(list().atLeast(range.from, range.withFrom));
    }

    private SplayList.Found high() {
        return inRange(list().atMost(range.to, range.withTo));
    }

    private SplayList.Found atMost(K key, boolean with) {
        Objects.requireNonNull(key, "key");
        return range.tooHigh(key, order()) ? high() : inRange(list().atMost(key, with));
    }

    private SplayList.Found atLeast(K key, boolean with) {
        Objects.requireNonNull(key, "key");
        return range.tooLow(key, order()) ? low() : inRange(list().atLeast(key, with));
    }

    private SplayList.Found inRange(SplayList.Found found) {
        return found == null || range.isAll() || range.has(found.node().key, order()) ? found : null;
    }

    private Map.Entry<K, V> entry(SplayList.Found found) {
        return found == null ? null : new SimpleImmutableEntry<>(key(found.node().key), value(found.value()));
    }

    // ---- whole map

    @Override
    public int size() {
        long size = 0;
        for (SplayList.Found at = first(); at != null; at = after(at.node())) { // ends: the list ascends
            size++;
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        return low() == null;
    }

    @Override
    public boolean containsValue(Object value) {
        Objects.requireNonNull(value, "value");
        return super.containsValue(value);
    }

    @Override
    public void clear() {
        removeKeys(key -> true);
    }

    @Override
    public void forEach(BiConsumer<? super K, ? super V> action) {
        Objects.requireNonNull(action, "action");
        for (SplayList.Found at = first(); at != null; at = after(at.node())) { // ends: the list ascends
            action.accept(key(at.node().key), value(at.value()));
        }
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        forEach((key, value) ->
                computeIfPresent(key, (at, old) -> Objects.requireNonNull(function.apply(at, old), "value")));
    }

    /** Removes the entries that pass, one by one, each only with the value that passed. */
    final boolean removeEntries(BiPredicate<? super K, ? super V> test) {
        boolean changed = false;
        for (SplayList.Found at = first(); at != null; at = after(at.node())) { // ends: the list ascends
            if (test.test(key(at.node().key), value(at.value()))) {
                changed |= list().kill(at.node(), at.value());
            }
        }
        return changed;
    }

    /** Removes the keys that pass, one by one. */
    final boolean removeKeys(Predicate<? super K> test) {
        boolean changed = false;
        for (SplayList.Found at = first(); at != null; at = after(at.node())) { // ends: the list ascends
            K key = key(at.node().key);
            if (test.test(key)) {
                changed |= list().remove(key) != null;
            }
        }
        return changed;
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
        return new SplayKeys<>(this, null);
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
        return new SplayEntries<>(this);
    }

    @Override
    public Collection<V> values() {
        return new SplayValues<>(this);
    }

    @Override
    public ConcurrentNavigableMap<K, V> descendingMap() {
        return view(range, !descending);
    }

    @Override
    public ConcurrentNavigableMap<K, V> subMap(K from, boolean withFrom, K to, boolean withTo) {
        Objects.requireNonNull(from, "fromKey");
        Objects.requireNonNull(to, "toKey");
        return part(from, withFrom, to, withTo);
    }

    @Override
    public ConcurrentNavigableMap<K, V> headMap(K to, boolean with) {
        return part(null, false, Objects.requireNonNull(to, "toKey"), with);
    }

    @Override
    public ConcurrentNavigableMap<K, V> tailMap(K from, boolean with) {
        return part(Objects.requireNonNull(from, "fromKey"), with, null, false);
    }

    @Override
    public ConcurrentNavigableMap<K, V> subMap(K from, K to) {
        return subMap(from, true, to, false);
    }

    @Override
    public ConcurrentNavigableMap<K, V> headMap(K to) {
        return headMap(to, false);
    }

    @Override
    public ConcurrentNavigableMap<K, V> tailMap(K from) {
        return tailMap(from, true);
    }

    private SplayView<K, V> part(K from, boolean withFrom, K to, boolean withTo) {
        KeyRange<K> part =
                descending ? new KeyRange<>(to, withTo, from, withFrom) : new KeyRange<>(from, withFrom, to, withTo);
        return view(range.within(part, order()), descending);
    }

    final SplayView<K, V> view(KeyRange<K> part, boolean down) {
        return new SplayView<>(whole(), part, down);
    }

    final <T> SplaySteps<K, V, T> steps(BiFunction<K, V, T> make) {
        return new SplaySteps<>(this, make);
    }

    // ---- types

    @SuppressWarnings("unchecked") // the list holds keys of this map
    final K key(Object key) {
        return (K) key;
    }

    @SuppressWarnings("unchecked") // the list holds values of this map
    final V value(Object value) {
        return (V) value;
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
