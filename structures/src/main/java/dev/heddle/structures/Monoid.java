// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

/**
 * How entries are summed up: each is lifted to an aggregate, and neighbours are combined. Combining must be
 * associative, and {@code identity} its neutral element; it need not commute, since aggregates are combined in the
 * order of the keys.
 *
 * <p>A map remembers aggregates of its parts for the monoids that it was last asked with, and tells monoids apart by
 * {@code equals}: keep a monoid in a constant, or let it be a record. Its methods must be pure and safe to call from
 * several threads at once.
 *
 * @param <K> the keys
 * @param <V> the values
 * @param <A> the aggregates, never null
 */
public interface Monoid<K, V, A> {
    /**
     * The aggregate of nothing.
     *
     * @return the neutral element
     */
    A identity();

    /**
     * The aggregate of one entry.
     *
     * @param key its key
     * @param value its value
     * @return its aggregate
     */
    A lift(K key, V value);

    /**
     * The aggregate of two runs of entries.
     *
     * @param left that of the lesser keys
     * @param right that of the greater keys
     * @return that of both
     */
    A combine(A left, A right);
}
