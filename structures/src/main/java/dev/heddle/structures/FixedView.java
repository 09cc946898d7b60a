// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A range of an immutable map, or that map the other way round.
 *
 * @param <K> the keys
 * @param <V> the values
 */
final class FixedView<K, V> extends FixedReads<K, V> implements Serializable {
    private static final long serialVersionUID = 1;

    FixedView(Object root, Comparator<Object> order, KeyRange<K> range, boolean descending) {
        super(root, order, range, descending);
    }

    /** Written as the entries in it, not as the map that it is a view of. */
    private Object writeReplace() {
        return new Written(Written.Form.FIXED_VIEW, this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only its written form can be read");
    }
}
