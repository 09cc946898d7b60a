// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Segment;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;

/** Looks at the list of segments of a channel that nobody uses meanwhile: are all counts what can be counted? */
final class SegmentAudit {
    private static final Field WORD = word();
    private static final int POINTER_SHIFT = 32;

    private final CellChannel<?> channel;
    private final List<Segment> references; // those of the channel
    private final boolean poisoned; // whether receivers may have passed senders in flight, which is not counted

    private SegmentAudit(CellChannel<?> channel, boolean poisoned) {
        this.channel = channel;
        this.poisoned = poisoned;
        this.references = Stream.of(CellWords.SEND, CellWords.RECEIVE, CellWords.LIMIT)
                .map(channel::start)
                .toList();
    }

    /** Fails unless references and dead cells are counted exactly, and no removed segment can be reached. */
    static void exact(CellChannel<?> channel) {
        new SegmentAudit(channel, false).run();
    }

    /** As {@link #exact}, but BROKEN cells may be counted or not. */
    static void afterStorm(CellChannel<?> channel) {
        new SegmentAudit(channel, true).run();
    }

    private static Field word() {
        try {
            Field field = Segment.class.getDeclaredField("word");
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    private void run() {
        Segment left = references.get(0);
        for (Segment s : references) {
            left = s.id() < left.id() ? s : left;
            for (Segment p = s.prev(); p != null; p = p.prev()) {
                assertFalse(p.isRemoved(), () -> "removed, but left of a reference: " + this);
            }
        }
        for (Segment s = left; s != null; s = s.next()) {
            check(s);
            Segment next = s.next();
            if (next != null) {
                assertTrue(next.id() > s.id(), this::toString);
                assertTrue(next.prev() == null || next.prev() == s, () -> next + " leads back elsewhere: " + this);
            }
        }
        for (Segment s : references) {
            assertSame(s, Segment.find(left, s.id()), this::toString);
        }
    }

    private void check(Segment s) {
        long pointers = references.stream().filter(each -> each == s).count();
        long word = wordOf(s);
        assertEquals(pointers, word >>> POINTER_SHIFT, () -> "references counted wrongly: " + this);
        int dead = 0;
        int broken = 0;
        for (int o = 0; o < s.size(); o++) {
            Object x = s.cell(o);
            dead += isCounted(x, s.firstIndex() + o) ? 1 : 0;
            broken += x == CellState.BROKEN ? 1 : 0;
        }
        int counted = (int) word;
        int least = dead + (poisoned ? 0 : broken);
        int most = dead + broken;
        assertTrue(least <= counted && counted <= most, () -> "dead cells counted wrongly: " + s + " in " + this);
        if (s.isRemoved()) {
            assertTrue(s.next() == null, () -> "removed, and not the last: " + this);
        }
    }

    /** Cells that a waiter has left or was told in. What a cancel empties is let go of as a whole. */
    private boolean isCounted(Object x, long index) {
        return x == CellState.INTERRUPTED_SND
                || x == CellState.INTERRUPTED_RCV
                || (x == CellState.CLOSED && index >= channel.closing.sent);
    }

    private static long wordOf(Segment s) {
        try {
            return WORD.getLong(s);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** The list, from the leftmost reference on. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(channel + ", references " + references + ":");
        Segment left =
                references.stream().min((a, b) -> Long.compare(a.id(), b.id())).orElseThrow();
        for (Segment s = left; s != null; s = s.next()) {
            out.append('\n').append(s).append(s.isRemoved() ? " removed" : "");
            for (int o = 0; o < s.size(); o++) {
                out.append(' ').append(s.cell(o));
            }
        }
        return out.toString();
    }
}
