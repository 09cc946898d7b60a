// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.PathCopying.Step;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Covers PC-6. Two operations that are published at once: each takes effect once, and its owner gets its own result,
 * whole.
 */
@JCStressTest
@Outcome(
        id = {"1, 2, 2", "2, 1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "One after the other, whoever applied them.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An operation lost or doubled, or a result that is another's or not whole.")
@State
public class CombiningOutcomeStress {
    private final PathCopying<Integer> count = PathCopying.withPatience(0, 0, 2);

    @Actor
    public void first(III_Result r) {
        r.r1 = increment();
    }

    @Actor
    public void second(III_Result r) {
        r.r2 = increment();
    }

    @Arbiter
    public void end(III_Result r) {
        r.r3 = count.get();
    }

    private int increment() {
        return count.submit(state -> new Step<>(state + 1, new int[] {state + 1}))[0];
    }
}
