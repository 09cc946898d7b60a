// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The broken twin of {@link SplayMoveStress}: a key is in the level that it rose to, and not in those below. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The key was found.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A key was missed: this twin must show it.")
@State
public class BrokenSplayMoveStress {
    private volatile boolean above;
    private volatile boolean below = true;

    @Actor
    public void writer() {
        below = false; // MUTANT: it stays in the list of all keys
        above = true;
    }

    @Actor
    public void reader(I_Result r) {
        r.r1 = above || below ? 1 : 0;
    }
}
