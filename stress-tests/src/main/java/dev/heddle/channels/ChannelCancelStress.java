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
 * Covers channels 7, 11. A channel with two elements is cancelled while one is received: each goes to the receiver or to the
 * hook, not to both.
 */
@JCStressTest
@Outcome(
        id = {"1, 1", "0, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "Each went one way.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An element is lost or went both ways.")
@State
public class ChannelCancelStress {
    private final AtomicInteger dropped = new AtomicInteger();
    private final Channel<Integer> channel = Channel.<Integer>builder()
            .capacity(2)
            .onUndelivered(e -> dropped.getAndIncrement())
            .build();

    /** A full one. */
    public ChannelCancelStress() {
        channel.trySend(1);
        channel.trySend(2);
    }

    @Actor
    public void receiver(II_Result r) {
        try {
            r.r1 = channel.tryReceive() == 1 ? 1 : -1;
        } catch (ChannelClosedException closed) {
            r.r1 = 0;
        }
    }

    @Actor
    public void canceller() {
        channel.cancel();
    }

    @Arbiter
    public void end(II_Result r) {
        r.r2 = dropped.get();
    }
}
