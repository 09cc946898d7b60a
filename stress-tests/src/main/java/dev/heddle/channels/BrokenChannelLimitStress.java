// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The broken twin of {@link ChannelLimitStress}: the waiter is stored with release and the limit read with acquire, the limit
 * the same the other way round. Both may look too early.
 */
@JCStressTest
@Outcome(
        id = {"0, 1", "1, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "At least one side sees the other.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither saw the other: this twin must show it.")
@State
public class BrokenChannelLimitStress {
    private int waiter;
    private int limit;

    @Actor
    public void sender(II_Result r) {
        WAITER.setRelease(this, 1); // MUTANT: no compare-and-set
        r.r1 = (int) LIMIT.getAcquire(this);
    }

    @Actor
    public void receiver(II_Result r) {
        LIMIT.setRelease(this, 1); // MUTANT: no fetch-and-add
        r.r2 = (int) WAITER.getAcquire(this);
    }

    private static final VarHandle WAITER = field("waiter");
    private static final VarHandle LIMIT = field("limit");

    private static VarHandle field(String name) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), name, VarHandle.class, BrokenChannelLimitStress.class, int.class);
    }
}
