// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Combining;
import dev.heddle.structures.internal.Compute;
import dev.heddle.structures.internal.Edit;
import dev.heddle.structures.internal.Joins;
import dev.heddle.structures.internal.Maps;
import dev.heddle.structures.internal.Nodes;
import dev.heddle.structures.internal.Order;
import dev.heddle.structures.internal.Poll;
import dev.heddle.structures.internal.Transform;
import dev.heddle.structures.internal.Tree;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A {@link PathCopyingMap} or a range of one: reads of its current root, and writes, each of them one step. */
abstract class LiveReads<K, V> extends SortedReads<K, V> implements ConcurrentNavigableMap<K, V> {
    LiveReads(KeyRange<K> range, boolean descending) {
        super(range, descending);
    }

    /** The map that this is a range of. */
    abstract PathCopyingMap<K, V> whole();

    private Combining<Object> cell() {
        return whole().cell();
    }

    @Override
    final Object root() {
        return cell().get();
    }

    @Override
    final LiveView<K, V> view(KeyRange<K> part, boolean down) {
        return new LiveView<>(whole(), part, down);
    }

    @Override
    final FixedView<K, V> frozen() {
        return new FixedView<>(root(), order(), range, descending);
    }

    @Override
    final boolean isFrozen() {
        return false;
    }

    @Override
    final Map.Entry<K, V> entry(K key, V value) {
        return new Through<>(this, key, value);
    }

    @Override
    final int kind() {
        return 0; // late-binding to one root: not CONCURRENT, and IMMUTABLE is said of collections that can't be
        // changed
    }

    // ---- one key

    @Override
    public V put(K key, V value) {
        return value(cell().write(new Edit.Put(mine(key), Objects.requireNonNull(value, "value"))));
    }

    @Override
    public V putIfAbsent(K key, V value) {
        return value(cell().write(new Edit.PutIfAbsent(mine(key), Objects.requireNonNull(value, "value"))));
    }

    @Override
    public V remove(Object key) {
        return absent(key) ? null : value(cell().write(new Edit.Remove(key)));
    }

    @Override
    public boolean remove(Object key, Object value) {
        return !absent(key) && value != null && (boolean) cell().write(new Edit.ReplaceIf(key, value, null));
    }

    @Override
    public V replace(K key, V value) {
        Objects.requireNonNull(value, "value");
        return absent(key) ? null : value(cell().write(new Edit.Replace(key, value)));
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        Objects.requireNonNull(expected, "expected value");
        Objects.requireNonNull(value, "value");
        return !absent(key) && (boolean) cell().write(new Edit.ReplaceIf(key, expected, value));
    }

    @Override
    public Map.Entry<K, V> pollFirstEntry() {
        return typed((Map.Entry<?, ?>) cell().write(descending ? pollHigh() : pollLow()));
    }

    @Override
    public Map.Entry<K, V> pollLastEntry() {
        return typed((Map.Entry<?, ?>) cell().write(descending ? pollLow() : pollHigh()));
    }

    private Poll pollLow() {
        return new Poll(false, range.from, range.withFrom, range.to, range.withTo);
    }

    private Poll pollHigh() {
        return new Poll(true, range.to, range.withTo, range.from, range.withFrom);
    }

    /** A key that may be stored here. */
    private K mine(K key) {
        if (beyond(key)) {
            throw new IllegalArgumentException("key out of range: " + key + " not in " + range);
        }
        return key;
    }

    /** Whether a key is for sure not here: nothing is, or nothing so far out. */
    private boolean absent(Object key) {
        Objects.requireNonNull(key, "key");
        return Nodes.size(root()) == 0 || beyond(key);
    }

    private boolean beyond(Object key) {
        Objects.requireNonNull(key, "key");
        return !range.isAll() && !range.has(key, order());
    }

