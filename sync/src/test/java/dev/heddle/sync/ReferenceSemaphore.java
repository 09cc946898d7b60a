// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The paper's semaphore in all three forms that it describes, as an example of what a primitive on the queue looks like.
 *
 * <p>ASYNC and SMART: one fetch-and-add each; no try-operation, because a permit may rest in a cell whose waiter is
 * still on its way. SYNC and SMART: acquire and release start over until they meet, so {@code tryAcquire} is right.
 * ASYNC and SIMPLE: a release repeats until it meets a waiter that is still there, or nobody.
 */
class ReferenceSemaphore extends CancellableQueueSynchronizer<Boolean> {
    private final AtomicLong state; // free permits; if negative, the number of waiters

    ReferenceSemaphore(int permits, Resumption resumption, Cancellation cancellation) {
        super(resumption, cancellation);
        state = new AtomicLong(permits);
    }

    ReferenceSemaphore(int permits, Resumption resumption, Cancellation cancellation, int segmentSize, int spins) {
        super(resumption, cancellation, segmentSize, spins);
        state = new AtomicLong(permits);
    }

    void acquire() throws InterruptedException {
        while (state.getAndDecrement() <= 0) { // SYNC: null means that the release started over, and so do we
            if (suspend() != null) {
                return;
            }
        }
    }

    /** Whether a permit came in time. */
    boolean acquire(Deadline deadline) throws InterruptedException {
        while (state.getAndDecrement() <= 0) {
            Object outcome = await(deadline, true);
            if (outcome == CellState.INTERRUPTED) {
                throw new InterruptedException();
            }
            if (outcome != CellState.BROKEN) {
                return outcome != CellState.TIMED_OUT;
            }
        }
        return true;
    }

    CompletableFuture<Boolean> acquireAsync() {
        while (state.getAndDecrement() <= 0) {
            CompletableFuture<Boolean> future = suspendAsync();
            if (future != null) {
                return future;
            }
        }
        return CompletableFuture.completedFuture(true);
    }

    /** Only right under SYNC. */
    boolean tryAcquire() {
        for (; ; ) {
            long s = state.get();
            if (s <= 0) {
                return false;
            }
            if (state.compareAndSet(s, s - 1)) {
                return true;
            }
        }
    }

    void release() {
        while (state.getAndIncrement() < 0) { // SYNC and SIMPLE: a resume may fail
            if (resume(true)) {
                return;
            }
        }
    }

    @Override
    protected boolean onCancellation() {
        return state.getAndIncrement() < 0;
    }

    @Override
    protected void completeRefusedResume(Boolean permit) {} // onCancellation has put it back

    /** Free permits, or minus the number of waiters (under SIMPLE including those who have left). */
    long state() {
        return state.get();
    }
}
