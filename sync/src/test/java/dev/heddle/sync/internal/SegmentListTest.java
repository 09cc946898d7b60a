// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers sync 4, 15, 16, 17, 26: the infinite array. */
class SegmentListTest {
    /** An array with one cursor that adds and one that consumes. */
    private static final class Line {
        final Cursor tail;
        final Cursor head;

        Line(int size) {
            Cursor[] cursors = Cursor.of(2, size);
            tail = cursors[0];
            head = cursors[1];
        }

        /** Takes the next cell and gives its segment. */
        Segment add() {
            Segment start = tail.segment();
            return tail.locate(start, tail.take());
        }

        int reachable() {
            int n = 0;
            for (Segment s = head.segment(); s != null; s = s.next()) {
                n++;
            }
            return n;
        }
    }

    @Test
    void firstWithout_fromAnywhere_passesEqualCellsOnly() {
        Segment segment = Segment.first(4, 1);
        assertEquals(4, segment.firstWithout(null, 0));
        segment.setCell(2, "state");
        assertEquals(2, segment.firstWithout(null, 0));
        assertEquals(3, segment.firstWithout("state", 2));
        assertEquals(4, segment.firstWithout(null, 3));
        assertEquals(4, segment.firstWithout(null, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void locate_consecutiveTickets_fillSegmentsInOrder(int size) {
        var line = new Line(size);
        for (int i = 0; i < 5 * size; i++) {
            Segment s = line.add();
            assertEquals(i / size, s.id());
            assertEquals(i % size, s.offsetOf(i));
            assertEquals((long) i / size * size, s.firstIndex());
            assertTrue(s.casCell(s.offsetOf(i), null, i));
        }
        assertEquals(5, line.reachable());
        Segment s = line.head.segment();
        for (int i = 0; i < 5 * size; i++) {
            s = line.head.locate(s, i);
            assertEquals(i, s.cell(s.offsetOf(i)));
        }
        s.cutPrev();
        assertNull(s.prev());
        assertEquals(1, line.reachable());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6, -1})
    void first_sizeNoPowerOfTwo_isRefused(int size) {
        var e = assertThrows(IllegalArgumentException.class, () -> Segment.first(size, 1));
        assertTrue(e.getMessage().contains(String.valueOf(size)), e::getMessage);
    }

    @Test
    void onDeadCell_segmentInTheMiddle_isUnlinkedAtOnce() {
        var line = new Line(1);
        List<Segment> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(line.add());
        }
        all.get(2).onDeadCell();
        assertTrue(all.get(2).isRemoved());
        assertSame(all.get(3), all.get(1).next());
        assertSame(all.get(1), all.get(3).prev());
        all.get(1).onDeadCell();
        assertSame(all.get(3), all.get(0).next());
        assertSame(all.get(0), all.get(3).prev());
    }

    @Test
    void onDeadCell_segmentUnderACursor_staysUntilTheCursorMoves() {
        var line = new Line(1);
        Segment first = line.add();
        Segment second = line.add();
        first.onDeadCell();
        second.onDeadCell();
        assertFalse(first.isRemoved());
        assertFalse(second.isRemoved()); // the tail cursor stands there
        Segment third = line.add();
        assertTrue(second.isRemoved());
        assertSame(third, first.next());
        assertSame(third, line.head.locate(first, 1)); // every cell before it is dead: skipped in one step
        assertTrue(first.isRemoved());
    }

    @Test
    void onDeadCell_tail_isUnlinkedByTheNextAppend() {
        Cursor[] cursors = Cursor.of(2, 1);
        Segment first = cursors[0].segment();
        Segment second = Segment.find(first, 1);
        second.onDeadCell(); // nobody points there: removed, but the last one stays linked
        assertTrue(second.isRemoved());
        assertSame(second, first.next());
        Segment third = Segment.find(first, 1);
        assertEquals(2, third.id());
        assertSame(third, first.next());
    }

    @Test
    void raiseTo_andAdvance_neverGoBack() {
        Cursor cursor = Cursor.of(1, 2)[0];
        cursor.raiseTo(5);
        assertEquals(5, cursor.index());
        cursor.raiseTo(3);
        assertEquals(5, cursor.index());
        assertFalse(cursor.advance(4));
        assertTrue(cursor.advance(5));
        assertEquals(6, cursor.take());
        assertTrue(cursor.toString().contains("7"), cursor::toString);
    }

    @Test
    void reserve_nextIndexInANewSegment_linksIt() {
        var line = new Line(1);
        line.add();
        Segment start = line.tail.segment();
        line.tail.reserve(start);
        assertEquals(1, start.next().id());
        line.tail.reserve(start);
        assertNull(start.next().next());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void onDeadCell_allInAnyOrder_leavesHeadAndTail(int size) {
        for (int seed = 0; seed < 5; seed++) {
            int cells = 500 * size;
            var line = new Line(size);
            List<Segment> order = new ArrayList<>(); // each segment once per cell
            for (int i = 0; i < cells; i++) {
                order.add(line.add());
            }
            Collections.shuffle(order, new Random(seed));
            order.forEach(Segment::onDeadCell);
            assertEquals(2, line.reachable()); // those under the cursors
            Segment s = line.add();
            assertEquals(cells / size, s.id());
            assertSame(s, line.head.locate(line.head.segment(), size)); // skips the dead ones
            assertEquals(1, line.reachable());
        }
    }

    /** Threads kill cells from all sides while others append: what is unlinked stays unlinked. */
    @Test
    void onDeadCell_manyThreads_leavesNoDeadSegmentReachable() {
        for (int round = 0; round < 30; round++) {
            var line = new Line(2);
            var failure = new AtomicReference<Throwable>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int seed = 4 * round + t;
                threads.add(ThreadKind.PLATFORM.start(() -> {
                    try {
                        addAndKill(line, new Random(seed));
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                }));
            }
            Await.ended(threads);
            assertNull(failure.get(), () -> String.valueOf(failure.get()));
            assertTrue(line.reachable() <= 3, () -> line.reachable() + " segments reachable");
        }
    }

    private static void addAndKill(Line line, Random random) {
        List<Segment> mine = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            mine.add(line.add());
            if (random.nextInt(3) == 0) {
                mine.remove(random.nextInt(mine.size())).onDeadCell();
            }
        }
        Collections.shuffle(mine, random);
        mine.forEach(Segment::onDeadCell);
    }
}
