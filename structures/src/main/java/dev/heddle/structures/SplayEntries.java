// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Order;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Predicate;

/** The entries of a map. */
final class SplayEntries<K, V> extends AbstractSet<Map.Entry<K, V>> {
    private final SplayReads<K, V> map;

    SplayEntries(SplayReads<K, V> map) {
        this.map = map;
    }

    @Override
    public boolean contains(Object element) {
        return element instanceof Map.Entry<?, ?> entry
                && entry.getKey() != null
                && entry.getValue() != null
                && entry.getValue().equals(map.get(entry.getKey()));
    }

    @Override
    public boolean remove(Object element) {
        return element instanceof Map.Entry<?, ?> entry
                && entry.getKey() != null
                && map.remove(entry.getKey(), entry.getValue());
    }

    @Override
    public boolean removeAll(Collection<?> elements) {
        Objects.requireNonNull(elements);
        return map.removeEntries((key, value) -> elements.contains(Map.entry(key, value)));
    }

    @Override
    public boolean retainAll(Collection<?> elements) {
        Objects.requireNonNull(elements);
        return map.removeEntries((key, value) -> !elements.contains(Map.entry(key, value)));
    }

    @Override
    public boolean removeIf(Predicate<? super Map.Entry<K, V>> test) {
        Objects.requireNonNull(test);
        return map.removeEntries((key, value) -> test.test(Map.entry(key, value)));
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public boolean isEmpty() {
        return map.isEmpty();
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return map.steps((key, value) -> new SplaySteps.Through<>(map, key, value));
    }

    @Override
    public Spliterator<Map.Entry<K, V>> spliterator() {
        int way = map.descending ? -1 : 1;
        return new SplaySteps.Parts<>(
                iterator(), (one, other) -> way * sign(Order.compare(map.order(), one.getKey(), other.getKey())));
    }

    private static int sign(int comparison) {
        return Integer.signum(comparison);
    }
}
