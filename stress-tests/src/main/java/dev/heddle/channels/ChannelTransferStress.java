// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Covers channels 7, 13. A transfer gives up while a receiver is on its way to it: either the receiver has the element and the
 * transfer ends after that, or nobody has it. What it says is what the receiver met, and nothing is left behind.
 */
@JCStressTest
@Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "The element was received.")
@Outcome(id = "0, 0, 0, 0", expect = Expect.ACCEPTABLE, desc = "The transfer gave up.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, doubled, or transferred before it was received.")
@State
public class ChannelTransferStress {
    private final Channel<Integer> channel = Channel.unlimited();
    private final TransferQueue<Integer> queue = channel.asTransferQueue();

    @Actor
    public void sender(IIII_Result r) {
        try {
            r.r1 = queue.tryTransfer(1, 1, TimeUnit.NANOSECONDS) ? 1 : 0;
        } catch (InterruptedException e) {
            r.r1 = -1; // nobody interrupts
        }
        r.r2 = channel.size();
    }

    @Actor
    public void receiver(IIII_Result r) {
        Integer element = channel.tryReceive();
        r.r3 = element == null ? 0 : element;
    }

    @Arbiter
    public void end(IIII_Result r) {
        Integer left = queue.poll();
        r.r4 = left == null ? 0 : left;
    }
}
