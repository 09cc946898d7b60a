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
 * The broken twin of {@link SemaphoreAbortStress}: claiming a waiter is a look and then a write, on both sides, so a
 * permit is granted to a waiter that has left.
 */
@JCStressTest
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "Granted before it could leave.")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "It left, the next in line has the permit.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The permit is lost: this twin must show it.")
@State
public class BrokenSemaphoreAbortStress {
    private final Waiter head = new Waiter();
    private final Waiter next = new Waiter();
    private volatile int permits;

    @Actor
    public void releaser() {
        if (!head.grant() && !next.grant()) {
            permits = 1;
        }
    }

    @Actor
    public void waiter(III_Result r) {
        r.r1 = head.leave() ? 0 : 1;
    }

    @Arbiter
    public void end(III_Result r) {
        r.r2 = next.granted ? 1 : 0;
        r.r3 = permits;
    }

    private static final class Waiter {
        private volatile boolean granted;
        private volatile boolean left;

        boolean grant() {
            if (left) {
                return false;
            }
            Thread.onSpinWait(); // time for the waiter to leave
            granted = true; // MUTANT: no compare-and-set on one word
            return true;
        }

        boolean leave() {
            if (granted) {
                return false;
            }
            left = true; // MUTANT
            return true;
        }
    }
}
