// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import java.util.concurrent.TimeUnit;

/** A gate whose waiters can be counted and can give up. */
public interface WaitingGate extends Gate {
    /** Takes a permit within the time or gives up; returns whether it was taken. */
    boolean enter(long timeout, TimeUnit unit) throws InterruptedException;

    /** Returns the number of threads that wait. */
    int waiting();
}
