// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Covers channels 9. Each of two threads sends to a channel of its own and then tries to receive from that of the other: at least
 * one of them must find an element.
 */
@JCStressTest
@Outcome(
        id = {"0, 1", "1, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "At least one side sees the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both channels were empty after both were sent to.")
@State
public class ChannelTryStress {
    private final Channel<Integer> left = Channel.buffered(1);
    private final Channel<Integer> right = Channel.buffered(1);

    @Actor
    public void leftFirst(II_Result r) {
        r.r1 = sendAndTake(left, right);
    }

    @Actor
    public void rightFirst(II_Result r) {
        r.r2 = sendAndTake(right, left);
    }

    private static int sendAndTake(Channel<Integer> mine, Channel<Integer> other) {
        if (!mine.trySend(1)) {
            return -1; // full, and nobody has sent before
        }
        Integer element = other.tryReceive();
        return element == null ? 0 : element;
    }
}
