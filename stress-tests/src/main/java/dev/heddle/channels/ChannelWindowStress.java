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
 * Covers channels 1. A sender that waits at a full buffer gives up, which opens a window, while a receiver makes room, which may
 * end it: afterwards the buffer has its one place, whoever was first.
 */
@JCStressTest
@Outcome(id = "0, 1, 1", expect = Expect.ACCEPTABLE, desc = "It left; the buffer is empty.")
@Outcome(id = "1, 1, 11", expect = Expect.ACCEPTABLE, desc = "It was admitted before it could leave.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A place is lost or doubled, or an element is.")
@State
public class ChannelWindowStress {
    private final Channel<Integer> channel = Channel.buffered(1);
    private final CompletableFuture<Void> second;

    /** A full one, with a sender that waits. */
    public ChannelWindowStress() {
        channel.trySend(1);
        second = channel.sendAsync(2);
    }

    @Actor
    public void sender(III_Result r) {
        r.r1 = second.cancel(false) ? 0 : 1;
    }

    @Actor
    public void receiver(III_Result r) {
        r.r2 = channel.tryReceive();
    }

    @Arbiter
    public void end(III_Result r) {
        int left = 0;
        while (channel.tryReceive() != null) { // ends: nobody sends
            left++;
        }
        int places = 0;
        while (places < 3 && channel.trySend(places)) { // ends: with the number of places
            places++;
        }
        r.r3 = 10 * left + places;
    }
}
