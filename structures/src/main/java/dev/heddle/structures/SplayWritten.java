// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Order;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What is written to a stream for a splay-list: which type, its settings, and its entries in ascending order. */
@SuppressWarnings("serial") // fields are written by writeExternal, one by one
final class SplayWritten implements Externalizable {
    private static final long serialVersionUID = 1;

    /** What is written. */
    enum Form {
        MAP,
        VIEW,
        KEYS,
        SET,
        ELEMENTS
    }

    private Form form;
    private SplayReads<?, ?> written;
    private SplayListMap<Object, Object> read;
    private KeyRange<Object> range;
    private boolean descending;

    /** For the stream. */
    public SplayWritten() {}

    SplayWritten(Form form, SplayReads<?, ?> written) {
        this.form = form;
        this.written = written;
    }

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
        SplayListMap<?, ?> map = written.whole();
        out.writeUTF(form.name());
        out.writeObject(map.order());
        out.writeInt(map.period());
        out.writeDouble(map.ageing());
        out.writeBoolean(written.descending);
        out.writeObject(written.range.isAll() ? null : written.range);
        List<Map.Entry<?, ?>> entries = new ArrayList<>(); // their number is known only when all have been met
        map.forEach((key, value) -> entries.add(Map.entry(key, value)));
        out.writeInt(entries.size());
        for (Map.Entry<?, ?> each : entries) {
            out.writeObject(each.getKey());
            out.writeObject(each.getValue());
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a comparator is given keys only, and complains of those it does not know
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
        form = form(in.readUTF());
        Comparator<Object> order = (Comparator<Object>) in.readObject();
        int period = in.readInt();
        double ageing = in.readDouble();
        if (period < 1 || !(ageing >= 2 && ageing <= 1e6)) {
            throw new InvalidObjectException("settings: period " + period + ", ageing " + ageing);
        }
        descending = in.readBoolean();
        range = Written.range(in, order);
        read = new SplayListMap<>(order, period, ageing);
        Object last = null;
        for (int left = Written.size(in); left > 0; left--) {
            Object key = in.readObject();
            Object value = in.readObject();
            if (key == null || value == null) {
                throw new InvalidObjectException("null in an entry");
            }
            if (last != null && Order.compare(order, last, key) >= 0) {
                throw new InvalidObjectException("not in ascending order: " + key + " after " + last);
            }
            read.put(key, value);
            last = key;
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

    @SuppressWarnings("unchecked") // the values of a set are true
    private Object readResolve() {
        return switch (form) {
            case MAP -> read;
            case VIEW -> read.view(range, descending);
            case KEYS -> read.view(range, descending).navigableKeySet();
            case ELEMENTS -> new SplayKeys<>(read.view(range, descending), true);
            case SET -> new SplayListSet<>((SplayListMap<Object, Boolean>) (SplayListMap<?, ?>) read);
        };
    }
}
