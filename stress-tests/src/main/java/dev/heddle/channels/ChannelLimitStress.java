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
 * Covers channels 1, 3. A sender comes to a full buffer while a receiver makes room: the sender puts its waiter there and reads
 * the limit again, the receiver raises the limit and looks for a waiter. One of them sees the other.
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The second element is in the buffer.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A sender waits beside a free place.")
@State
public class ChannelLimitStress {
    private final Channel<Integer> channel = Channel.buffered(1);
    private CompletableFuture<Void> sent;

    /** A full one. */
    public ChannelLimitStress() {
        channel.trySend(1);
    }

    @Actor
    public void sender() {
        sent = channel.sendAsync(2);
    }

    @Actor
    public void receiver(III_Result r) {
        r.r1 = channel.tryReceive();
    }

    @Arbiter
    public void end(III_Result r) {
        r.r2 = sent.isDone() ? 1 : 0;
        r.r3 = channel.size();
    }
}
