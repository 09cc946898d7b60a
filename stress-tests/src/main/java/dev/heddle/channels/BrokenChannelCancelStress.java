// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The broken twin of {@link ChannelCancelStress}: the cancel does not stop the receivers first, so both take an element out of
 * its cell by a look and a store.
 */
@JCStressTest
@Outcome(
        id = {"1, 1", "0, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "Each went one way.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An element went both ways: this twin must show it.")
@State
public class BrokenChannelCancelStress {
    private volatile Integer first = 1;
    private volatile Integer second = 2;

    @Actor
    public void receiver(II_Result r) {
        if (first != null) {
            first = null; // MUTANT: the cell is not the receiver's alone
            r.r1 = 1;
        }
    }

    @Actor
    public void canceller(II_Result r) {
        if (first != null) {
            first = null; // MUTANT
            r.r2++;
        }
        if (second != null) {
            second = null;
            r.r2++;
        }
    }
}
