// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The broken twin of {@link SegmentLinkStress}: the next segment is set after a look, not by compare-and-set. */
@JCStressTest
@Outcome(
        id = {"1, 7", "7, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "Both are on one segment: one fills the cell, the other reads it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two segments for one index: this twin must show it.")
@State
public class BrokenSegmentLinkStress {
    private final Node first = new Node();

    @Actor
    public void first(II_Result r) {
        r.r1 = first.append().meet();
    }

    @Actor
    public void second(II_Result r) {
        r.r2 = first.append().meet();
    }

    private static final class Node {
        private final AtomicReference<int[]> cell = new AtomicReference<>();
        private volatile Node next;

        Node append() {
            if (next == null) {
                Thread.onSpinWait(); // time for the other
                next = new Node(); // MUTANT: no compare-and-set
            }
            return next;
        }

        int meet() {
            return cell.compareAndSet(null, new int[] {7}) ? 1 : cell.get()[0];
        }
    }
}
