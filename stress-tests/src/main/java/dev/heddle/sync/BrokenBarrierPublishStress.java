// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** The broken twin of {@link BarrierPublishStress}: a party arrives in two steps, so two may both be the last. */
@JCStressTest
@Outcome(
        id = {"1, 1, 0, 1", "1, 1, 1, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "Both see both, with different places.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Two parties with the same place: this twin must show it.")
@State
public class BrokenBarrierPublishStress {
    private volatile int first; // 1: has arrived
    private volatile int second;
    private int left; // both plain: the barrier publishes them
    private int right;

    @Actor
    public void first(IIII_Result r) {
        left = 1;
        first = 1;
        r.r3 = second == 1 ? 0 : 1; // MUTANT: arrival and place are two steps
        while (second == 0) { // ends: the other party comes
            Thread.onSpinWait();
        }
        r.r1 = right;
    }

    @Actor
    public void second(IIII_Result r) {
        right = 1;
        second = 1;
        r.r4 = first == 1 ? 0 : 1; // MUTANT
        while (first == 0) { // ends: the other party comes
            Thread.onSpinWait();
        }
        r.r2 = left;
    }
}
