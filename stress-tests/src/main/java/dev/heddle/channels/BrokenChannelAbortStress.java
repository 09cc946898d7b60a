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
 * The broken twin of {@link ChannelAbortStress}: the receiver trusts the cell, which the sender leaves in two steps, first its
 * own word, then the cell.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It was served before it could leave.")
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "It left, the next in line was served.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Received though its sender gave up: this twin must show it.")
@State
public class BrokenChannelAbortStress {
    private static final int WAITING = 0;
    private static final int SERVED = 1;
    private static final int LEFT = 2;

    private final AtomicInteger word = new AtomicInteger(WAITING);
    private volatile Integer cell = 1;

    @Actor
    public void sender(II_Result r) {
        boolean left = word.compareAndSet(WAITING, LEFT);
        if (left) {
            cell = null;
        }
        r.r1 = left ? 0 : 1;
    }

    @Actor
    public void receiver(II_Result r) {
        Integer element = cell;
        if (element != null) {
            word.set(SERVED); // MUTANT: no claim
        }
        r.r2 = element == null ? 2 : element;
    }
}
