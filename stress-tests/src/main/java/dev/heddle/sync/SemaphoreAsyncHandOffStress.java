// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Covers sync 1, 3. As {@link SemaphoreHandOffStress}, between a thread and a future, in barging mode: the releaser
 * competes on behalf of the future, and a dependent sees what the holder before it wrote.
 */
@JCStressTest
@Outcome(id = "8", expect = Expect.ACCEPTABLE, desc = "One after the other.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "Both inside, a write that was not seen, or a future that is never completed.")
@State
public class SemaphoreAsyncHandOffStress {
    private static final int ROUNDS = 4; // each one a chance to meet

    private final Semaphore semaphore = new Semaphore(1, false);
    private int count; // plain: the permit guards it

    @Actor
    public void thread() {
        for (int i = 0; i < ROUNDS; i++) {
            semaphore.acquireUninterruptibly();
            count++;
            Thread.onSpinWait(); // time for the future to come and wait
            semaphore.release();
        }
    }

    @Actor
    public void future() {
        step(ROUNDS);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the arbiter looks at what it did
    private void step(int rounds) {
        if (rounds > 0) {
            semaphore.acquireAsync().thenRun(() -> {
                count++;
                semaphore.release();
                step(rounds - 1);
            });
        }
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = count;
    }
}
