// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The broken twin of {@link CqsAsyncEliminationStress}: a resume that found the cell empty stores its value there
 * without another look.
 */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The value reached its waiter.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The waiter was overwritten: this twin must show it.")
@State
public class BrokenCqsAsyncEliminationStress {
    private final AtomicReference<Object> cell = new AtomicReference<>();
    private final Waiter waiter = new Waiter();

    @Actor
    public void waker() {
        int[] value = {1};
        if (cell.get() instanceof Waiter w) {
            w.value = value;
        } else {
            Thread.onSpinWait(); // time for the sleeper
            cell.set(value); // MUTANT: no compare-and-set
        }
    }

    @Actor
    public void sleeper() {
        if (!cell.compareAndSet(null, waiter)) {
            waiter.value = (int[]) cell.get();
        }
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = waiter.value == null ? 0 : waiter.value[0];
    }

    private static final class Waiter {
        private volatile int[] value;
    }
}
