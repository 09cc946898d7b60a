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
 * Covers sync 3. A resume may come before, after and while its suspend takes the cell, for a thread and for a future:
 * the value, written without synchronization, reaches it whole.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Each value reached its waiter.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A value is lost, or half published.")
@State
public class CqsAsyncEliminationStress {
    private final Queue threads = new Queue();
    private final Queue futures = new Queue();
    private CompletableFuture<int[]> later; // plain: the arbiter runs after both actors

    @Actor
    public void waker() {
        threads.resume(new int[] {1});
        futures.resume(new int[] {1});
    }

    @Actor
    public void sleeper(II_Result r) {
        r.r1 = threads.suspendUninterruptibly()[0];
        later = futures.suspendAsync();
    }

    @Arbiter
    public void end(II_Result r) {
        int[] none = {0};
        r.r2 = later.getNow(none)[0];
    }

    private static final class Queue extends CancellableQueueSynchronizer<int[]> {
        Queue() {
            super(Resumption.ASYNC, Cancellation.SIMPLE);
        }
    }
}
