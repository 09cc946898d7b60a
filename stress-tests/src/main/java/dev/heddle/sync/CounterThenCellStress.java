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

/**
 * The edge under every counter of the queue: change mine by fetch-and-add, then read yours. Both volatile, at least one
 * side sees the other. With acquire and release modes the store may pass the load, and both would read 0.
 */
@JCStressTest
@Outcome(
        id = {"0, 1", "1, 0", "1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "At least one side sees the other.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither saw the other: a waiter would sleep for ever.")
@State
public class CounterThenCellStress {
    private volatile int waiters;
    private volatile int permits;

    @Actor
    public void waiter(II_Result r) {
        WAITERS.getAndAdd(this, 1);
        r.r1 = permits;
    }

    @Actor
    public void releaser(II_Result r) {
        PERMITS.getAndAdd(this, 1);
        r.r2 = waiters;
    }

    private static final VarHandle WAITERS = field("waiters");
    private static final VarHandle PERMITS = field("permits");

    private static VarHandle field(String name) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), name, VarHandle.class, CounterThenCellStress.class, int.class);
    }
}
