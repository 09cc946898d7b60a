// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Settlement;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/** A receiver that waits in a cell. One object a wait. Claim and delivery are the same step. */
class ReceiveWaiter extends CellWaiter {
    private volatile Object outcome; // null -> the element | INTERRUPTED_RCV (by its owner) | CLOSED

    /** The future may be null, see {@link CellWaiter}. */
    ReceiveWaiter(ReceiveFuture<?> future) {
        super(future);
    }

    /** Decides the outcome: an element, which is delivered by that, or a state. True for one caller. */
    boolean claim(Object how) {
        return OUTCOME.compareAndSet(this, null, how); // HB: pairs with outcome()
    }

    Object outcome() {
        return outcome;
    }

    @Override
    public final boolean isWaiting() {
        return outcome() == null;
    }

    /** Lets the owner go on: unparks the thread, if it may be parked, or adds the future to the chain of those to settle. */
    @SuppressWarnings("unchecked") // an outcome that is no state is an element of the channel that the future is of
    AbortableFuture<?> wake(AbortableFuture<?> chain) {
        Object o = owner;
        if (o instanceof ReceiveFuture<?>) {
            ReceiveFuture<Object> future = (ReceiveFuture<Object>) o;
            future.decided(outcome);
            return Settlement.append(chain, future);
        }
        LockSupport.unpark((Thread) o); // null: it is awake, and will see the outcome before it parks
        return chain;
    }

    /** Takes this waiter out of its cell; false: its outcome is another. */
    final boolean abort() {
        if (!claim(INTERRUPTED_RCV)) {
            return false;
        }
        segment().setCell(offset(), INTERRUPTED_RCV); // nobody else touches it: the claim is lost
        segment().onDeadCell();
        return true;
    }

    @Override
    public String toString() {
        return "RCV";
    }

    // VarHandle mechanics
    private static final VarHandle OUTCOME = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "outcome", VarHandle.class, ReceiveWaiter.class, Object.class);
}
