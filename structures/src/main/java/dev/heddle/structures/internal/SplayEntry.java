// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A key in one level of the index of a splay-list. It holds the key itself, so that a search doesn't read nodes. */
final class SplayEntry {
    /** Null in the head of a level. */
    final Object key;

    /** The same key one level lower: an entry, or in the lowest level the node. */
    final Object down;

    private SplayEntry right;

    /** Counted accesses to this key and those up to, without, the next one of this level. The lock guards it. */
    long weight;

    SplayEntry(Object key, Object down, SplayEntry right, long weight) {
        this.key = key;
        this.down = down;
        this.right = right;
        this.weight = weight;
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

    SplayNode node() {
        Object lower = down;
        while (lower instanceof SplayEntry entry) { // ends: at the base
            lower = entry.down;
        }
        return (SplayNode) lower;
    }

    // VarHandle mechanics
    private static final VarHandle RIGHT = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "right", VarHandle.class, SplayEntry.class, SplayEntry.class);
}
