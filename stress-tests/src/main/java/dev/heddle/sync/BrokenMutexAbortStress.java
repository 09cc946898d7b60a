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

/**
 * The broken twin of {@link MutexAbortStress}: a waiter whose time is over takes itself out without asking whether the
 * mutex was handed to it meanwhile.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It came in, saw the write, and went.")
@Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "Its time was over, and the mutex is free.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The mutex is held by nobody: this twin must show it.")
@State
public class BrokenMutexAbortStress {
    private static final int ROUNDS = 2; // about as long as an unlock takes

    private final HandedLock lock = new HandedLock();
    private int data; // plain: the lock guards it

    @Actor
    public void owner() {
        data = 1;
        lock.unlock();
    }

    @Actor
    public void waiter(II_Result r) {
        r.r1 = -1;
        if (lock.tryLock(ROUNDS)) {
            r.r1 = data;
            lock.unlock();
        }
    }

    @Arbiter
    public void end(II_Result r) {
        r.r2 = lock.isFree() ? 1 : 0;
    }

    private static final class HandedLock {
        private static final int FREE = 0;
        private static final int HELD = 1;
        private static final int WANTED = 2; // held, and somebody waits
        private static final int HANDED = 3; // given to the waiter

        private final AtomicInteger state = new AtomicInteger(HELD);

        boolean tryLock(int rounds) {
            if (state.compareAndSet(FREE, HELD)) {
                return true;
            }
            state.compareAndSet(HELD, WANTED);
            for (int i = 0; i < rounds; i++) {
                if (state.get() == HANDED || state.compareAndSet(FREE, HELD)) {
                    return true;
                }
            }
            state.compareAndSet(WANTED, HELD); // MUTANT: fails if it was handed over, and nobody looks
            return false;
        }

        void unlock() {
            if (!state.compareAndSet(WANTED, HANDED)) {
                state.set(FREE);
            }
        }

        boolean isFree() {
            return state.get() == FREE;
        }
    }
}
