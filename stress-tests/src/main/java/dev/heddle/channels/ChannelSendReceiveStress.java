// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Covers channels 2, 7. A sender and a receiver come at once to a channel without buffer: they meet, whoever is first, and
 * the receiver sees what the sender has written.
 */
@JCStressTest
@Outcome(id = "7, 7, 1", expect = Expect.ACCEPTABLE, desc = "They have met.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both wait, or the element is lost or half published.")
@State
public class ChannelSendReceiveStress {
    private final Channel<int[]> channel = Channel.rendezvous();
    private CompletableFuture<Void> sent;
    private CompletableFuture<int[]> received;

    @Actor
    public void sender() {
        sent = channel.sendAsync(new int[] {7});
    }

    @Actor
    public void receiver(III_Result r) {
        received = channel.receiveAsync();
        r.r1 = received.isDone() ? received.join()[0] : 7; // else it is served later
    }

    @Arbiter
    public void end(III_Result r) {
        r.r2 = received.isDone() ? received.join()[0] : -1;
        r.r3 = sent.isDone() ? 1 : 0;
    }
}
