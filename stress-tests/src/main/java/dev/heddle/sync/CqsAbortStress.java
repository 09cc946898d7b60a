// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Covers sync 3, 4, 6. The last waiter of a smart queue leaves while a resume is in flight, as in the semaphore of PLDI
 * 2023: the value reaches the waiter, or is refused and goes back to the counter.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Granted before it could leave.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It left, the permit is free.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The permit is lost or doubled.")
@State
public class CqsAbortStress {
    private final PaperSemaphore semaphore = new PaperSemaphore(0);
    private final CompletableFuture<Integer> waiter = semaphore.acquireAsync();

    @Actor
    public void releaser() {
        semaphore.release();
    }

    @Actor
    public void leaver(II_Result r) {
        r.r1 = waiter.cancel(false) ? 0 : 1;
    }

    @Arbiter
    public void end(II_Result r) {
        r.r2 = semaphore.takeable();
    }
}
