// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.SplayList;
import java.util.AbstractMap;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Goes through the entries of a map while others change it: each key that is there all the time is met once. */
final class SplaySteps<K, V, T> implements Iterator<T> {
    private final SplayReads<K, V> map;
    private final BiFunction<K, V, T> make;
    private SplayList.Found next;
    private SplayList.Found last; // what remove() means, or null

    SplaySteps(SplayReads<K, V> map, BiFunction<K, V, T> make) {
        this.map = map;
        this.make = make;
        next = map.first();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public T next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        last = next;
        next = map.after(last.node());
        return make.apply(map.key(last.node().key), map.value(last.value()));
    }

    @Override
    public void remove() {
        if (last == null) {
            throw new IllegalStateException("no entry to remove");
        }
        map.remove(last.node().key);
        last = null;
    }

    /**
     * An entry whose value can be set in the map.
     *
     * @param <K> the keys
     * @param <V> the values
     */
    @SuppressWarnings("serial") // as serialisable as the map, like any entry of one
    static final class Through<K, V> extends AbstractMap.SimpleEntry<K, V> {
        private static final long serialVersionUID = 1;
        private final transient SplayReads<K, V> map;

        Through(SplayReads<K, V> map, K key, V value) {
            super(key, value);
            this.map = map;
        }

        @Override
        public V setValue(V value) {
            map.put(getKey(), value);
            return super.setValue(value);
        }

        /** Written as an entry that writes to no map. */
        private Object writeReplace() {
            return new AbstractMap.SimpleEntry<>(this);
        }
    }

    /** The same for streams; what is split off was read already. */
    static final class Parts<T> extends Spliterators.AbstractSpliterator<T> {
        private final Iterator<T> steps;
        private final Comparator<? super T> order;

        /** Sorted in an order, null being the natural one. */
        Parts(Iterator<T> steps, Comparator<? super T> order) {
            super(
                    Long.MAX_VALUE,
                    Spliterator.ORDERED
                            | Spliterator.NONNULL
                            | Spliterator.CONCURRENT
                            | Spliterator.DISTINCT
                            | Spliterator.SORTED);
            this.steps = steps;
            this.order = order;
        }

        /** In the order of the keys, but not sorted. */
        Parts(Iterator<T> steps) {
            super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.CONCURRENT);
            this.steps = steps;
            this.order = null;
        }

        @Override
        public boolean tryAdvance(Consumer<? super T> action) {
            if (!steps.hasNext()) {
                return false;
            }
            action.accept(steps.next());
            return true;
        }

        @Override
        public Comparator<? super T> getComparator() {
            if (!hasCharacteristics(SORTED)) {
                throw new IllegalStateException("not sorted");
            }
            return order;
        }
    }
}
