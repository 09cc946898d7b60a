// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Settlement;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/** A receiver that waits in a cell. One object a wait. Claim and delivery are the same step. */
class ReceiveWaiter extends CellState {
    private final Object owner; // Thread or ReceiveFuture; null if a subclass wakes in its own way
    private Segment segment; // this and the offset: written before the waiter is in its cell
    private int offset;
    private volatile Object outcome; // null -> the element | INTERRUPTED_RCV (by its owner) | CLOSED

    ReceiveWaiter(Object owner) {
        this.owner = owner;
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

    /** Lets the owner go on: unparks the thread, or adds the future to the chain of those to settle. */
    @SuppressWarnings("unchecked") // an outcome that is no state is an element of the channel that the future is of
    AbortableFuture<?> wake(AbortableFuture<?> chain) {
        if (owner instanceof Thread thread) {
            LockSupport.unpark(thread);
            return chain;
        }
        ReceiveFuture<Object> future = (ReceiveFuture<Object>) owner;
        future.decided(outcome);
        return Settlement.append(chain, future);
    }

    /** Takes this waiter out of its cell; false: its outcome is another. */
    final boolean abort() {
        if (!claim(INTERRUPTED_RCV)) {
            return false;
        }
        segment.setCell(offset, INTERRUPTED_RCV); // nobody else touches it: the claim is lost
        segment.onDeadCell();
        return true;
    }

    final void place(Segment s, int o) {
        segment = s;
        offset = o;
    }

    final boolean isInCell() {
        return segment != null && segment.cell(offset) == this;
    }

    final Segment segment() {
        return segment;
    }

    final int offset() {
        return offset;
    }

    final long index() {
        return segment.firstIndex() + offset;
    }

    @Override
    public String toString() {
        return "RCV";
    }

    // VarHandle mechanics
    private static final VarHandle OUTCOME = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "outcome", VarHandle.class, ReceiveWaiter.class, Object.class);
}
