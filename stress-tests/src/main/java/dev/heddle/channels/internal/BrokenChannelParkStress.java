// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The broken twin of {@link ChannelParkStress}: the thread is announced by a release store. */
@JCStressTest
@Outcome(
        id = {"0, 1", "1, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "At least one side sees the other.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither saw the other: this twin must show it.")
@State
public class BrokenChannelParkStress {
    private static final Object ELEMENT = "an element";
    private final ReceiveWaiter receiver = new ReceiveWaiter(null);

    @Actor
    public void parks(II_Result r) {
        OWNER.setRelease(receiver, Thread.currentThread()); // MUTANT: no volatile access
        r.r1 = receiver.isWaiting() ? 0 : 1;
    }

    @Actor
    public void wakes(II_Result r) {
        receiver.claim(ELEMENT);
        r.r2 = receiver.owner == null ? 0 : 1;
    }

    private static final VarHandle OWNER = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "owner", VarHandle.class, CellWaiter.class, Object.class);
}
