// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.util.AbstractMap;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Maps of one tree: nothing changes, and whoever tries is told so. */
abstract class FixedReads<K, V> extends SortedReads<K, V> {
    private final Object root;
    private final Comparator<Object> order;

    FixedReads(Object root, Comparator<Object> order, KeyRange<K> range, boolean descending) {
        super(range, descending);
        this.root = root;
        this.order = order;
    }

    @Override
    final Object root() {
        return root;
    }

    @Override
    final Comparator<Object> order() {
        return order;
    }

    @Override
    final FixedView<K, V> view(KeyRange<K> part, boolean down) {
        return new FixedView<>(root, order, part, down);
    }

    @Override
    final SortedReads<K, V> frozen() {
        return this;
    }

    @Override
    final boolean isFrozen() {
        return true;
    }

    @Override
    final Map.Entry<K, V> entry(K key, V value) {
        return new AbstractMap.SimpleImmutableEntry<>(key, value);
    }

    @Override
    final int kind() {
        return Spliterator.IMMUTABLE;
    }

    // ---- what is not supported

    @Override
    final boolean removeEntries(BiPredicate<? super K, ? super V> test) {
        Objects.requireNonNull(test);
        throw immutable();
    }

    @Override
    final boolean removeKeys(Collection<?> keys) {
        Objects.requireNonNull(keys);
        throw immutable();
    }

    @Override
    final boolean removeValue(Object value) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final V put(K key, V value) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final V remove(Object key) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final void putAll(Map<? extends K, ? extends V> entries) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final void clear() {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final V putIfAbsent(K key, V value) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final boolean remove(Object key, Object value) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final V replace(K key, V value) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final boolean replace(K key, V expected, V value) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final Map.Entry<K, V> pollFirstEntry() {
        throw immutable();
    }

    /**
     * Not supported.
     *
     * @throws UnsupportedOperationException always
     */
    @Override
    public final Map.Entry<K, V> pollLastEntry() {
        throw immutable();
    }

    private static UnsupportedOperationException immutable() {
        return new UnsupportedOperationException("immutable");
    }
}
