// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The broken twin of {@link ChannelTryStress}: slots with release stores and acquire loads.
 */
@JCStressTest
@Outcome(
        id = {"0, 1", "1, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "At least one side sees the other.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither saw the other: this twin must show it.")
@State
public class BrokenChannelTryStress {
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger right = new AtomicInteger();

    @Actor
    public void leftFirst(II_Result r) {
        r.r1 = sendAndTake(left, right);
    }

    @Actor
    public void rightFirst(II_Result r) {
        r.r2 = sendAndTake(right, left);
    }

    private static int sendAndTake(AtomicInteger mine, AtomicInteger other) {
        mine.setRelease(1); // MUTANT: no volatile access
        return other.getAcquire();
    }
}