    // ---- functions of the caller

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        if (beyond(key)) {
            return refused(key, function.apply(key));
        }
        V there = get(key);
        if (there != null) {
            return there;
        }
        Object[] made = new Object[1]; // the function is called once, even if the key comes and goes meanwhile: PC-8
        boolean[] called = new boolean[1];
        return value(cell().write(new Compute(key, old -> {
            if (old == null && !called[0]) {
                called[0] = true;
                made[0] = function.apply(key);
            }
            return old != null ? old : made[0];
        })));
    }

    @Override
    public V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        if (absent(key)) {
            return null;
        }
        return value(cell().write(new Compute(key, old -> old == null ? null : function.apply(key, value(old)))));
    }

    @Override
    public V compute(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        if (beyond(key)) {
            return refused(key, function.apply(key, null));
        }
        return value(cell().write(new Compute(key, old -> function.apply(key, value(old)))));
    }

    /** A key that is never there is out of range for a value only, as in any map: no value is no entry. */
    private V refused(K key, V value) {
        if (value != null) {
            mine(key);
        }
        return null;
    }

    @Override
    public V merge(K key, V value, BiFunction<? super V, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(value, "value");
        return value(cell().write(
                        new Compute(mine(key), old -> old == null ? value : function.apply(value(old), value))));
    }

    // ---- many keys, one step

    @Override
    public void putAll(Map<? extends K, ? extends V> entries) {
        Object tree = Entries.treeOf(entries, order());
        if (Nodes.size(tree) == 0) {
            return;
        }
        if (!range.isAll()) {
            FixedView<K, V> fixed = new FixedView<>(tree, order(), KeyRange.all(), false);
            mine(fixed.firstKey());
            mine(fixed.lastKey());
        }
        transform(root -> Entries.plusAll(root, tree, order()));
    }

    @Override
    public void clear() {
        transform(root -> inRange(root, part -> Nodes.EMPTY));
    }

    @Override
    public void replaceAll(BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        transform(root -> inRange(
                root, part -> Maps.mapValues(part, (key, value) -> function.apply(key(key), value(value)), null)));
    }

    @Override
    final boolean removeEntries(BiPredicate<? super K, ? super V> test) {
        Objects.requireNonNull(test);
        return transform(root ->
                inRange(root, part -> Maps.filter(part, (key, value) -> !test.test(key(key), value(value)), null)));
    }

    @Override
    final boolean removeKeys(Collection<?> keys) {
        List<Object> here = new ArrayList<>();
        for (Object key : keys) {
            if (key != null && (range.isAll() || range.has(key, order()))) { // the map is looked at in the step: PC-3
                here.add(key);
            }
        }
        return !here.isEmpty() && transform(root -> Entries.minusAll(root, here, order()));
    }

    @Override
    final boolean removeValue(Object value) {
        return transform(root -> inRange(root, part -> {
            for (Map.Entry<K, V> each : new FixedView<K, V>(part, order(), KeyRange.all(), descending).entrySet()) {
                if (each.getValue().equals(value)) {
                    return Tree.apply(part, new Edit.Remove(each.getKey()), order());
                }
            }
            return part;
        }));
    }

    /** Adds the keys that are not there, as one step. */
    final boolean addKeys(Collection<? extends K> keys, V value) {
        List<Map.Entry<K, V>> all = new ArrayList<>(keys.size());
        for (K key : keys) {
            all.add(Map.entry(mine(key), value));
        }
        all.sort(Map.Entry.comparingByKey(ascending()));
        Object tree = Entries.inOrder(all, order());
        return Nodes.size(tree) > 0 && transform(root -> Entries.plusAbsent(root, tree, order()));
    }

    private Comparator<K> ascending() {
        return (one, other) -> Order.compare(order(), one, other);
    }

    /** One step from root to root; whether it changed anything. */
    final boolean transform(UnaryOperator<Object> function) {
        boolean[] changed = new boolean[1];
        cell().write(new Transform(root -> {
            Object next = function.apply(root);
            changed[0] = next != root;
            return next;
        }));
        return changed[0];
    }

    /** The root with something else in the range; the same one if nothing changed there. */
    private Object inRange(Object root, UnaryOperator<Object> function) {
        if (range.isAll()) {
            return Nodes.size(root) == 0 ? root : function.apply(root);
        }
        Object part = Entries.cut(root, range, order());
        Object next = Nodes.size(part) == 0 ? part : function.apply(part);
        if (next == part) {
            return root;
        }
        Object low = range.from == null ? Nodes.EMPTY : Joins.head(root, range.from, !range.withFrom, order());
        Object high = range.to == null ? Nodes.EMPTY : Joins.tail(root, range.to, !range.withTo, order());
        return Joins.join(Joins.join(low, next), high);
    }

    // ---- views: the types of a concurrent map

    @Override
    public ConcurrentNavigableMap<K, V> descendingMap() {
        return (ConcurrentNavigableMap<K, V>) super.descendingMap();
    }

    @Override
    public ConcurrentNavigableMap<K, V> subMap(K from, boolean withFrom, K to, boolean withTo) {
        return (ConcurrentNavigableMap<K, V>) super.subMap(from, withFrom, to, withTo);
    }

    @Override
    public ConcurrentNavigableMap<K, V> headMap(K to, boolean with) {
        return (ConcurrentNavigableMap<K, V>) super.headMap(to, with);
    }

    @Override
    public ConcurrentNavigableMap<K, V> tailMap(K from, boolean with) {
        return (ConcurrentNavigableMap<K, V>) super.tailMap(from, with);
    }

    @Override
    public ConcurrentNavigableMap<K, V> subMap(K from, K to) {
        return subMap(from, true, to, false);
    }

    @Override
    public ConcurrentNavigableMap<K, V> headMap(K to) {
        return headMap(to, false);
    }

    @Override
    public ConcurrentNavigableMap<K, V> tailMap(K from) {
        return tailMap(from, true);
    }

    /**
     * An entry of an iterator, whose value can be set in the map.
     *
     * @param <K> the keys
     * @param <V> the values
     */
    @SuppressWarnings("serial") // as serialisable as the map, like any entry of one
    private static final class Through<K, V> extends AbstractMap.SimpleEntry<K, V> {
        private static final long serialVersionUID = 1;
        private final transient LiveReads<K, V> map;

        Through(LiveReads<K, V> map, K key, V value) {
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
}
