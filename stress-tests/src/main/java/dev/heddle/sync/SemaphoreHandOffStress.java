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
 * Covers sync 1. What a holder of the only permit writes is seen by the next one, whichever way the permit goes: by
 * fetch-and-add while nobody waits, or through the queue to a thread that is parked or about to be.
 */
@JCStressTest
@Outcome(id = "8", expect = Expect.ACCEPTABLE, desc = "One after the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both inside, or a write that was not seen.")
@State
public class SemaphoreHandOffStress {
    private static final int ROUNDS = 4; // each one a chance to meet

    private final Semaphore semaphore = new Semaphore(1, true);
    private int count; // plain: the permit guards it

    @Actor
    public void first() {
        pass();
    }

    @Actor
    public void second() {
        pass();
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = count;
    }

    private void pass() {
        for (int i = 0; i < ROUNDS; i++) {
            semaphore.acquireUninterruptibly();
            count++;
            semaphore.release();
        }
    }
}
