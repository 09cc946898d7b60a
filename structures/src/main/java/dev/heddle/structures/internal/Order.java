// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Comparator;
import java.util.Objects;

/** Comparisons, by a comparator or, without one (null), in the natural order of the keys. */
public final class Order {
    private Order() {}

    /**
     * Where a key stands among ascending keys.
     *
     * @param keys an array that begins with the keys
     * @param n how many keys there are
     * @return its position, or {@code ~p} if it is not there and would be inserted at {@code p}
     */
    static int search(Object[] keys, int n, Object key, Comparator<Object> order) {
        if (order != null) {
            return searchBy(order, keys, n, key);
        }
        if (n == 0) {
            return ~0; // any key may be looked for in an empty map
        }
        Comparable<Object> wanted = natural(key);
        int low = 0;
        int high = n;
        while (low < high) { // ends: the gap at least halves
            int middle = (low + high) >>> 1;
            int c = wanted.compareTo(keys[middle]);
            if (c > 0) {
                low = middle + 1;
            } else if (c < 0) {
                high = middle;
            } else {
                return middle;
            }
        }
        return ~low;
    }

    private static int searchBy(Comparator<Object> order, Object[] keys, int n, Object key) {
        int low = 0;
        int high = n;
        while (low < high) { // ends: the gap at least halves
            int middle = (low + high) >>> 1;
            int c = order.compare(key, keys[middle]);
            if (c > 0) {
                low = middle + 1;
            } else if (c < 0) {
                high = middle;
            } else {
                return middle;
            }
        }
        return ~low;
    }

    /** How many of the keys are less than the given one. */
    static int below(Object[] keys, int n, Object key, Comparator<Object> order) {
        int at = search(keys, n, key, order);
        return at < 0 ? ~at : at;
    }

    /** How many of the keys are less than or equal to the given one. */
    static int upTo(Object[] keys, int n, Object key, Comparator<Object> order) {
        int at = search(keys, n, key, order);
        return at < 0 ? ~at : at + 1;
    }

    /** Where a key stands among the separators of a node. */
    static int search(Inner node, Object key, Comparator<Object> order) {
        if (order == null && node.height > 1) {
            int at = key instanceof Integer number
                    ? upToNumber(node.seps, number)
                    : key instanceof Long number ? upToNumber(node.seps, number) : -1;
            if (at >= 0) {
                return at > 0 && key.equals(node.seps[at - 1]) ? at - 1 : ~at;
            }
        }
        return search(node.seps, node.seps.length, key, order);
    }

    /**
     * How many keys are less than or equal to a number; negative if they are not all of its class. All are looked at, and
     * no branch depends on what they are: which half of them holds a key is a coin toss for the processor. That pays as long
     * as they are in its cache, and there are few nodes above the parents of leaves.
     */
    private static int upToNumber(Object[] keys, int number) {
        int count = 0;
        for (Object each : keys) {
            if (!(each instanceof Integer key)) {
                return -1;
            }
            count += (int) ((key - 1L - number) >>> 63);
        }
        return count;
    }

    /** The same of longs, whose difference may overflow. */
    private static int upToNumber(Object[] keys, long number) {
        int count = 0;
        for (Object each : keys) {
            if (!(each instanceof Long key)) {
                return -1;
            }
            long greater = (number & ~key) | (~(number ^ key) & (number - key)); // negative if the key is
            count += (int) (~greater >>> 63);
        }
        return count;
    }

    /** The kid below which a key stands, if it is there. */
    static int kid(Inner node, Object key, Comparator<Object> order) {
        int at = search(node, key, order);
        return at < 0 ? ~at : at + 1;
    }

    /**
     * Writes keys as numbers in the same order whose differences do not overflow.
     *
     * @return whether all are {@code Integer}, or all {@code Long} and none is too large
     */
    static boolean numbers(Object[] keys, int n, long[] numbers) {
        long overflow = 0;
        if (n > 0 && keys[0] instanceof Integer) {
            for (int i = 0; i < n; i++) {
                if (!(keys[i] instanceof Integer key)) {
                    return false;
                }
                numbers[i] = key;
            }
            return true;
        }
        for (int i = 0; i < n; i++) {
            if (!(keys[i] instanceof Long key)) {
                return false;
            }
            numbers[i] = key;
            overflow |= numbers[i] ^ numbers[i] << 1;
        }
        return overflow >= 0;
    }

    /**
     * Compares two keys.
     *
     * @param order the comparator, or null for the natural order
     * @param a a key
     * @param b another
     * @return negative, zero or positive
     */
    public static int compare(Comparator<Object> order, Object a, Object b) {
        return order != null ? order.compare(a, b) : natural(a).compareTo(b);
    }

    /**
     * Whether two maps are ordered alike, as far as one can tell.
     *
     * @param one a comparator, or null
     * @param other another, or null
     * @return whether they are equal
     */
    public static boolean same(Comparator<Object> one, Comparator<Object> other) {
        return Objects.equals(one, other);
    }

    @SuppressWarnings("unchecked") // a key that can't be compared fails here, as it does in any sorted map
    private static Comparable<Object> natural(Object key) {
        return (Comparable<Object>) key;
    }
}
