// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Covers channels 7, 8. Two elements are sent with one step on the counter while a receiver takes what is there: it sees them in
 * their order, and whole.
 */
@JCStressTest
@Outcome(
        id = {"-1, -1", "-1, 1", "1, -1", "1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "What was there, in order.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An element is half published, or before its turn.")
@State
public class ChannelBatchStress {
    private final Channel<int[]> channel = Channel.unlimited();

    @Actor
    public void sender() {
        try {
            channel.sendAll(List.of(new int[] {1}, new int[] {2}));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Actor
    public void receiver(II_Result r) {
        r.r1 = take();
        r.r2 = take();
    }

    private int take() {
        int[] element = channel.tryReceive();
        return element == null ? -1 : element[0];
    }
}
