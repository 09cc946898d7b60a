// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The broken twin of {@link SemaphoreTryStress}: a try on the semaphore of PLDI 2023, whose permit is out of the
 * counter while it travels to a waiter, even to one that refuses it.
 */
@JCStressTest
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "The waiter left, the releaser has the permit.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "The waiter has it.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "The try failed though nobody else ever had the permit: this twin must show it.")
@State
public class BrokenSemaphoreTryStress {
    private final PaperSemaphore semaphore = new PaperSemaphore(0);
    private final CompletableFuture<Integer> waiter = semaphore.acquireAsync();

    @Actor
    public void releaser(III_Result r) {
        semaphore.release();
        r.r1 = semaphore.tryAcquire() ? 1 : 0; // MUTANT: this semaphore can't have a try
    }

    @Actor
    public void leaver(III_Result r) {
        r.r2 = waiter.cancel(false) ? 0 : 1;
    }

    @Arbiter
    public void end(III_Result r) {
        r.r3 = semaphore.permits();
    }
}
