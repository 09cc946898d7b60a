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
 * Covers sync 7, 10. The head of the queue leaves while a release is in flight: either it has the permit, or the waiter
 * behind it.
 */
@JCStressTest
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "Granted before it could leave.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "It left, the next in line has the permit.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The permit is lost or doubled.")
@State
public class SemaphoreAbortStress {
    private final Semaphore semaphore = new Semaphore(0, true);
    private final CompletableFuture<Void> head = semaphore.acquireAsync();
    private final CompletableFuture<Void> next = semaphore.acquireAsync();

    @Actor
    public void releaser() {
        semaphore.release();
    }

    @Actor
    public void waiter(III_Result r) {
        r.r1 = head.cancel(false) ? 0 : 1;
    }

    @Arbiter
    public void end(III_Result r) {
        r.r2 = next.isDone() ? 1 : 0;
        r.r3 = semaphore.availablePermits();
    }
}
