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
 * Covers sync 3, 6. The last event and a waiter that arrives: "announce, then look whether it is open" against "open,
 * then see who announced himself". If both looked too early the waiter would stay for ever.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It found the latch open.")
@Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "It waited, and was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Passed without seeing what came before the event, or never woken.")
@State
public class LatchStoreBufferingStress {
    private final CountDownLatch latch = new CountDownLatch(1);
    private CompletableFuture<Void> passed; // plain: the arbiter runs after both actors
    private int data; // plain: the latch publishes it

    @Actor
    public void event() {
        data = 1;
        latch.countDown();
    }

    @Actor
    public void waiter(II_Result r) {
        passed = latch.awaitAsync();
        r.r1 = passed.isDone() ? data : -1;
    }

    @Arbiter
    public void end(II_Result r) {
        r.r2 = passed.isDone() ? 1 : 0;
    }
}
