// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The broken twin of {@link MutexHandOffStress}: the owner is cleared after the lock is free again. */
@JCStressTest
@Outcome(id = "0, 0, 8", expect = Expect.ACCEPTABLE, desc = "One after the other, each the owner while inside.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The leaving owner has wiped out its successor: this twin must show it.")
@State
public class BrokenMutexHandOffStress {
    private static final int ROUNDS = 4; // each one a chance to meet

    private final OwnedLock lock = new OwnedLock();
    private int count; // plain: the lock guards it

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
    private int pass() {
        int strange = 0;
        for (int i = 0; i < ROUNDS; i++) {
            lock.lock();
            count++;
            strange += lock.isHeldByCurrentThread() ? 0 : 1;
            lock.unlock();
        }
        return strange;
    }

    private static final class OwnedLock {
        private final AtomicInteger free = new AtomicInteger(1);
        private volatile Thread owner;

        void lock() {
            while (!free.compareAndSet(1, 0)) { // ends: the owner only counts
                Thread.onSpinWait();
            }
            owner = Thread.currentThread();
        }

        boolean isHeldByCurrentThread() {
            return owner == Thread.currentThread();
        }

        void unlock() {
            free.set(1);
            Thread.onSpinWait(); // time for a successor
            owner = null; // MUTANT: too late
        }
    }
}
