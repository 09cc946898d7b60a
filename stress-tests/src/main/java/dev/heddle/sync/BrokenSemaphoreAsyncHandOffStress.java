// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The broken twin of {@link SemaphoreAsyncHandOffStress}: waiter and releaser announce themselves by release stores and
 * look for each other by acquire loads, so both may look too early.
 */
@JCStressTest
@Outcome(id = "8", expect = Expect.ACCEPTABLE, desc = "One after the other.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The future is never completed: this twin must show it.")
@State
public class BrokenSemaphoreAsyncHandOffStress {
    private static final int ROUNDS = 4; // each one a chance to meet

    private final Permits permits = new Permits();
    private int count; // plain: the permit guards it

    @Actor
    public void thread() {
        for (int i = 0; i < ROUNDS; i++) {
            permits.acquire();
            count++;
            Thread.onSpinWait(); // time for the future to come and wait
            permits.release();
        }
    }

    @Actor
    public void future() {
        step(ROUNDS);
    }

    private void step(int rounds) {
        if (rounds > 0) {
            permits.acquireAsync(() -> {
                count++;
                permits.release();
                step(rounds - 1);
            });
        }
    }

    @Arbiter
    public void end(I_Result r) {
        r.r1 = count;
    }

    private static final class Permits {
        private final AtomicInteger free = new AtomicInteger(1);
        private final AtomicReference<Runnable> waiter = new AtomicReference<>();

        void acquire() {
            while (!free.compareAndSet(1, 0)) { // ends: the holder only counts
                Thread.onSpinWait();
            }
        }

        void acquireAsync(Runnable inside) {
            if (free.compareAndSet(1, 0)) {
                inside.run();
            } else {
                waiter.setRelease(inside); // MUTANT: not volatile
                serve();
            }
        }

        void release() {
            free.setRelease(1); // MUTANT: not volatile
            serve();
        }

        private void serve() {
            if (waiter.getAcquire() != null && free.getAcquire() == 1 && free.compareAndSet(1, 0)) {
                Runnable inside = waiter.getAndSet(null);
                if (inside != null) {
                    inside.run();
                } else {
                    free.set(1);
                }
            }
        }
    }
}
