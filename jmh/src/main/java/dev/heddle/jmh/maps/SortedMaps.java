// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import clojure.lang.IPersistentMap;
import clojure.lang.PersistentTreeMap;
import dev.heddle.structures.PathCopyingMap;
import dev.heddle.structures.Roots;
import dev.heddle.structures.SplayListMap;
import dev.heddle.structures.internal.SplayPractice;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.pcollections.TreePMap;
import scala.math.Ordering;
import scala.math.Ordering$;

/** The sorted maps that are compared, each as a map for many threads. */
public final class SortedMaps {
    private static final int COUNTED_EACH = 4; // on average; then all counts have been halved at least once

    private SortedMaps() {}

    /** What is measured. */
    public interface Subject {
        Object get(Integer key);

        void put(Integer key, Object value);

        void remove(Integer key);

        /** Adds up the keys from one on, at most so many; the sum is of no meaning. */
        long scan(Integer from, int most);
    }

    /** A subject by its name, with ascending entries already in it. */
    public static Subject of(String name, NavigableMap<Integer, Object> entries) {
        return switch (name) {
            case "heddle" -> new Maps(new PathCopyingMap<>(entries));
            case "heddle-splay" -> new Maps(new SplayListMap<>(entries));
            case "skip-list" -> new Maps(new ConcurrentSkipListMap<>(entries));
            case "tree-map-locked" -> new Locked(new TreeMap<>(entries));
            case "vavr" -> new Vavr(io.vavr.collection.TreeMap.ofAll(entries));
            case "pcollections" -> new PCollections(TreePMap.from(entries));
            case "clojure" -> new Clojure(clojure(entries));
            case "scala" -> new Scala(scala(entries));
            case "treap" -> new TreapSubject(entries);
            default -> throw new IllegalArgumentException("unknown map: " + name);
        };
    }

    /** A splay-list that has counted queries enough to know them, as it would after a hundred times as many. */
    public static Subject learnt(NavigableMap<Integer, Object> entries, Integer[] queries) {
        SplayListMap<Integer, Object> map = new SplayListMap<>(entries);
        for (int i = 0; i < COUNTED_EACH * entries.size(); i++) {
            SplayPractice.count(Roots.list(map), queries[i % queries.length]);
        }
        return new Maps(map);
    }

    private record Maps(NavigableMap<Integer, Object> map) implements Subject {
        @Override
        public Object get(Integer key) {
            return map.get(key);
        }

        @Override
        public void put(Integer key, Object value) {
            map.put(key, value);
        }

        @Override
        public void remove(Integer key) {
            map.remove(key);
        }

        @Override
        public long scan(Integer from, int most) {
            return sum(map.tailMap(from, true).keySet().iterator(), most);
        }
    }

    private static long sum(Iterator<Integer> keys, int most) {
        long sum = 0;
        for (int i = 0; i < most && keys.hasNext(); i++) {
            sum += keys.next();
        }
        return sum;
    }

    private static final class Locked implements Subject {
        private final NavigableMap<Integer, Object> map;
        private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

        Locked(NavigableMap<Integer, Object> map) {
            this.map = map;
        }

        @Override
        public Object get(Integer key) {
            lock.readLock().lock();
            try {
                return map.get(key);
            } finally {
                lock.readLock().unlock();
            }
        }

        @Override
        public void put(Integer key, Object value) {
            lock.writeLock().lock();
            try {
                map.put(key, value);
            } finally {
                lock.writeLock().unlock();
            }
        }

        @Override
        public void remove(Integer key) {
            lock.writeLock().lock();
            try {
                map.remove(key);
            } finally {
                lock.writeLock().unlock();
            }
        }

        @Override
        public long scan(Integer from, int most) {
            lock.readLock().lock();
            try {
                return sum(map.tailMap(from, true).keySet().iterator(), most);
            } finally {
                lock.readLock().unlock();
            }
        }
    }

    /** An immutable map under a reference. */
    private abstract static class Referred<M> implements Subject {
        private final AtomicReference<M> current;

        Referred(M map) {
            current = new AtomicReference<>(map);
        }

        final M now() {
            return current.get();
        }

        final void change(UnaryOperator<M> step) {
            while (true) { // ends: each failure is another's success
                M before = current.get();
                M after = step.apply(before);
                if (after == before || current.compareAndSet(before, after)) {
                    return;
                }
            }
        }
    }

