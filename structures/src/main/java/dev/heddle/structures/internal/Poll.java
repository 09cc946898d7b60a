// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Comparator;
import java.util.Map;

/** Removes the entry at an end of a range, and tells it. */
public final class Poll extends Combining.Operation {
    private final boolean last;
    private final Object limit;
    private final boolean withLimit;
    private final Object other;
    private final boolean withOther;

    /**
     * Makes an operation.
     *
     * @param last whether the entry with the greatest key is meant
     * @param limit where the range begins, seen from the entry meant; null for no limit
     * @param withLimit whether that key counts
     * @param other where it ends; null for no limit
     * @param withOther whether that key counts
     */
    public Poll(boolean last, Object limit, boolean withLimit, Object other, boolean withOther) {
        this.last = last;
        this.limit = limit;
        this.withLimit = withLimit;
        this.other = other;
        this.withOther = withOther;
    }

    /** The entry meant, or null. */
    Map.Entry<Object, Object> find(Object root, Comparator<Object> order) {
        Map.Entry<Object, Object> found;
        if (limit == null) {
            found = last ? Seek.last(root) : Seek.first(root);
        } else {
            found = last ? Seek.atMost(root, limit, withLimit, order) : Seek.atLeast(root, limit, withLimit, order);
        }
        if (found == null || other == null) {
            return found;
        }
        int c = Order.compare(order, found.getKey(), other);
        return (c == 0 && withOther) || (last ? c > 0 : c < 0) ? found : null;
    }

    Object apply(Object root, Comparator<Object> order) {
        Map.Entry<Object, Object> found = find(root, order);
        note(found);
        return without(root, found, order);
    }

    static Object without(Object root, Map.Entry<Object, Object> found, Comparator<Object> order) {
        return found == null ? root : Tree.apply(root, new Edit.Remove(found.getKey()), order);
    }
}
