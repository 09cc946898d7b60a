// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.Comparator;

/**
 * A range of a {@link PathCopyingMap}, or that map the other way round.
 *
 * @param <K> the keys
 * @param <V> the values
 */
final class LiveView<K, V> extends LiveReads<K, V> implements Serializable {
    private static final long serialVersionUID = 1;

    private final transient PathCopyingMap<K, V> map;

    LiveView(PathCopyingMap<K, V> map, KeyRange<K> range, boolean descending) {
        super(range, descending);
        this.map = map;
    }

    @Override
    PathCopyingMap<K, V> whole() {
        return map;
    }

    @Override
    Comparator<Object> order() {
        return map.order();
    }

    /** Written with the whole map. */
    private Object writeReplace() {
        return new Written(Written.Form.MAP_VIEW, this);
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("only its written form can be read");
    }
}
