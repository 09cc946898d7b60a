// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
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
import java.util.function.Predicate;

/**
 * The keys of a map; those of a set's map can be added to.
 *
 * @param <E> the keys
 */
class SplayKeys<E> extends AbstractSet<E> implements NavigableSet<E>, Serializable {
    private static final long serialVersionUID = 1;

    private final transient SplayReads<E, ?> map;
    private final transient Boolean present; // the value of keys that are added; null: none can be

    SplayKeys(SplayReads<E, ?> map, Boolean present) {
        this.map = map;
        this.present = present;
    }

    private NavigableSet<E> over(NavigableMap<E, ?> part) {
        return new SplayKeys<>((SplayReads<E, ?>) part, present);
    }

    @SuppressWarnings("unchecked") // a set is over a map from its elements to "present"
    private SplayReads<E, Boolean> elements() {
        if (present == null) {
            throw new UnsupportedOperationException("keys without values");
        }
        return (SplayReads<E, Boolean>) map;
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

    // ---- many elements

    @Override
    public boolean removeAll(Collection<?> elements) {
        boolean changed = false;
        for (Object element : elements) {
            changed |= element != null && remove(element);
        }
        return changed;
    }

    @Override
    public boolean retainAll(Collection<?> elements) {
        Objects.requireNonNull(elements);
        return map.removeKeys(key -> !elements.contains(key));
    }

    @Override
    public boolean removeIf(Predicate<? super E> test) {
        Objects.requireNonNull(test);
        return map.removeKeys(test);
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
        return map.steps((key, value) -> key);
    }

    @Override
    public Iterator<E> descendingIterator() {
        return descendingSet().iterator();
    }

    @Override
    public Spliterator<E> spliterator() {
        return new SplaySteps.Parts<>(iterator(), comparator());
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

    // ---- serial form

    /** Written with the whole map. */
    private Object writeReplace() {
        return new SplayWritten(present == null ? SplayWritten.Form.KEYS : SplayWritten.Form.ELEMENTS, map);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only its written form can be read");
    }
}
