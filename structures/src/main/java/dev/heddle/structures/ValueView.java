// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The values of a map, in the order of their keys. */
final class ValueView<K, V> extends AbstractCollection<V> {
    private final SortedReads<K, V> map;

    ValueView(SortedReads<K, V> map) {
        this.map = map;
    }

    @Override
    public boolean contains(Object value) {
        return map.containsValue(value);
    }

    @Override
    public boolean remove(Object value) {
        return map.removeValue(value);
    }

    // ---- many values, one step

    @Override
    public boolean removeAll(Collection<?> values) {
        Objects.requireNonNull(values);
        return map.removeEntries((key, value) -> values.contains(value));
    }

    @Override
    public boolean retainAll(Collection<?> values) {
        Objects.requireNonNull(values);
        return map.removeEntries((key, value) -> !values.contains(value));
    }

    @Override
    public boolean removeIf(Predicate<? super V> test) {
        Objects.requireNonNull(test);
        return map.removeEntries((key, value) -> test.test(value));
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
                : map.frozen().values().containsAll(elements);
    }

    @Override
    public Iterator<V> iterator() {
        return map.valueSteps();
    }

    @Override
    public void forEach(Consumer<? super V> action) {
        iterator().forEachRemaining(action);
    }

    @Override
    public Spliterator<V> spliterator() {
        return map.valueParts();
    }
}
