// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The broken twin of {@link LatchStoreBufferingStress}: release stores and acquire loads, which x86 reorders too. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It found the latch open.")
@Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "It waited, and was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Never woken: this twin must show it.")
@State
public class BrokenLatchStoreBufferingStress {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private boolean woken; // plain: the arbiter runs after both actors
    private int data; // plain: the latch publishes it

    @Actor
    public void event() {
        data = 1;
        open.setRelease(1); // MUTANT: not volatile
        if (waiting.getAcquire() == 1) {
            woken = true;
        }
    }

    @Actor
    public void waiter(II_Result r) {
        waiting.setRelease(1); // MUTANT: not volatile
        r.r1 = open.getAcquire() == 1 ? data : -1;
    }

    @Arbiter
    public void end(II_Result r) {
        r.r2 = woken || r.r1 >= 0 ? 1 : 0;
    }
}
