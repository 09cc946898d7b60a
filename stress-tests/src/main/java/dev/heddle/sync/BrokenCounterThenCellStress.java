// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The broken twin of {@link CounterThenCellStress}: release stores and acquire loads, which x86 reorders too. */
@JCStressTest
@Outcome(
        id = {"0, 1", "1, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "At least one side sees the other.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither saw the other: this twin must show it.")
@State
public class BrokenCounterThenCellStress {
    private int waiters;
    private int permits;

    @Actor
    public void waiter(II_Result r) {
        WAITERS.setRelease(this, 1); // MUTANT: release, not volatile
        r.r1 = (int) PERMITS.getAcquire(this);
    }

    @Actor
    public void releaser(II_Result r) {
        PERMITS.setRelease(this, 1); // MUTANT: release, not volatile
        r.r2 = (int) WAITERS.getAcquire(this);
    }

    private static final VarHandle WAITERS = field("waiters");
    private static final VarHandle PERMITS = field("permits");

    private static VarHandle field(String name) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), name, VarHandle.class, BrokenCounterThenCellStress.class, int.class);
    }
}
