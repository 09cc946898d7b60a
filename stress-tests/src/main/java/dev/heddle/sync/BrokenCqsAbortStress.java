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
 * The broken twin of {@link CqsAbortStress}: a waiter that leaves never refuses, so the resume that counted on it goes
 * to the next cell, where nobody is.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Granted before it could leave.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "It left, the permit is free.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A permit rests in an empty cell: this twin must show it.")
@State
public class BrokenCqsAbortStress {
    private final PaperSemaphore semaphore = new PaperSemaphore(0) {
        @Override
        protected boolean onCancellation() {
            super.onCancellation();
            return true; // MUTANT: never refuses
        }
    };
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
