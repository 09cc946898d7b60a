// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedSet;

/**
 * A sorted set for many threads that learns which elements are asked for most. It is the set of keys of a {@link SplayListMap},
 * whose guarantees it has. Null is no element.
 *
 * @param <E> the elements
 */
public final class SplayListSet<E> extends SplayKeys<E> implements Cloneable, Serializable {
    private static final long serialVersionUID = 1;

    private final transient SplayListMap<E, Boolean> map;

    /** An empty set in the natural order of its elements. */
    public SplayListSet() {
        this(new SplayListMap<>());
    }

    /**
     * An empty set.
     *
     * @param comparator the order of its elements; null for the natural order
     */
    public SplayListSet(Comparator<? super E> comparator) {
        this(new SplayListMap<>(comparator));
    }

    /**
     * A set of given elements, in their natural order.
     *
     * @param elements the elements
     * @throws NullPointerException if there is a null
     * @throws ClassCastException if the elements can't be compared
     */
    public SplayListSet(Collection<? extends E> elements) {
        this(filled(new SplayListMap<>(), elements));
    }

    /**
     * A set with the elements and the order of another.
     *
     * @param elements the elements
     * @throws NullPointerException if there is a null
     */
    public SplayListSet(SortedSet<E> elements) {
        this(filled(new SplayListMap<>(elements.comparator()), elements));
    }

    SplayListSet(SplayListMap<E, Boolean> map) {
        super(map, true);
        this.map = map;
    }

    private static <E> SplayListMap<E, Boolean> filled(SplayListMap<E, Boolean> map, Collection<? extends E> elements) {
        elements.forEach(element -> map.putIfAbsent(element, true));
        return map;
    }

    /**
     * A builder of sets with settings of their own.
     *
     * @param <E> the elements
     * @return the builder
     */
    public static <E> Builder<E> builder() {
        return new Builder<>();
    }

    /**
     * Adds an element; if it was not there, counts that as so many accesses, as {@link SplayListMap#put(Object, Object, long)}.
     *
     * @param element the element
     * @param popularity as how many counted accesses to take the insertion
     * @return whether it was added
     * @throws IllegalArgumentException if the number is less than 1
     */
    public boolean add(E element, long popularity) {
        return map.put(element, true, popularity) == null;
    }

    /**
     * How many accesses to an element have been counted, halved now and then.
     *
     * @param element the element
     * @return their number; 0 if it is not there
     */
    public long hits(Object element) {
        return map.hits(element);
    }

    /**
     * How high the elements stand, as {@link SplayListMap#heights}.
     *
     * @return how many elements are in no level above the list of all, in one, in two, and so on
     */
    public long[] heights() {
        return map.heights();
    }

    /**
     * What this set has done to learn. Waits for a rearrangement that is under way.
     *
     * @return its counters
     */
    public SplayListMap.Statistics statistics() {
        return map.statistics();
    }

    /**
     * A set of its own with the elements of this one.
     *
     * @return the copy
     */
    @Override
    @SuppressWarnings("MissingSuperCall") // nothing is shared
    public SplayListSet<E> clone() {
        return new SplayListSet<>(map.clone());
    }

    // ---- building

    /**
     * Settings of a set to be made: those of {@link SplayListMap.Builder}.
     *
     * @param <E> the elements
     */
    public static final class Builder<E> {
        private final SplayListMap.Builder<E, Boolean> map = SplayListMap.builder();

        Builder() {}

        /**
         * Sets the order of the elements.
         *
         * @param comparator the order; null for the natural order
         * @return this builder
         */
        public Builder<E> comparator(Comparator<? super E> comparator) {
            map.comparator(comparator);
            return this;
        }

        /**
         * Sets of how many accesses one is counted, on average, as {@link SplayListMap.Builder#samplePeriod}.
         *
         * @param accesses their number, 100 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder<E> samplePeriod(int accesses) {
            map.samplePeriod(accesses);
            return this;
        }

        /**
         * Sets at how many counted accesses per element all counts are halved, as {@link SplayListMap.Builder#ageing}.
         *
         * @param accesses their number, 4 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 2, or not finite
         */
        public Builder<E> ageing(double accesses) {
            map.ageing(accesses);
            return this;
        }

        /**
         * Makes the set.
         *
         * @return an empty set
         */
        public SplayListSet<E> build() {
            return new SplayListSet<>(map.build());
        }
    }

    // ---- serial form

    /**
     * What is written instead: the comparator, the settings and the elements, in ascending order.
     *
     * @return an object of its own class
     */
    private Object writeReplace() {
        return new SplayWritten(SplayWritten.Form.SET, map);
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
