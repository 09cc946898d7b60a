// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Threads;
import dev.heddle.sync.internal.WaitQueue;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;

/** A semaphore without its public face: what a {@link Semaphore} is, and what a {@link BlockingPool} counts with. */
class SemaphoreCore {
    /* Implementation notes
     * Idea           All state lies in the current epoch (PermitQueue). This class picks the way to wait, and replaces
     *                the epoch when it is over.
     * Invariants     sync 21  an interrupt that loses against a grant stays set and the acquire succeeds
     *                sync 22  whatever an acquire needs is allocated, and the stack reserved, before it is counted
     * Deviations     An epoch that was closed by a waiter is not ended by the first release that finds the queue empty
     *                but after CALM_STEPS of them: under a load that flips between waiting and not, new epochs would
     *                otherwise be made all the time.
     */
    static final int CALM_STEPS = 8; // 32 bytes for an epoch, spread over this many releases

    private volatile PermitQueue epoch;
    private boolean barging; // whether a newcomer may pass the queue
    private byte calm; // slow steps without a waiter in a row; racy, only a hint
    private byte calmSteps; // as many of them end an epoch; another number in tests only

    /** For a subclass, of whatever package, that is being read from a stream; {@link #start} follows at once. */
    protected SemaphoreCore() {}

    SemaphoreCore(int permits, boolean barging, WaitQueue cells, int calmSteps) {
        start(permits, barging, cells, calmSteps);
    }

    final void start(int permits, boolean bargingAsked, WaitQueue cells, int steps) {
        barging = bargingAsked;
        calmSteps = (byte) steps;
        EPOCH.set(this, PermitQueue.of(bargingAsked, permits, cells));
        VarHandle.storeStoreFence(); // these fields are not final, and yet seen by whoever sees the object
    }

    /** What a thread that waits is seen to wait for. */
    Object blocker() {
        return this;
    }

    /** The current epoch, for queries: it may be over by the next step. */
    final PermitQueue epoch() {
        return epoch;
    }

    final boolean barging() {
        return barging;
    }

    /**
     * One fetch-and-add. Barging, an epoch is mostly closed when it matters: then the compare-and-set of a try, which is
     * not void there.
     */
    final boolean takeFast() {
        PermitQueue q = epoch;
        return (barging && !q.isOpen()) ? q.tryTake(1) == PermitQueue.TAKEN : q.takeFast();
    }

    final void takeUninterruptibly(int permits) {
        try {
            take(permits, Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError("an uninterruptible wait", e);
        }
    }

    final boolean takeTimed(int permits, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return take(permits, nanos > 0 ? Deadline.after(nanos) : null, true);
    }

    /** Takes permits in arrival order; with no deadline at all (null) only if that needs no wait. */
    final boolean take(int permits, Deadline deadline, boolean interruptible) throws InterruptedException {
        return take(permits, permits == 1 ? Thread.currentThread() : null, deadline, interruptible);
    }

    /** The same with a waiter of the caller's; null if one is to be made when it is needed. */
    final boolean take(int permits, Object waiterThatIsThere, Deadline deadline, boolean interruptible)
            throws InterruptedException {
        Object waiter = null;
        if (waiterThatIsThere != null && deadline != null) {
            Threads.reserveStack();
            waiter = waiterThatIsThere;
        }
        for (; ; ) { // ends: each turn meets a newer epoch, or is the last
            PermitQueue q = epoch;
            switch (q.enter(permits, waiter != null)) {
                case PermitQueue.TAKEN -> {
                    return true;
                }
                case PermitQueue.STALE -> replace(q);
                case PermitQueue.MUST_WAIT -> {
                    if (deadline == null) {
                        return false;
                    }
                    Threads.reserveStack();
                    waiter = new BulkWaiter(permits); // alloc: before it is counted, sync 22
                }
                default -> {
                    calm = 0;
                    if (q.cells().await(waiter, q, blocker(), deadline, interruptible)) {
                        return true;
                    }
                    if (interruptible && Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    return false;
                }
            }
        }
    }

    /** Takes permits at once, or enlists a future for them: that future, or null if they were taken. */
    final <W extends PermitFuture<?>> W takeOrEnlist(int permits, Supplier<W> waiters) {
        W waiter = null;
        for (; ; ) { // ends: each turn meets a newer epoch, or is the last
            PermitQueue q = epoch;
            switch (q.enter(permits, waiter != null)) {
                case PermitQueue.TAKEN -> {
                    return null;
                }
                case PermitQueue.STALE -> replace(q);
                case PermitQueue.MUST_WAIT -> {
                    Threads.reserveStack();
                    waiter = waiters.get(); // before it is counted: sync 22
                }
                default -> {
                    calm = 0;
                    waiter.enlist(q);
                    return waiter;
                }
            }
        }
    }

    /** Takes permits that are there, whoever waits. */
    final boolean tryTake(int permits) {
        for (; ; ) { // ends: each turn meets a newer epoch, or is the last
            PermitQueue q = epoch;
            int outcome = q.tryTake(permits);
            if (outcome != PermitQueue.STALE) {
                return outcome == PermitQueue.TAKEN;
            }
            replace(q);
        }
    }

    /** One fetch-and-add while the epoch is open; see {@link #takeFast} for barging. */
    final void giveOne() {
        PermitQueue q = epoch;
        if (barging && !q.isOpen()) {
            give(1);
            return;
        }
        long before = q.giveFast();
        if (PermitQueue.gave(before)) {
            return;
        }
        if (!PermitQueue.overflowed(before)) {
            give(1);
        } else if (q.undoOverflow()) {
            throw new Error("Maximum permit count exceeded");
        }
    }

    final void give(int permits) {
        Threads.reserveStack(); // once it is given, the end of the epoch must not fail
        PermitQueue q = epoch;
        while (!q.give(permits)) { // ends: each turn meets a newer epoch
            replace(q);
            q = epoch;
        }
        if (!q.isOpen() && q.waiters() == 0 && ++calm >= calmSteps) {
            calm = 0;
            endEpoch(q);
        }
    }

    final void reduce(int permits) {
        for (PermitQueue q = epoch; !q.reduce(permits); q = epoch) { // ends: each turn meets a newer epoch
            replace(q);
        }
    }

    final int takeAll() {
        for (; ; ) { // ends: each turn meets a newer epoch, or is the last
            PermitQueue q = epoch;
            long taken = q.takeAll();
            if (taken != Long.MIN_VALUE) {
                return (int) taken;
            }
            replace(q);
        }
    }

    private void endEpoch(PermitQueue q) {
        try {
            if (q.freeze()) {
                replace(q);
            }
        } catch (OutOfMemoryError e) {
            // The permits were given, so the release must not fail. The next operation puts the successor in place.
        }
    }

    /** Puts the successor of a frozen epoch in its place, if nobody has done so. */
    private void replace(PermitQueue frozen) {
        if (epoch == frozen) {
            EPOCH.compareAndSet(this, frozen, frozen.successor());
        }
    }

    // VarHandle mechanics
    private static final VarHandle EPOCH = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "epoch", VarHandle.class, SemaphoreCore.class, PermitQueue.class);
}
