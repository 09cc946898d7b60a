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
 * Covers channels 13. The first of two senders gives up while a receiver is on its way to it: either they have met, or the
 * receiver has the element of the second.
 */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "It was served before it could leave.")
@Outcome(id = "0, 2, 1", expect = Expect.ACCEPTABLE, desc = "It left, the next in line was served.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An element is lost, or received though its sender gave up.")
@State
public class ChannelAbortStress {
    private final Channel<Integer> channel = Channel.rendezvous();
    private final CompletableFuture<Void> first = channel.sendAsync(1);
    private final CompletableFuture<Void> second = channel.sendAsync(2);

    @Actor
    public void sender(III_Result r) {
        r.r1 = first.cancel(false) ? 0 : 1;
    }

    @Actor
    public void receiver(III_Result r) {
        Integer element = channel.tryReceive();
        r.r2 = element == null ? 0 : element;
    }

    @Arbiter
    public void end(III_Result r) {
        r.r3 = second.isDone() ? 1 : 0;
    }
}
