// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Order;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The entries of a map. */
final class EntryView<K, V> extends AbstractSet<Map.Entry<K, V>> {
    private final SortedReads<K, V> map;

    EntryView(SortedReads<K, V> map) {
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

    // ---- many entries, one step

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

    // ---- queries

    @Override
    public int size() {
        return map.size();
    }

    @Override
    public boolean isEmpty() {
        return map.isEmpty();
    }

    /** Looks at the map as it is now, at one moment. */
    @Override
    public boolean containsAll(Collection<?> elements) {
        return map.isFrozen()
                ? super.containsAll(elements)
                : map.frozen().entrySet().containsAll(elements);
    }

    @Override
    public Iterator<Map.Entry<K, V>> iterator() {
        return map.entrySteps();
    }

    @Override
    public void forEach(Consumer<? super Map.Entry<K, V>> action) {
        iterator().forEachRemaining(action);
    }

    @Override
    public Spliterator<Map.Entry<K, V>> spliterator() {
        return map.entryParts(byKey(map));
    }

    private static <K, V> Comparator<Map.Entry<K, V>> byKey(SortedReads<K, V> map) {
        return map.descending
                ? (one, other) -> compare(map, other.getKey(), one.getKey())
                : (one, other) -> compare(map, one.getKey(), other.getKey());
    }

    private static int compare(SortedReads<?, ?> map, Object one, Object other) {
        return Order.compare(map.order(), one, other);
    }

    /** Compares as it is now, at one moment. */
    @Override
    public boolean equals(Object other) {
        return other == this
                || (map.isFrozen()
                        ? super.equals(other)
                        : map.frozen().entrySet().equals(other));
    }

    @Override
    public int hashCode() {
        return map.hashCode();
    }
}