    private static final class Vavr extends Referred<io.vavr.collection.TreeMap<Integer, Object>> {
        Vavr(io.vavr.collection.TreeMap<Integer, Object> map) {
            super(map);
        }

        @Override
        public Object get(Integer key) {
            return now().getOrElse(key, null);
        }

        @Override
        public void put(Integer key, Object value) {
            change(map -> map.put(key, value));
        }

        @Override
        public void remove(Integer key) {
            change(map -> map.remove(key));
        }

        @Override
        public long scan(Integer from, int most) {
            return sum(now().keysIterator().dropWhile(key -> key < from), most); // it has no ranges
        }
    }

    private static final class PCollections extends Referred<TreePMap<Integer, Object>> {
        PCollections(TreePMap<Integer, Object> map) {
            super(map);
        }

        @Override
        public Object get(Integer key) {
            return now().get(key);
        }

        @Override
        public void put(Integer key, Object value) {
            change(map -> map.plus(key, value));
        }

        @Override
        public void remove(Integer key) {
            change(map -> map.minus(key));
        }

        @Override
        public long scan(Integer from, int most) {
            return sum(now().tailMap(from, true).keySet().iterator(), most);
        }
    }

    private static IPersistentMap clojure(Map<Integer, Object> entries) {
        // By its runtime, whose classes can't be initialised in any other order.
        Object map = clojure.java.api.Clojure.var("clojure.core", "sorted-map").invoke();
        IPersistentMap all = (IPersistentMap) map;
        for (Map.Entry<Integer, Object> each : entries.entrySet()) {
            all = all.assoc(each.getKey(), each.getValue());
        }
        return all;
    }

    private static final class Clojure extends Referred<IPersistentMap> {
        Clojure(IPersistentMap map) {
            super(map);
        }

        @Override
        public Object get(Integer key) {
            return now().valAt(key);
        }

        @Override
        public void put(Integer key, Object value) {
            change(map -> map.assoc(key, value));
        }

        @Override
        public void remove(Integer key) {
            change(map -> map.without(key));
        }

        @Override
        public long scan(Integer from, int most) {
            long sum = 0;
            var rest = ((PersistentTreeMap) now()).seqFrom(from, true);
            for (int i = 0; i < most && rest != null; i++) {
                sum += (Integer) ((Map.Entry<?, ?>) rest.first()).getKey();
                rest = rest.next();
            }
            return sum;
        }
    }

    private static scala.collection.immutable.TreeMap<Integer, Object> scala(Map<Integer, Object> entries) {
        Ordering<Integer> order = Ordering$.MODULE$.comparatorToOrdering(Integer::compare);
        scala.collection.immutable.TreeMap<Integer, Object> map = new scala.collection.immutable.TreeMap<>(order);
        for (Map.Entry<Integer, Object> each : entries.entrySet()) {
            map = map.updated(each.getKey(), each.getValue());
        }
        return map;
    }

    private static final class Scala extends Referred<scala.collection.immutable.TreeMap<Integer, Object>> {
        Scala(scala.collection.immutable.TreeMap<Integer, Object> map) {
            super(map);
        }

        @Override
        public Object get(Integer key) {
            var found = now().get(key);
            return found.isEmpty() ? null : found.get();
        }

        @Override
        public void put(Integer key, Object value) {
            change(map -> map.updated(key, value));
        }

        @Override
        public void remove(Integer key) {
            change(map -> map.removed(key));
        }

        @Override
        public long scan(Integer from, int most) {
            long sum = 0;
            var keys = now().keysIteratorFrom(from);
            for (int i = 0; i < most && keys.hasNext(); i++) {
                sum += keys.next();
            }
            return sum;
        }
    }

    private static final class TreapSubject implements Subject {
        private final Treap treap = new Treap();

        TreapSubject(Map<Integer, Object> entries) {
            entries.forEach(treap::insert);
        }

        @Override
        public Object get(Integer key) {
            return treap.get(key);
        }

        @Override
        public void put(Integer key, Object value) {
            treap.insert(key, value);
        }

        @Override
        public void remove(Integer key) {
            treap.remove(key);
        }

        @Override
        public long scan(Integer from, int most) {
            throw new UnsupportedOperationException("the treap of the paper has no ranges");
        }
    }
}
