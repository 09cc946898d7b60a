// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Covers sync 2, 14. A synchronous resume that comes first waits a short time for its suspend and then breaks the cell:
 * the two always agree whether they met.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "They met.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "The resume gave up, and both sides know.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A value is lost, or given twice.")
@State
public class CqsSyncEliminationStress {
    private static final int SPINS = 4; // about as long as the suspend takes

    private final Queue queue = new Queue();

    @Actor
    public void waker(II_Result r) {
        r.r1 = queue.resume(new int[] {1}) ? 1 : 0;
    }

    @Actor
    public void sleeper(II_Result r) {
        int[] value = queue.suspendUninterruptibly();
        r.r2 = value == null ? 0 : value[0];
    }

    private static final class Queue extends CancellableQueueSynchronizer<int[]> {
        Queue() {
            super(Resumption.SYNC, Cancellation.SIMPLE, 2, SPINS);
        }
    }
}
