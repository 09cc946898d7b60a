// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Order;
import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * A range of keys: with or without its ends, or without a limit on a side. It knows no comparator; which keys lie in it
 * is up to the map that is asked.
 *
 * @param <K> the keys
 */
public final class KeyRange<K> implements Serializable {
    private static final long serialVersionUID = 1;
    private static final KeyRange<Object> ALL = new KeyRange<>(null, false, null, false);

    /** The least key, or null for no limit. */
    @SuppressWarnings("serial") // as serialisable as its keys
    final K from;

    /** Whether that key is in the range. */
    final boolean withFrom;

    /** The greatest key, or null for no limit. */
    @SuppressWarnings("serial") // as serialisable as its keys
    final K to;

    /** Whether that key is in the range. */
    final boolean withTo;

    KeyRange(K from, boolean withFrom, K to, boolean withTo) {
        this.from = from;
        this.withFrom = withFrom;
        this.to = to;
        this.withTo = withTo;
    }

    /**
     * All keys.
     *
     * @param <K> the keys
     * @return the range without limits
     */
    @SuppressWarnings("unchecked") // it holds no key
    public static <K> KeyRange<K> all() {
        return (KeyRange<K>) ALL;
    }

    /**
     * The keys between two keys.
     *
     * @param <K> the keys
     * @param from the lower end
     * @param withFrom whether it is in the range
     * @param to the upper end
     * @param withTo whether it is in the range
     * @return the range
     * @throws NullPointerException if an end is null
     */
    public static <K> KeyRange<K> between(K from, boolean withFrom, K to, boolean withTo) {
        return new KeyRange<>(Objects.requireNonNull(from, "from"), withFrom, Objects.requireNonNull(to, "to"), withTo);
    }

    /**
     * The keys between two keys, both included.
     *
     * @param <K> the keys
     * @param from the lower end
     * @param to the upper end
     * @return the range
     * @throws NullPointerException if an end is null
     */
    public static <K> KeyRange<K> closed(K from, K to) {
        return between(from, true, to, true);
    }

    /**
     * The keys from one key to another, the second excluded, as in {@code subMap(from, to)}.
     *
     * @param <K> the keys
     * @param from the lower end
     * @param to the upper end
     * @return the range
     * @throws NullPointerException if an end is null
     */
    public static <K> KeyRange<K> closedOpen(K from, K to) {
        return between(from, true, to, false);
    }

    /**
     * A key and all that are greater.
     *
     * @param <K> the keys
     * @param from the lower end
     * @return the range
     * @throws NullPointerException if the end is null
     */
    public static <K> KeyRange<K> atLeast(K from) {
        return new KeyRange<>(Objects.requireNonNull(from, "from"), true, null, false);
    }

    /**
     * All keys greater than a key.
     *
     * @param <K> the keys
     * @param from the lower end
     * @return the range
     * @throws NullPointerException if the end is null
     */
    public static <K> KeyRange<K> greaterThan(K from) {
        return new KeyRange<>(Objects.requireNonNull(from, "from"), false, null, false);
    }

    /**
     * A key and all that are less.
     *
     * @param <K> the keys
     * @param to the upper end
     * @return the range
     * @throws NullPointerException if the end is null
     */
    public static <K> KeyRange<K> atMost(K to) {
        return new KeyRange<>(null, false, Objects.requireNonNull(to, "to"), true);
    }

    /**
     * All keys less than a key.
     *
     * @param <K> the keys
     * @param to the upper end
     * @return the range
     * @throws NullPointerException if the end is null
     */
    public static <K> KeyRange<K> lessThan(K to) {
        return new KeyRange<>(null, false, Objects.requireNonNull(to, "to"), false);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRange<?> range
                && Objects.equals(from, range.from)
                && Objects.equals(to, range.to)
                && withFrom == range.withFrom
                && withTo == range.withTo;
    }

    @Override
    public int hashCode() {
        return Objects.hash(from, withFrom, to, withTo);
    }

    @Override
    public String toString() {
        return (withFrom ? "[" : "(") + (from == null ? "-∞" : from) + ", " + (to == null ? "∞" : to)
                + (withTo ? "]" : ")");
    }

    // ---- for the maps

    boolean isAll() {
        return from == null && to == null;
    }

    boolean tooLow(Object key, Comparator<Object> order) {
        if (from == null) {
            return false;
        }
        int c = Order.compare(order, key, from);
        return c < 0 || (c == 0 && !withFrom);
    }

    boolean tooHigh(Object key, Comparator<Object> order) {
        if (to == null) {
            return false;
        }
        int c = Order.compare(order, key, to);
        return c > 0 || (c == 0 && !withTo);
    }

    boolean has(Object key, Comparator<Object> order) {
        return !tooLow(key, order) && !tooHigh(key, order);
    }

    /** This range if its ends are in order. */
    KeyRange<K> checked(Comparator<Object> order) {
        if (from != null && to != null && Order.compare(order, from, to) > 0) {
            throw new IllegalArgumentException("inconsistent range: " + this);
        }
        if (from != null && to == null) {
            Order.compare(order, from, from); // an end that can't be compared fails at once
        }
        if (to != null && from == null) {
            Order.compare(order, to, to);
        }
        return this;
    }

    /** The part of this range in another, which may not go beyond it. */
    KeyRange<K> within(KeyRange<K> part, Comparator<Object> order) {
        part.checked(order);
        requireEnd(part.from, part.withFrom, order);
        requireEnd(part.to, part.withTo, order);
        K low = part.from == null ? from : part.from;
        K high = part.to == null ? to : part.to;
        boolean withLow = part.from == null ? withFrom : part.withFrom;
        boolean withHigh = part.to == null ? withTo : part.withTo;
        return new KeyRange<>(low, withLow, high, withHigh);
    }

    /** An end of a part must lie in this range; one that is excluded may be an excluded end of it. */
    private void requireEnd(K end, boolean with, Comparator<Object> order) {
        if (end == null || has(end, order)) {
            return;
        }
        boolean atFrom = from != null && Order.compare(order, end, from) == 0;
        boolean atTo = to != null && Order.compare(order, end, to) == 0;
        if (with || !(atFrom || atTo)) {
            throw new IllegalArgumentException("key out of range: " + end + " not in " + this);
        }
    }
}
