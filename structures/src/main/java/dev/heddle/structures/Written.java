// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Bulk;
import dev.heddle.structures.internal.Order;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;

/** What is written to a stream for a map or a set: which it is, its comparator, and its entries in ascending order. */
@SuppressWarnings("serial") // fields are written by writeExternal, one by one
final class Written implements Externalizable {
    private static final long serialVersionUID = 1;

    /** What is written. */
    enum Form {
        PERSISTENT,
        FIXED_VIEW,
        MAP,
        MAP_VIEW,
        SET
    }

    private Form form;
    private SortedReads<?, ?> map;
    private KeyRange<Object> range;
    private boolean descending;
    private Comparator<Object> order;
    private Object root;

    /** For the stream. */
    public Written() {}

    Written(Form form, SortedReads<?, ?> map) {
        this.form = form;
        this.map = map;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        out.writeUTF(form.name());
        out.writeObject(map.order());
        out.writeBoolean(map.descending);
        out.writeObject(map.range.isAll() ? null : map.range);
        SortedReads<?, ?> fixed = form == Form.MAP_VIEW ? ((LiveReads<?, ?>) map).whole() : map;
        SortedReads<?, ?> now = fixed.frozen();
        SortedReads<?, ?> ascending = now.descending ? (SortedReads<?, ?>) now.descendingMap() : now;
        out.writeInt(ascending.size());
        for (Iterator<? extends Map.Entry<?, ?>> all = ascending.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<?, ?> next = all.next();
            out.writeObject(next.getKey());
            out.writeObject(next.getValue());
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a comparator is given keys only, and complains of those it does not know
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
        form = form(in.readUTF());
        order = (Comparator<Object>) in.readObject();
        descending = in.readBoolean();
        range = range(in, order);
        int size = size(in);
        Bulk entries = new Bulk(Math.min(size, 1 << 16)); // grows with what is really there
        Object last = null;
        for (int i = 0; i < size; i++) {
            Object key = in.readObject();
            Object value = in.readObject();
            if (key == null || value == null) {
                throw new InvalidObjectException("null in an entry");
            }
            if (Order.compare(order, last == null ? key : last, key) >= (last == null ? 1 : 0)) {
                throw new InvalidObjectException("not in ascending order: " + key + " after " + last);
            }
            entries.add(key, value);
            last = key;
        }
        root = entries.build();
    }

    /** How many entries follow. */
    static int size(ObjectInput in) throws IOException {
        int size = in.readInt();
        if (size < 0) {
            throw new InvalidObjectException("entries: " + size);
        }
        return size;
    }

    /** Of a view; null in its place stands for all keys. */
    @SuppressWarnings("unchecked") // the keys of the range were keys of the map
    static KeyRange<Object> range(ObjectInput in, Comparator<Object> order) throws IOException, ClassNotFoundException {
        KeyRange<Object> range = (KeyRange<Object>) in.readObject();
        try {
            return range == null ? KeyRange.all() : range.checked(order);
        } catch (IllegalArgumentException inconsistent) {
            throw new InvalidObjectException(inconsistent.getMessage());
        }
    }

    private static Form form(String name) throws InvalidObjectException {
        for (Form each : Form.values()) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        throw new InvalidObjectException("unknown form: " + name);
    }

    private Object readResolve() {
        return resolved();
    }

    @SuppressWarnings("unchecked") // the keys of the range were keys of the map
    private <K, V> Object resolved() {
        KeyRange<K> part = (KeyRange<K>) range;
        return switch (form) {
            case PERSISTENT -> new PersistentSortedMap<K, V>(root, order);
            case FIXED_VIEW -> new FixedView<K, V>(root, order, part, descending);
            case MAP -> new PathCopyingMap<K, V>(root, order);
            case MAP_VIEW -> new PathCopyingMap<K, V>(root, order).view(part, descending);
            case SET -> new PathCopyingSet<K>(new PathCopyingMap<>(root, order));
        };
    }
}
