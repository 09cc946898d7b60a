// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** The unit semaphore of PLDI 2023, section on semaphores: the simplest user of a smart asynchronous queue. */
class PaperSemaphore extends CancellableQueueSynchronizer<Integer> {
    private static final Integer PERMIT = 1;
    private static final int SEGMENT_SIZE = 2;
    private static final int SPINS = 4;

    private final AtomicInteger permits; // below zero: so many wait

    PaperSemaphore(int permits) {
        super(Resumption.ASYNC, Cancellation.SMART, SEGMENT_SIZE, SPINS);
        this.permits = new AtomicInteger(permits);
    }

    final CompletableFuture<Integer> acquireAsync() {
        return permits.getAndDecrement() > 0 ? CompletableFuture.completedFuture(PERMIT) : suspendAsync();
    }

    final boolean tryAcquire() {
        int p = permits.get();
        return p > 0 && permits.compareAndSet(p, p - 1);
    }

    final void release() {
        if (permits.getAndIncrement() < 0) {
            resume(PERMIT);
        }
    }

    final int permits() {
        return permits.get();
    }

    /** How many of two more acquires are served: shows also a permit that the counter knows nothing of. Quiescent. */
    final int takeable() {
        int first = acquireAsync().getNow(0);
        int second = acquireAsync().getNow(0);
        return first + second;
    }

    @Override
    protected boolean onCancellation() {
        return permits.getAndIncrement() < 0;
    }

    @Override
    protected void completeRefusedResume(Integer permit) {} // onCancellation has counted it already
}
