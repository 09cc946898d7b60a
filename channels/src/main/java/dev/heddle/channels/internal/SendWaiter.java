// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Settlement;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/** A sender that waits in a cell. One object a wait. The first to claim it decides what becomes of it. */
class SendWaiter extends CellWaiter {
    static final int WAITING = 0;
    static final int BY_RECEIVER = 1; // the claimer has the element
    static final int BY_EXPANSION = 2; // there is room: the element is in the buffer, or will be in the cell shortly
    static final int ABORTED = 3; // by its owner; a transfer also by whoever removed its element
    static final int REFUSED = 4; // the channel was cancelled
    static final int LOST = 5; // its select has chosen another clause; dead, but nobody has counted it yet

    final Object element; // never cleared: whoever meets BY_EXPANSION takes it from here
    private volatile int outcome;

    /** The future may be null, see {@link CellWaiter}. */
    SendWaiter(Object element, SendFuture<?> future) {
        super(future);
        this.element = element;
    }

    /** Decides the outcome; true for one caller. */
    boolean claim(int how) {
        return OUTCOME.compareAndSet(this, WAITING, how);
    }

    int outcome() {
        return outcome;
    }

    @Override
    public final boolean isWaiting() {
        return outcome() == WAITING;
    }

    /** Lets the owner go on: unparks the thread, if it may be parked, or adds the future to the chain of those to settle. */
    AbortableFuture<?> wake(AbortableFuture<?> chain) {
        Object o = owner;
        if (o instanceof SendFuture<?> future) {
            future.decided(outcome == REFUSED);
            return Settlement.append(chain, future);
        }
        LockSupport.unpark((Thread) o); // null: it is awake, and will see the outcome before it parks
        return chain;
    }

    /** Whether the owner, refused, gives its element to the hook itself. */
    boolean tellsHook() {
        return !(owner instanceof SendFuture<?>);
    }

    /** Whether its element stays out of the channel as long as it waits. */
    boolean waitsForRoom() {
        return true;
    }

    @Override
    public String toString() {
        return "SND " + outcome();
    }

    // VarHandle mechanics
    private static final VarHandle OUTCOME = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "outcome", VarHandle.class, SendWaiter.class, int.class);
}
