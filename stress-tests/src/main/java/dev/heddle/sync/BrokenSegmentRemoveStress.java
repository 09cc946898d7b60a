// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The broken twin of {@link SegmentRemoveStress}: who unlinks a segment does not look again whether the neighbours that
 * it linked are still alive.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Both are unlinked.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A removed segment is reachable: this twin must show it.")
@State
public class BrokenSegmentRemoveStress {
    private static final int SEGMENTS = 4; // the two in the middle die

    private final Node[] nodes = new Node[SEGMENTS];

    /** A list of live nodes. */
    public BrokenSegmentRemoveStress() {
        for (int i = 0; i < SEGMENTS; i++) {
            nodes[i] = new Node();
            if (i > 0) {
                nodes[i].prev = nodes[i - 1];
                nodes[i - 1].next = nodes[i];
            }
        }
    }

    @Actor
    public void killLeft() {
        nodes[1].remove();
    }

    @Actor
    public void killRight() {
        nodes[2].remove();
    }

    @Arbiter
    public void end(II_Result r) {
        for (Node n = nodes[0]; n != null; n = n.next) {
            r.r1 += n.removed ? 1 : 0;
        }
        for (Node n = nodes[SEGMENTS - 1]; n != null; n = n.prev) {
            r.r2 += n.removed ? 1 : 0;
        }
    }

    private static final class Node {
        private volatile boolean removed;
        private volatile Node next;
        private volatile Node prev;

        void remove() {
            removed = true;
            Node l = prev;
            while (l.removed) {
                l = l.prev;
            }
            Node r = next;
            while (r.removed) {
                r = r.next;
            }
            r.prev = l;
            l.next = r; // MUTANT: no second look at l and r
        }
    }
}
