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
 * Covers channels 11. A channel is closed while an element is sent: that is refused, or still there afterwards. And while a
 * receiver comes to wait: it is told.
 */
@JCStressTest
@Outcome(
        id = {"1, 1, 1", "0, 0, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "Sent and there, or refused; the receiver was told.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "An element is lost or was refused and is there, or the receiver waits for ever.")
@State
public class ChannelCloseStress {
    private final Channel<Integer> channel = Channel.unlimited();
    private final Channel<Integer> idle = Channel.rendezvous();
    private CompletableFuture<Integer> receiver;

    @Actor
    public void user(III_Result r) {
        try {
            r.r1 = channel.trySend(1) ? 1 : -1;
        } catch (ChannelClosedException closed) {
            r.r1 = 0;
        }
        receiver = idle.receiveAsync();
    }

    @Actor
    public void closer() {
        channel.close();
        idle.close();
    }

    @Arbiter
    public void end(III_Result r) {
        r.r2 = (int) channel.stream().count();
        r.r3 = receiver.isCompletedExceptionally() ? 1 : 0;
    }
}
