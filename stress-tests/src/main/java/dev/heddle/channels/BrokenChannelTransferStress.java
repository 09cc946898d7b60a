// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The broken twin of {@link ChannelTransferStress}: the sender looks whether it was received, then takes the element back. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "The element was received.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The transfer gave up.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Received though its transfer gave up: this twin must show it.")
@State
public class BrokenChannelTransferStress {
    private final AtomicReference<Integer> cell = new AtomicReference<>();

    @Actor
    public void sender(II_Result r) {
        cell.set(1);
        boolean received = cell.get() == null;
        if (!received) {
            cell.set(null); // MUTANT: no compare-and-set
        }
        r.r1 = received ? 1 : 0;
    }

    @Actor
    public void receiver(II_Result r) {
        Integer element = cell.getAndSet(null);
        r.r2 = element == null ? 0 : element;
    }
}
