// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import dev.heddle.sync.internal.Deadline;
import java.util.concurrent.locks.LockSupport;

/** A deadline that passes when another thread says so. */
public final class Alarm extends Deadline {
    private volatile boolean rung;

    /** Lets the deadline pass, and {@code waiter} see it. */
    public void ring(Thread waiter) {
        rung = true;
        LockSupport.unpark(waiter);
    }

    @Override
    public boolean passed() {
        return rung;
    }

    @Override
    public void park(Object blocker) {
        LockSupport.park(blocker);
    }

    @Override
    public boolean maySpin() {
        return false;
    }
}
