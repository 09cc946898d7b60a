// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The broken twin of {@link ChannelSendReceiveStress}: who finds the cell empty writes to it without a compare-and-set, so one
 * may write over the other.
 */
@JCStressTest
@Outcome(id = "7, 1", expect = Expect.ACCEPTABLE, desc = "They have met.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both wait, and one of them for ever: this twin must show it.")
@State
public class BrokenChannelSendReceiveStress {
    private static final Object RECEIVER = new Object();

    private volatile Object cell;
    private volatile int received = -1;
    private volatile int sent;

    @Actor
    public void sender() {
        if (cell == RECEIVER) {
            received = 7;
            sent = 1;
        } else {
            cell = 7; // MUTANT: no compare-and-set
        }
    }

    @Actor
    public void receiver() {
        Object x = cell;
        if (x == null) {
            cell = RECEIVER; // MUTANT
        } else {
            received = (int) x;
            sent = 1;
        }
    }

    @Arbiter
    public void end(II_Result r) {
        r.r1 = received;
        r.r2 = sent;
    }
}
