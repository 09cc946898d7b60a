// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;

/**
 * A range of a {@link SplayListMap}, or that map the other way round.
 *
 * @param <K> the keys
 * @param <V> the values
 */
final class SplayView<K, V> extends SplayReads<K, V> implements Serializable {
    private static final long serialVersionUID = 1;

    private final transient SplayListMap<K, V> map;

    SplayView(SplayListMap<K, V> map, KeyRange<K> range, boolean descending) {
        super(range, descending);
        this.map = map;
    }

    @Override
    SplayListMap<K, V> whole() {
        return map;
    }

    /** Written with the whole map. */
    private Object writeReplace() {
        return new SplayWritten(SplayWritten.Form.VIEW, this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only its written form can be read");
    }
}
