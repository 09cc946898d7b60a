// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The broken twin of {@link PoolHandOffStress}: an element is counted before it is there, and a taker that comes in
 * between believes the count.
 */
@JCStressTest
@Outcome(
        id = {"1, 0", "-1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "Taken, or still there.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The element is lost: this twin must show it.")
@State
public class BrokenPoolHandOffStress {
    private final AtomicInteger size = new AtomicInteger();
    private volatile int[] place;

    @Actor
    public void giver() {
        size.getAndAdd(1); // MUTANT: before the element is in its place
        Thread.onSpinWait(); // time for a taker
        place = new int[] {1};
    }

    @Actor
    public void taker(II_Result r) {
        r.r1 = take();
    }

    @Arbiter
    public void end(II_Result r) {
        r.r2 = Math.max(take(), 0);
    }

    private int take() {
        if (size.get() == 0) {
            return -1;
        }
        size.getAndAdd(-1);
        int[] element = place;
        return element == null ? 0 : element[0];
    }
}
