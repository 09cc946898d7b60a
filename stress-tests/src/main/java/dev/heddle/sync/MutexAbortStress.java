// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Covers sync 6, 21. A thread whose time is over leaves a barging mutex while an unlock is in flight: if it comes in it
 * sees what the owner wrote, and afterwards the mutex is free in any case.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "It came in, saw the write, and went.")
@Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "Its time was over, and the mutex is free.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A write that was not seen, or the mutex is held by nobody.")
@State
public class MutexAbortStress {
    private static final long NANOS = 1_000; // about as long as an unlock takes

    private final Mutex mutex = new Mutex(false);
    private final Mutex.Permit hold = mutex.lockAsync().join();
    private int data; // plain: the mutex guards it

    @Actor
    public void owner() {
        data = 1;
        hold.close();
    }

    @Actor
    public void waiter(II_Result r) {
        r.r1 = -1;
        if (tryLockTimed()) {
            r.r1 = data;
            mutex.unlock();
        }
    }

    @Arbiter
    public void end(II_Result r) {
        r.r2 = mutex.tryLock() ? 1 : 0;
    }

    private boolean tryLockTimed() {
        try {
            return mutex.tryLock(NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts it", e);
        }
    }
}
