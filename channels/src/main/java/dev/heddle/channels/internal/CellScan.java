// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.Segment;

/** A walk over the cells of a range, from left to right; removed segments are left out, none is linked. */
final class CellScan {
    private final CellWords<?> words;
    private Segment segment;
    private long index;
    private long seen;

    /** A walk that begins behind {@code before}; {@code from} was read before that was known. */
    CellScan(CellWords<?> words, Segment from, long before) {
        this.words = words;
        segment = from;
        index = before;
    }

    /** Goes to the next cell before {@code end}. */
    boolean advance(long end) {
        long to = index + 1;
        Segment s = segment;
        while (s.id() < s.idOf(to)) {
            Segment right = words.behind(s);
            if (right == null) {
                return false; // senders that have not got so far
            }
            s = right;
        }
        segment = s;
        index = Math.max(to, s.firstIndex());
        seen += Math.max(0, Math.min(index + 1, end) - to);
        return index < end;
    }

    /** How many cells were passed; those that were left out are dead. */
    long seen() {
        return seen;
    }

    Object cell() {
        return segment.cell(segment.offsetOf(index));
    }

    long index() {
        return index;
    }

    Segment segment() {
        return segment;
    }
}
