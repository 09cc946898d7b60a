// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Cursor;
import dev.heddle.sync.internal.Segment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Covers sync 3, litmus L4. Two cursors reach the end of the infinite array at once and both append: they must come to
 * the same segment, with its cells, and what one puts into the cell the other sees whole.
 */
@JCStressTest
@Outcome(
        id = {"1, 7", "7, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "Both are on one segment: one fills the cell, the other reads it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two segments for one index, or a half published cell.")
@State
public class SegmentLinkStress {
    private static final int LAST = 0; // the only index that has a segment

    private final Cursor[] cursors = Cursor.of(2, 1);

    /** Both cursors have dealt out the last index. */
    public SegmentLinkStress() {
        for (Cursor cursor : cursors) {
            cursor.raiseTo(LAST + 1);
        }
    }

    @Actor
    public void first(II_Result r) {
        r.r1 = meet(cursors[0]);
    }

    @Actor
    public void second(II_Result r) {
        r.r2 = meet(cursors[1]);
    }

    /** 1 if this call filled the cell, else what it read there. */
    private static int meet(Cursor cursor) {
        Segment start = cursor.segment();
        long i = cursor.take();
        Segment s = cursor.locate(start, i);
        int o = s.offsetOf(i);
        return s.casCell(o, null, new int[] {7}) ? 1 : ((int[]) s.cell(o))[0];
    }
}
