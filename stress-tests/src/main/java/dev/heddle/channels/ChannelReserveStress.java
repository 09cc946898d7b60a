// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Covers channels 15. A kept place is used while a receiver makes room: afterwards the buffer has all its places.
 */
@JCStressTest
@Outcome(id = "1, 2, 2", expect = Expect.ACCEPTABLE, desc = "Both elements came, both places are free.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A place is lost or doubled, or an element is.")
@State
public class ChannelReserveStress {
    private final Channel<Integer> channel = Channel.buffered(2);
    private final Reservation<Integer> place;

    /** With one element and one kept place. */
    public ChannelReserveStress() {
        channel.trySend(1);
        try {
            place = channel.reserve();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Actor
    public void sender() {
        place.send(2);
    }

    @Actor
    public void receiver(III_Result r) {
        Integer element = channel.tryReceive();
        r.r1 = element == null ? 0 : element;
    }

    @Arbiter
    public void end(III_Result r) {
        for (Integer e = channel.tryReceive(); e != null; e = channel.tryReceive()) { // ends: nobody sends
            r.r2 += e;
        }
        while (r.r3 < 4 && channel.trySend(0)) { // ends: with the number of places
            r.r3++;
        }
    }
}
