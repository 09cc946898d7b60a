// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Covers channels 13. A thread in a cell says that it is going to park and looks at its outcome again; whoever wakes it decides
 * the outcome and looks whether there is a thread to unpark. One of them sees the other, or the thread would sleep for ever. The
 * first two figures are of a receiver, the others of a sender.
 */
@JCStressTest
@Outcome(
        id = "(?!0, 0, |\\d, \\d, 0, 0)\\d, \\d, \\d, \\d",
        expect = Expect.ACCEPTABLE,
        desc = "At least one side sees the other, each time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One parks, and nobody unparks it.")
@State
public class ChannelParkStress {
    private static final Object ELEMENT = "an element";
    private final ReceiveWaiter receiver = new ReceiveWaiter(null);
    private final SendWaiter sender = new SendWaiter(ELEMENT, null);

    @Actor
    public void parks(IIII_Result r) {
        receiver.announcePark();
        r.r1 = receiver.isWaiting() ? 0 : 1;
        sender.announcePark();
        r.r3 = sender.isWaiting() ? 0 : 1;
    }

    @Actor
    public void wakes(IIII_Result r) {
        receiver.claim(ELEMENT);
        r.r2 = receiver.owner == null ? 0 : 1;
        sender.claim(SendWaiter.BY_RECEIVER);
        r.r4 = sender.owner == null ? 0 : 1;
    }
}
