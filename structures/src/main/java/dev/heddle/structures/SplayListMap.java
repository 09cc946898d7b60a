// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.SplayList;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/**
 * A sorted map for many threads that learns which keys are asked for most: they rise and are found in fewer steps, others sink. A
 * key that gets the share 1/s of the accesses is found in about log(s) steps, and when other keys become popular the map
 * follows, however long it has run. For accesses spread evenly it is about as good as any sorted map.
 *
 * <p>Operations of one key are atomic. Reads take no lock and never wait, also while others write or the map rearranges itself.
 * Writes take effect without a lock; after that the writer may help to rearrange, and does so only if nobody else is at it,
 * unless more than a thousand insertions and removals of others are waiting for that. Of all accesses one in a
 * {@linkplain Builder#samplePeriod period} is counted, at random. From time to time, on average after more than one counted
 * access per key, counts are halved and the levels laid out anew by the thread that comes upon it; this takes time
 * proportional to the number of keys.
 *
 * <p>Navigation, iteration, views of ranges, {@link #size}, {@link #isEmpty} and the operations of many keys are not atomic:
 * they meet each key that is there all the time, and may or may not meet those that come or go meanwhile. {@link #size} of the
 * whole map is a sum of counters, exact while nobody writes; that of a range counts its keys.
 *
 * <p>{@link #computeIfAbsent} calls its function once at most. {@link #compute}, {@link #computeIfPresent} and {@link #merge}
 * call theirs again only if the value of the key has become another object meanwhile.
 *
 * <p>The value of a removed key is let go at once, and so is the key, but for popular ones: they keep their place for a while, and
 * with it a reference to the key, because they are probably asked for, and put again. There is at most one of those for five
 * others, and their counts are halved twice where those of others are halved once, so they go soon if they don't come back.
 *
 * <p>Null is neither a key nor a value. Entries of iterators write through: {@code setValue} is a {@code put}, even if the key
 * has been removed meanwhile. Entries of navigation are immutable. Actions before a write happen-before those after a read that
 * sees it.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class SplayListMap<K, V> extends SplayReads<K, V> implements Cloneable, Serializable {
    private static final long serialVersionUID = 1;
    private static final int PERIOD = 100; // as in the paper's measurements
    private static final double AGEING = 4; // 2.5 follows no faster, 8 needs twice as many samples after a shift

    private final transient SplayList list;
    private final transient int period;
    private final transient double ageing;

    /** An empty map in the natural order of its keys. */
    public SplayListMap() {
        this((Comparator<Object>) null, PERIOD, AGEING);
    }

    /**
     * An empty map.
     *
     * @param comparator the order of its keys; null for the natural order
     */
    public SplayListMap(Comparator<? super K> comparator) {
        this(untyped(comparator), PERIOD, AGEING);
    }

    /**
     * A map with the entries of another, in the natural order of its keys.
     *
     * @param entries the entries
     * @throws NullPointerException if there is a null
     * @throws ClassCastException if the keys can't be compared
     */
    public SplayListMap(Map<? extends K, ? extends V> entries) {
        this();
        fill(entries);
    }

    /**
     * A map with the entries and the order of another.
     *
     * @param entries the entries
     * @throws NullPointerException if there is a null
     */
    public SplayListMap(SortedMap<K, ? extends V> entries) {
        this(entries.comparator());
        fill(entries);
    }

    SplayListMap(Comparator<Object> order, int period, double ageing) {
        this(new SplayList(order, period, ageing), period, ageing);
    }

    /** With a list of other sizes, for tests. */
    SplayListMap(SplayList list, int period, double ageing) {
        super(KeyRange.all(), false);
        this.list = list;
        this.period = period;
        this.ageing = ageing;
    }

    private void fill(Map<? extends K, ? extends V> entries) {
        entries.forEach((key, value) ->
                list.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"), false));
    }

    @SuppressWarnings("unchecked") // a comparator is given keys only, and complains of those it does not know
    private static Comparator<Object> untyped(Comparator<?> comparator) {
        return (Comparator<Object>) comparator;
    }

    /**
     * Makes a map step by step.
     *
     * @param <K> the keys
     * @param <V> the values
     * @return a builder with the default of everything
     */
    public static <K, V> Builder<K, V> builder() {
        return new Builder<>();
    }

    @Override
    SplayListMap<K, V> whole() {
        return this;
    }

    @Override
    SplayList list() {
        return list;
    }

    int period() {
        return period;
    }

    double ageing() {
        return ageing;
    }

    // ---- popularity

    /**
     * Maps a key to a value; if the key was not there, counts that as so many accesses. Keys known to be popular so are found fast
     * from the beginning. The number is bounded by what would make all counts age.
     *
     * @param key the key
     * @param value the value
     * @param popularity as how many counted accesses to take the insertion
     * @return the value before, or null
     * @throws IllegalArgumentException if the number is less than 1
     */
    public V put(K key, V value, long popularity) {
        if (popularity < 1) {
            throw new IllegalArgumentException("popularity must be at least 1: " + popularity);
        }
        return value(list.put(mine(key), Objects.requireNonNull(value, "value"), false, popularity));
    }

    /**
     * How many accesses to a key have been counted, halved now and then.
     *
     * @param key the key
     * @return their number, at least 1 as soon as its insertion has been counted; 0 if it is not there
     */
    public long hits(Object key) {
        return list.hits(Objects.requireNonNull(key, "key"));
    }

    /**
     * How high the keys stand. Waits for a rearrangement that is under way.
     *
     * @return how many keys are in no level above the list of all keys, in one, in two, and so on
     */
    public long[] heights() {
        return list.heights();
    }

    /**
     * What this map has done to learn. Waits for a rearrangement that is under way.
     *
     * @return its counters
     */
    public Statistics statistics() {
        long[] tally = list.tally();
        return new Statistics(tally[0], tally[1], tally[2], tally[3], tally[4], tally[5], (int) tally[6]);
    }

    /**
     * What a map has done to learn.
     *
     * @param counted accesses and insertions that were counted
     * @param skipped samples that were dropped because another thread rearranged
     * @param risings steps of keys one level up
     * @param sinkings steps of keys one level down
     * @param rebuilds how often the levels were laid out anew
     * @param hits the sum of the hits of all keys, and of removed ones that keep their place
     * @param levels how many levels there are, the list of all keys included
     */
    public record Statistics(
            long counted, long skipped, long risings, long sinkings, long rebuilds, long hits, int levels) {}

    // ---- whole map

    @Override
    public int size() {
        return (int) Math.min(list.size(), Integer.MAX_VALUE);
    }

    /**
     * A map of its own with the entries of this one, in the same order and with the same settings. What this one learnt is
     * not copied.
     *
     * @return the copy
     */
    @Override
    @SuppressWarnings("MissingSuperCall") // nothing is shared
    public SplayListMap<K, V> clone() {
        SplayListMap<K, V> copy = new SplayListMap<>(order(), period, ageing);
        copy.fill(this);
        return copy;
    }

    // ---- building

    /**
     * Settings of a map to be made.
     *
     * @param <K> the keys
     * @param <V> the values
     */
    public static final class Builder<K, V> {
        private Comparator<Object> order;
        private int period = PERIOD;
        private double ageing = AGEING;

        Builder() {}

        /**
         * Sets the order of the keys.
         *
         * @param comparator the order; null for the natural order
         * @return this builder
         */
        public Builder<K, V> comparator(Comparator<? super K> comparator) {
            order = untyped(comparator);
            return this;
        }

        /**
         * Sets of how many accesses one is counted, on average: fewer cost more and teach faster.
         *
         * @param accesses their number, 100 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 1
         */
        public Builder<K, V> samplePeriod(int accesses) {
            if (accesses < 1) {
                throw new IllegalArgumentException("sample period must be at least 1: " + accesses);
            }
            period = accesses;
            return this;
        }

        /**
         * Sets at how many counted accesses per key, on average, all counts are halved: later means to know more and to follow
         * more slowly.
         *
         * @param accesses their number, 4 by default
         * @return this builder
         * @throws IllegalArgumentException if it is less than 2, or not finite
         */
        public Builder<K, V> ageing(double accesses) {
            if (!(accesses >= 2 && accesses <= 1e6)) {
                throw new IllegalArgumentException("ageing must be from 2 to 1,000,000: " + accesses);
            }
            ageing = accesses;
            return this;
        }

        /**
         * Makes the map.
         *
         * @return an empty map
         */
        public SplayListMap<K, V> build() {
            return new SplayListMap<>(order, period, ageing);
        }
    }

    // ---- serial form

    /**
     * What is written instead: the comparator, the settings and the entries, in ascending order.
     *
     * @return an object of its own class
     */
    private Object writeReplace() {
        return new SplayWritten(SplayWritten.Form.MAP, this);
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
