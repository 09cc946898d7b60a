// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Covers sync 1. What the owner of a mutex writes is seen by the next one, and the owner that is just leaving never
 * wipes out its successor.
 */
@JCStressTest
@Outcome(id = "0, 0, 8", expect = Expect.ACCEPTABLE, desc = "One after the other, each the owner while inside.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "Both inside, a write that was not seen, or an owner that does not know that it is.")
@State
public class MutexHandOffStress {
    private static final int ROUNDS = 4; // each one a chance to meet

    private final Mutex mutex = new Mutex(true);
    private int count; // plain: the mutex guards it

    @Actor
    public void first(III_Result r) {
        r.r1 = pass();
    }

    @Actor
    public void second(III_Result r) {
        r.r2 = pass();
    }

    @Arbiter
    public void end(III_Result r) {
        r.r3 = count;
    }

    /** How often this thread was inside and not the owner. */
    @SuppressWarnings("LockNotBeforeTry") // nothing inside can fail
    private int pass() {
        int strange = 0;
        for (int i = 0; i < ROUNDS; i++) {
            mutex.lock();
            count++;
            strange += mutex.isHeldByCurrentThread() ? 0 : 1;
            mutex.unlock();
        }
        return strange;
    }
}
