// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Covers sync 1. A reader sees all that the writer before it wrote, and nothing of one that comes after: they are never
 * inside together.
 */
@JCStressTest
@Outcome(id = "0, 4", expect = Expect.ACCEPTABLE, desc = "Every read was before or after a write.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A reader beside a writer, or the lock is not free in the end.")
@State
public class ReadWriteStress {
    private static final int ROUNDS = 4; // each one a chance to meet

    private final ReadWriteMutex mutex = new ReadWriteMutex();
    private int left; // both plain: the lock guards them
    private int right;

    @Actor
    @SuppressWarnings("LockNotBeforeTry") // nothing inside can fail
    public void writer() {
        for (int i = 0; i < ROUNDS; i++) {
            mutex.writeLock().lock();
            left++;
            Thread.onSpinWait(); // time for a reader that should not be here
            right++;
            mutex.writeLock().unlock();
        }
    }

    @Actor
    @SuppressWarnings("LockNotBeforeTry") // nothing inside can fail
    public void reader(II_Result r) {
        for (int i = 0; i < ROUNDS; i++) {
            mutex.readLock().lock();
            r.r1 += left == right ? 0 : 1;
            mutex.readLock().unlock();
        }
    }

    @Arbiter
    public void end(II_Result r) {
        r.r2 = mutex.writeLock().tryLock() ? right : -1;
    }
}
