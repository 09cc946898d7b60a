// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * A sorted set for many threads in which every operation is atomic: those of one element, and also {@link #size},
 * navigation, iteration, views, {@link #addAll}, {@link #removeAll}, {@link #retainAll}, {@link #removeIf} and {@link
 * #clear}. It is the set of keys of a {@link PathCopyingMap}, whose guarantees it has. Null is no element.
 *
 * @param <E> the elements
 */
public final class PathCopyingSet<E> extends KeyView<E> implements Cloneable, Serializable {
    private static final long serialVersionUID = 1;

    private final transient PathCopyingMap<E, Boolean> map;

    /** An empty set in the natural order of its elements. */
    public PathCopyingSet() {
        this(new PathCopyingMap<>());
    }

    /**
     * An empty set.
     *
     * @param comparator the order of its elements; null for the natural order
     */
    public PathCopyingSet(Comparator<? super E> comparator) {
        this(new PathCopyingMap<>(comparator));
    }

    /**
     * A set of given elements, in their natural order.
     *
     * @param elements the elements
     * @throws NullPointerException if there is a null
     * @throws ClassCastException if the elements can't be compared
     */
    public PathCopyingSet(Collection<? extends E> elements) {
        this(filled(new PathCopyingMap<>(), elements));
    }

    /**
     * A set with the elements and the order of another.
     *
     * @param elements the elements
     * @throws NullPointerException if there is a null
     */
    public PathCopyingSet(SortedSet<E> elements) {
        this(filled(new PathCopyingMap<>(elements.comparator()), elements));
    }

    PathCopyingSet(PathCopyingMap<E, Boolean> map) {
        super(map, true);
        this.map = map;
    }

    private static <E> PathCopyingMap<E, Boolean> filled(
            PathCopyingMap<E, Boolean> map, Collection<? extends E> elements) {
        map.addKeys(elements, true);
        return map;
    }

    /**
     * The set as it is now, in constant time. It never changes.
     *
     * @return an unmodifiable set
     */
    public NavigableSet<E> snapshot() {
        return map.snapshot().navigableKeySet();
    }

    /**
     * Adds and removes any elements as one step. The change is made to a copy, which takes the place of this set's
     * content unless another write came first; then it is made again, to another copy.
     *
     * @param change what to do to the copy; pure but for that, and not to keep it
     */
    public void update(Consumer<? super PathCopyingSet<E>> change) {
        Objects.requireNonNull(change, "change");
        map.update(now -> {
            PathCopyingMap<E, Boolean> copy = new PathCopyingMap<>(now);
            change.accept(new PathCopyingSet<>(copy));
            return copy.snapshot();
        });
    }

    /**
     * How many elements are less than a given one; in O(log n).
     *
     * @param element an element, whether it is in this set or not
     * @return their number
     */
    public int rank(E element) {
        return map.rank(element);
    }

    /**
     * The element with so many before it; in O(log n).
     *
     * @param index from 0 to the size, exclusive
     * @return the element
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public E select(int index) {
        return map.select(index).getKey();
    }

    /**
     * How many elements are in {@code [from, to)}; in O(log n).
     *
     * @param from the least element that counts
     * @param to the least element that counts no more
     * @return their number
     * @throws IllegalArgumentException if {@code from} is greater than {@code to}
     */
    public int countRange(E from, E to) {
        return map.countRange(from, to);
    }

    /**
     * How many elements are in a range; in O(log n).
     *
     * @param part the range
     * @return their number
     * @throws IllegalArgumentException if its ends are not in order
     */
    public int countRange(KeyRange<E> part) {
        return map.countRange(part);
    }

    /**
     * What the writers of this set have done so far; not one moment, as they go on meanwhile.
     *
     * @return their counters
     */
    public PathCopying.Statistics statistics() {
        return map.statistics();
    }

    /**
     * A set of its own with the elements of this one; in constant time.
     *
     * @return the copy
     */
    @Override
    @SuppressWarnings("MissingSuperCall") // nothing is shared but the immutable root
    public PathCopyingSet<E> clone() {
        return new PathCopyingSet<>(map.clone());
    }

    // ---- serial form

    /**
     * What is written instead: the comparator and the elements, in ascending order.
     *
     * @return an object of its own class
     */
    private Object writeReplace() {
        return new Written(Written.Form.SET, map);
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
