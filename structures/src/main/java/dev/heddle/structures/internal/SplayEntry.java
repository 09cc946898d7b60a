// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Comparator;

/**
 * A key in one level of the index of a splay-list. It holds the key itself, and a number as its value, so that a search reads
 * no nodes, and of numbers no keys.
 */
final class SplayEntry {
    /** That a key is no number, or is not to be compared as one. */
    static final int OTHER = 0;

    private static final int INTEGER = 1;
    private static final int LONG = 2;

    /** Null in the head of a level. */
    final Object key;

    /** The node of the key, or the head of the base list. */
    final SplayNode node;

    /** The same key one level lower; null in the lowest level. */
    final SplayEntry down;

    /** What class of numbers the key belongs to. */
    private final int kind;

    /** The key, if it is a number. */
    private final long number;

    private SplayEntry right;

    /** Counted accesses to this key and those up to, without, the next one of this level. The lock guards it. */
    long weight;

    SplayEntry(SplayNode node, SplayEntry down, SplayEntry right, long weight) {
        this.key = node.key;
        this.kind = kind(node.key);
        this.number = number(node.key);
        this.node = node;
        this.down = down;
        this.right = right;
        this.weight = weight;
    }

    /** By class: numbers of different classes are not compared with each other, but fail as they do elsewhere. */
    static int kind(Object key) {
        return key instanceof Integer ? INTEGER : key instanceof Long ? LONG : OTHER;
    }

    static long number(Object key) {
        return key instanceof Integer number ? number : key instanceof Long number ? number : 0;
    }

    /** Compares a key that is searched with the key of this entry, where both are numbers of a class in their natural order. */
    int compare(Comparator<Object> order, Object wanted, int itsKind, long itsNumber) {
        return itsKind == kind && itsKind != OTHER
                ? Long.compare(itsNumber, number)
                : Order.compare(order, wanted, key);
    }

    /** Acquire: what the key and {@code down} lead to is what the holder of the lock saw when it linked the entry. */
    SplayEntry rightAcquire() {
        return (SplayEntry) RIGHT.getAcquire(this);
    }

    SplayEntry rightPlain() {
        return right;
    }

    void publishRight(SplayEntry entry) {
        RIGHT.setRelease(this, entry);
    }

    // VarHandle mechanics
    private static final VarHandle RIGHT = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "right", VarHandle.class, SplayEntry.class, SplayEntry.class);
}
