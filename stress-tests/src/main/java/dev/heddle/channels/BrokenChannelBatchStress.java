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
 * The broken twin of {@link ChannelBatchStress}: a receiver takes the counter for the elements, which come after it.
 */
@JCStressTest
@Outcome(
        id = {"-1, -1", "-1, 1", "1, -1", "1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "What was there, in order.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Counted, but not there yet: this twin must show it.")
@State
public class BrokenChannelBatchStress {
    private final int[] cells = new int[2];
    private final AtomicInteger sends = new AtomicInteger();
    private int receives;

    @Actor
    public void sender() {
        sends.getAndAdd(2);
        cells[0] = 1; // MUTANT: nobody looks whether it has come
        cells[1] = 2;
    }

    @Actor
    public void receiver(II_Result r) {
        r.r1 = take();
        r.r2 = take();
    }

    private int take() {
        return receives < sends.get() ? cells[receives++] : -1;
    }
}
