// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The broken twin of {@link SemaphoreHandOffStress}: a permit is taken in two steps, and two may take the same. */
@JCStressTest
@Outcome(id = "8", expect = Expect.ACCEPTABLE, desc = "One after the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Both inside: this twin must show it.")
@State
public class BrokenSemaphoreHandOffStress {
    private static final int ROUNDS = 4; // each one a chance to meet

    private final Permits permits = new Permits();
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
            permits.acquire();
            count++;
            permits.release();
        }
    }

    private static final class Permits {
        private volatile int free = 1;

        void acquire() {
            while (free == 0) { // ends: the holder only counts
                Thread.onSpinWait();
            }
            free = 0; // MUTANT: no compare-and-set
        }

        void release() {
            free = 1;
        }
    }
}
