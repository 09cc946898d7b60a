// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.Segment;

/** What waits in a cell, in one place and for one owner. */
abstract class CellWaiter extends CellState {
    volatile Object owner; // a future; or its thread, once that may be parked; else null
    private Segment segment; // this and the offset: written before the waiter is in its cell
    private int offset;

    /** The future may be null: then a thread waits, which says so before it parks, or a subclass wakes in its own way. */
    CellWaiter(Object future) {
        if (future != null) { // a volatile write of what is there already would cost a fence
            owner = future;
        }
    }

    /** Before the calling thread parks. True if that is news: then it has to look at the outcome once more first. */
    final boolean announcePark() {
        if (owner != null) {
            return false;
        }
        owner = Thread.currentThread(); // before the outcome is read again; who wakes reads it after the claim
        return true;
    }

    final void place(Segment s, int o) {
        segment = s;
        offset = o;
    }

    final boolean isInCell() {
        return segment != null && segment.cell(offset) == this;
    }

    final Segment segment() {
        return segment;
    }

    final int offset() {
        return offset;
    }

    final long index() {
        return segment.firstIndex() + offset;
    }
}
