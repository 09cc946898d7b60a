// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.io.Serializable;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SortedSet;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The keys of a map; those of a set's map can be added to.
 *
 * @param <E> the keys
 */
class KeyView<E> extends AbstractSet<E> implements NavigableSet<E>, Serializable {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // each map of this package is
    private final SortedReads<E, ?> map;

    private final Boolean present; // the value of keys that are added; null: none can be

    KeyView(SortedReads<E, ?> map, Boolean present) {
        this.map = map;
        this.present = present;
    }

    private NavigableSet<E> over(NavigableMap<E, ?> part) {
        return new KeyView<>((SortedReads<E, ?>) part, present);
    }

    @SuppressWarnings("unchecked") // a set is over a live map from its elements to "present"
    private LiveReads<E, Boolean> elements() {
        if (present == null) {
            throw new UnsupportedOperationException("keys without values");
        }
        return (LiveReads<E, Boolean>) map;
    }

    // ---- one element

    @Override
    public boolean contains(Object element) {
        return map.containsKey(element);
    }

    @Override
    public boolean add(E element) {
        return elements().putIfAbsent(element, present) == null;
    }

    @Override
    public boolean remove(Object element) {
        return map.remove(element) != null;
    }

    @Override
    public E pollFirst() {
        return keyOrNull(map.pollFirstEntry());
    }

    @Override
    public E pollLast() {
        return keyOrNull(map.pollLastEntry());
    }

    private static <E> E keyOrNull(Map.Entry<E, ?> entry) {
        return entry == null ? null : entry.getKey();
    }

    // ---- many elements, one step

    @Override
    public boolean addAll(Collection<? extends E> elements) {
        return elements().addKeys(elements, present);
    }

    @Override
    public boolean removeAll(Collection<?> elements) {
        return map.removeKeys(elements);
    }

    @Override
    public boolean retainAll(Collection<?> elements) {
        Objects.requireNonNull(elements);
        return map.removeEntries((key, value) -> !elements.contains(key));
    }

    @Override
    public boolean removeIf(Predicate<? super E> test) {
        Objects.requireNonNull(test);
        return map.removeEntries((key, value) -> test.test(key));
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
        return map.isFrozen() ? super.containsAll(elements) : frozen().containsAll(elements);
    }

    @Override
    public Comparator<? super E> comparator() {
        return map.comparator();
    }

    @Override
    public E first() {
        return map.firstKey();
    }

    @Override
    public E last() {
        return map.lastKey();
    }

    @Override
    public E lower(E element) {
        return map.lowerKey(element);
    }

    @Override
    public E floor(E element) {
        return map.floorKey(element);
    }

    @Override
    public E ceiling(E element) {
        return map.ceilingKey(element);
    }

    @Override
    public E higher(E element) {
        return map.higherKey(element);
    }

    @Override
    public Iterator<E> iterator() {
        return map.keySteps();
    }

    @Override
    public Iterator<E> descendingIterator() {
        return descendingSet().iterator();
    }

    @Override
    public void forEach(Consumer<? super E> action) {
        iterator().forEachRemaining(action);
    }

    @Override
    public Spliterator<E> spliterator() {
        return map.keyParts();
    }

    /** Compares as it is now, at one moment. */
    @Override
    public boolean equals(Object other) {
        return other == this || (map.isFrozen() ? super.equals(other) : frozen().equals(other));
    }

    @Override
    public int hashCode() {
        return map.isFrozen() ? super.hashCode() : frozen().hashCode();
    }

    private KeyView<E> frozen() {
        return new KeyView<>(map.frozen(), null);
    }

    // ---- views

    @Override
    public NavigableSet<E> descendingSet() {
        return over(map.descendingMap());
    }

    @Override
    public NavigableSet<E> subSet(E from, boolean withFrom, E to, boolean withTo) {
        return over(map.subMap(from, withFrom, to, withTo));
    }

    @Override
    public NavigableSet<E> headSet(E to, boolean with) {
        return over(map.headMap(to, with));
    }

    @Override
    public NavigableSet<E> tailSet(E from, boolean with) {
        return over(map.tailMap(from, with));
    }

    @Override
    public SortedSet<E> subSet(E from, E to) {
        return subSet(from, true, to, false);
    }

    @Override
    public SortedSet<E> headSet(E to) {
        return headSet(to, false);
    }

    @Override
    public SortedSet<E> tailSet(E from) {
        return tailSet(from, true);
    }
}
