// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The broken twin of {@link CombiningOutcomeStress}: outcomes are told after the count has changed, by its winner
 * alone.
 */
@JCStressTest
@Outcome(
        id = {"1, 2, 2", "2, 1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "One after the other, whoever applied them.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An operation doubled: this twin must show it.")
@State
public class BrokenCombiningOutcomeStress {
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReferenceArray<int[]> slots = new AtomicReferenceArray<>(2);

    @Actor
    public void first(III_Result r) {
        r.r1 = increment(0);
    }

    @Actor
    public void second(III_Result r) {
        r.r2 = increment(1);
    }

    @Arbiter
    public void end(III_Result r) {
        r.r3 = count.get();
    }

    private int increment(int me) {
        int[] mine = new int[1];
        slots.set(me, mine);
        while (mine[0] == 0) { // ends: each failure is another's success
            int now = count.get();
            int next = now;
            int[] told = new int[2];
            int[][] found = {slots.get(0), slots.get(1)};
            for (int i = 0; i < 2; i++) {
                if (found[i] != null && found[i][0] == 0) {
                    told[i] = ++next;
                }
            }
            if (next != now && count.compareAndSet(now, next)) {
                Thread.onSpinWait(); // time for the other
                for (int i = 0; i < 2; i++) {
                    if (told[i] != 0) {
                        found[i][0] = told[i]; // MUTANT: another may have read the count, and not this
                    }
                }
            }
        }
        slots.set(me, null);
        return mine[0];
    }
}
