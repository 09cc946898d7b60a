// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Cursor;
import dev.heddle.sync.internal.Segment;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Covers sync 16. Two neighbours in the infinite array die at once, and each may link the other back while it unlinks
 * itself: in the end neither is reachable, from either side.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Both are unlinked.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A removed segment is reachable.")
@State
public class SegmentRemoveStress {
    private static final int SEGMENTS = 4; // of one cell each; the two in the middle die

    private final Segment first;
    private final Segment last;
    private final Segment left;
    private final Segment right;

    /** One cursor at each end of the array. */
    public SegmentRemoveStress() {
        Cursor[] ends = Cursor.of(2, 1);
        first = ends[0].segment();
        last = ends[1].locate(first, SEGMENTS - 1);
        left = first.next();
        right = left.next();
    }

    @Actor
    public void killLeft() {
        left.onDeadCell();
    }

    @Actor
    public void killRight() {
        right.onDeadCell();
    }

    @Arbiter
    public void end(II_Result r) {
        for (Segment s = first; s != null; s = s.next()) {
            r.r1 += s.isRemoved() ? 1 : 0;
        }
        for (Segment s = last; s != null; s = s.prev()) {
            r.r2 += s.isRemoved() ? 1 : 0;
        }
    }
}
