// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The broken twin of {@link ChannelReserveStress}: places are given back by a look and a store, and one of two is lost.
 */
@JCStressTest
@Outcome(id = "2", expect = Expect.ACCEPTABLE, desc = "Both places are free.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A place is lost: this twin must show it.")
@State
public class BrokenChannelReserveStress {
    private volatile int free;

    @Actor
    public void sender() {
        giveBack();
    }

    @Actor
    public void receiver() {
        giveBack();
    }

    private void giveBack() {
        int n = free;
        free = n + 1; // MUTANT: no compare-and-set
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = free;
    }
}
