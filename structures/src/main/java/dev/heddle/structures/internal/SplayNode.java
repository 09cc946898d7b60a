// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A key of a splay-list with its value: a link of the base list, which holds the keys in ascending order. */
public final class SplayNode {
    // from \ by     writer             holder of the lock
    // value         value, DEAD        -
    // DEAD          value              KEPT, CUT
    // KEPT          value              CUT
    // CUT           -                  -            terminal
    static final Object DEAD = new State("DEAD"); // removed, still linked: a put may bring it back
    static final Object KEPT = new State("KEPT"); // removed, but popular: linked and in the index for a while
    static final Object CUT = new State("CUT"); // removed, about to be unlinked or unlinked

    /** Null in the head and in markers. */
    public final Object key;

    private volatile Object value;
    private volatile SplayNode next;

    /** Counted accesses to the key; 0 until the first is counted. Written by the holder of the lock. */
    private long self;

    SplayNode(Object key, Object value, SplayNode next) {
        this.key = key;
        VALUE.set(this, value); // both are published by the CAS that links this node
        NEXT.set(this, next);
    }

    /**
     * What the key is mapped to.
     *
     * @return the value, or null if the key has been removed
     */
    public Object value() {
        Object v = value;
        return v == DEAD || v == KEPT || v == CUT ? null : v; // by identity: the value itself is not read
    }

    boolean casValue(Object old, Object fresh) {
        return VALUE.compareAndSet(this, old, fresh);
    }

    Object state() {
        return value;
    }

    boolean isKept() {
        return value == KEPT;
    }

    boolean isCut() {
        return value == CUT;
    }

    /** What follows here, be it a marker. */
    SplayNode next() {
        return next;
    }

    /** The node that follows here, past a marker. */
    SplayNode successor() {
        SplayNode n = next;
        return n != null && n.key == null ? n.next : n; // no marker follows a marker
    }

    boolean casNext(SplayNode old, SplayNode fresh) {
        return NEXT.compareAndSet(this, old, fresh);
    }

    /** Of a cut node: nothing can be linked behind it once this has returned. */
    SplayNode markedSuccessor() {
        while (true) { // ends: each turn lost is an insertion behind this node
            SplayNode n = next;
            if (n != null && n.key == null) {
                return n.next;
            }
            if (casNext(n, new SplayNode(null, CUT, n))) {
                return n;
            }
        }
    }

    long selfPlain() {
        return self;
    }

    void setSelf(long hits) {
        SELF.setOpaque(this, hits);
    }

    /** For statistics. */
    long selfOpaque() {
        return (long) SELF.getOpaque(this);
    }

    @Override
    public String toString() {
        return key + "=" + value + " (" + selfOpaque() + ")";
    }

    private record State(String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    // VarHandle mechanics
    private static final VarHandle VALUE = field("value", Object.class);
    private static final VarHandle NEXT = field("next", SplayNode.class);
    private static final VarHandle SELF = field("self", long.class);

    private static VarHandle field(String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), name, VarHandle.class, SplayNode.class, type);
    }
}
