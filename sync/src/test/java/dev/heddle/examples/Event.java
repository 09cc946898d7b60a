// SPDX-License-Identifier: Apache-2.0
package dev.heddle.examples;

import dev.heddle.sync.CancellableQueueSynchronizer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A user's primitive: something happens once, and all who wait for it go on. One counter, one queue.
 *
 * <p>The counter holds how many wait, and {@link #HAPPENED} once nobody has to.
 */
public final class Event {
    private static final long HAPPENED = 1L << 62;

    private final AtomicLong state = new AtomicLong();
    private final Queue queue = new Queue();

    /** Lets everybody go on who waits, and everybody who comes later. */
    public void fire() {
        long before = state.getAndUpdate(s -> s | HAPPENED);
        if (before < HAPPENED) {
            queue.resume(true, before);
        }
    }

    public void await() throws InterruptedException {
        queue.prepare(); // out of memory or stack: here, where nothing has happened yet
        if (state.getAndIncrement() < HAPPENED) {
            queue.suspend();
        }
    }

    public CompletableFuture<Boolean> awaitAsync() {
        queue.prepare();
        return state.getAndIncrement() < HAPPENED ? queue.suspendAsync() : CompletableFuture.completedFuture(true);
    }

    public boolean hasFired() {
        return state.get() >= HAPPENED;
    }

    private final class Queue extends CancellableQueueSynchronizer<Boolean> {
        Queue() {
            super(Resumption.ASYNC, Cancellation.SMART);
        }

        @Override
        protected boolean onCancellation() {
            return state.getAndDecrement() < HAPPENED; // false: fire() has counted this waiter
        }

        @Override
        protected void completeRefusedResume(Boolean value) {} // nothing to take back
    }
}
