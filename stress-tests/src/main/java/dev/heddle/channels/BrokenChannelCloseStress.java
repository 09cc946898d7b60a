// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The broken twin of {@link ChannelCloseStress}: closed is a flag beside the counter of the sends, so an element is counted
 * after the last one was fixed.
 */
@JCStressTest
@Outcome(
        id = {"1, 1", "0, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "Sent and there, or refused.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An element is lost: this twin must show it.")
@State
public class BrokenChannelCloseStress {
    private final AtomicInteger sends = new AtomicInteger();
    private volatile boolean closed;
    private int last;

    @Actor
    public void sender(II_Result r) {
        if (!closed) { // MUTANT: flag and counter are two words
            sends.getAndIncrement();
            r.r1 = 1;
        }
    }

    @Actor
    public void closer() {
        closed = true;
        last = sends.get();
    }

    @Arbiter
    public void end(II_Result r) {
        r.r2 = last;
    }
}
