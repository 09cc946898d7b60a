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
 * Covers sync 6, 8. The last waiter leaves while a release is in flight, and the releaser tries at once to get its
 * permit back: it may only fail if the waiter has got the permit, and one of the two has it in the end.
 */
@JCStressTest
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "The waiter left, the releaser has the permit.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "The waiter has it.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "The try failed though nobody else ever had the permit, or the permit is lost or doubled.")
@State
public class SemaphoreTryStress {
    private final Semaphore semaphore = new Semaphore(0, true);
    private final CompletableFuture<Void> waiter = semaphore.acquireAsync();

    @Actor
    public void releaser(III_Result r) {
        semaphore.release();
        r.r1 = semaphore.tryAcquire() ? 1 : 0;
    }

    @Actor
    public void leaver(III_Result r) {
        r.r2 = waiter.cancel(false) ? 0 : 1;
    }

    @Arbiter
    public void end(III_Result r) {
        r.r3 = semaphore.availablePermits();
    }
}
