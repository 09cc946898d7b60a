// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/** A thread that waits for a place to keep. The first to claim it decides what becomes of it. */
final class Reserver {
    static final int WAITING = 0;
    static final int GRANTED = 1;
    static final int ABORTED = 2; // by itself
    static final int CLOSED = 3;

    private final Thread owner = Thread.currentThread();
    private volatile int outcome;

    /** Decides the outcome; true for one caller. */
    boolean claim(int how) {
        if (!OUTCOME.compareAndSet(this, WAITING, how)) {
            return false;
        }
        if (how == GRANTED) {
            unpark();
        }
        return true;
    }

    int outcome() {
        return outcome;
    }

    void unpark() {
        LockSupport.unpark(owner);
    }

    // VarHandle mechanics
    private static final VarHandle OUTCOME = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "outcome", VarHandle.class, Reserver.class, int.class);
}
