// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Untraced;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers sync 4, 15, 16, 26: removal of dead segments beside appends and a consumer that skips them. */
@Tag("lincheck")
class SegmentListLincheckTest {
    /** Tickets are what is linearizable here; the shape of the list is checked at the end. */
    public abstract static class Line {
        private static final int LONGEST = 16;

        private final Cursor tail;
        private final Cursor head;
        private final AtomicReferenceArray<Segment> added = new AtomicReferenceArray<>(LONGEST); // by ticket

        Line(int size) {
            Cursor[] cursors = Cursor.of(2, size);
            tail = cursors[0];
            head = cursors[1];
        }

        @Operation
        public long add() {
            Segment start = tail.segment();
            long ticket = tail.take();
            added.set((int) ticket, tail.locate(start, ticket));
            return ticket;
        }

        /** Makes the cell of an early ticket dead, if nobody has yet. */
        @Operation
        public void killFirst() {
            kill(0);
        }

        @Operation
        public void killSecond() {
            kill(1);
        }

        private void kill(int ticket) {
            Segment s = added.get(ticket);
            if (s != null && s.casCell(s.offsetOf(ticket), null, "dead")) {
                s.onDeadCell();
            }
        }

        /** Adds a cell and makes it dead at once. */
        @Operation
        public long addDead() {
            long ticket = add();
            kill((int) ticket);
            return ticket;
        }

        /** Moves on to the next cell whose segment is still there. */
        @Operation
        public void consume() {
            Segment start = head.segment();
            long ticket = head.take();
            Segment s = head.locate(start, ticket);
            s.cutPrev();
            head.raiseTo(s.firstIndex());
        }

        @Validate
        public void isTight() {
            Untraced.run(this::everyLinkedSegmentIsNeeded);
        }

        private void everyLinkedSegmentIsNeeded() {
            for (Segment s = head.segment(); s.next() != null; s = s.next()) {
                if (s.isRemoved()) {
                    throw new IllegalStateException("still linked: " + s);
                }
                Segment back = s.next().prev();
                if (back != null && back != s) {
                    throw new IllegalStateException(s.next() + " leads back to " + back + ", not to " + s);
                }
            }
            for (int i = 0; i < LONGEST; i++) {
                Segment s = added.get(i);
                if (s != null && !s.isRemoved() && s.id() >= head.segment().id() && !reachable(s)) {
                    throw new IllegalStateException("lost: " + s);
                }
            }
        }

        private boolean reachable(Segment wanted) {
            Segment s = head.segment();
            while (s != null && s != wanted) {
                s = s.next();
            }
            return s != null;
        }
    }

    public static class Line1 extends Line {
        public Line1() {
            super(1);
        }
    }

    public static class Line2 extends Line {
        public Line2() {
            super(2);
        }
    }

    @Test
    void segmentsOfOne_keepTheListTight() {
        Checks.model().check(Line1.class);
    }

    @Test
    void segmentsOfTwo_keepTheListTight() {
        Checks.model().check(Line2.class);
    }

    @Test
    void segmentsOfOne_threeThreads_keepTheListTight() {
        Checks.wide().check(Line1.class);
    }

    @Test
    @Tag("mutant")
    void liveSegmentIsUnlinked_isRejected() {
        var mutant = Mutant.of(Segment.class, "return word == size();", "return (int) word == size();"); // no pointers
        Checks.rejected(Checks.mutant(), mutant.load(Line1.class), Checks.INVALID_STATE);
    }
}
