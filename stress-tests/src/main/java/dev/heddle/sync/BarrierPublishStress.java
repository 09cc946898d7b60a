// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.BrokenBarrierException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Covers sync 25. What a party wrote before it arrived is seen by all when they leave, and each party has a place of
 * its own.
 */
@JCStressTest
@Outcome(
        id = {"1, 1, 0, 1", "1, 1, 1, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "Both see both, with different places.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A write that was not seen, or two parties with the same place.")
@State
public class BarrierPublishStress {
    private final CyclicBarrier barrier = new CyclicBarrier(2);
    private int left; // both plain: the barrier publishes them
    private int right;

    @Actor
    public void first(IIII_Result r) {
        left = 1;
        r.r3 = arrive();
        r.r1 = right;
    }

    @Actor
    public void second(IIII_Result r) {
        right = 1;
        r.r4 = arrive();
        r.r2 = left;
    }

    private int arrive() {
        try {
            return barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError("nobody breaks it", e);
        }
    }
}
