// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.WaitQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Covers sync 1. Schedules that need a stop at one exact place inside an operation. */
class PermitQueueTest {
    /** A waiter that does something between its install and its {@code enlisted}. */
    private record Stalling(Runnable meanwhile) implements PermitQueue.PermitWaiter {
        @Override
        public int permits() {
            return 1;
        }

        @Override
        public Thread thread() {
            return null;
        }

        @Override
        public void place(Segment segment, int offset) {
            meanwhile.run();
            assertTrue(WaitQueue.isGranted(segment, offset));
        }
    }

    /** The waiter is served, and its epoch ends, before it looks whether it can be served. */
    @Test
    void enlist_epochEndsBeforeItLooks_grantsNothing() {
        PermitQueue epoch = PermitQueue.of(false, 0, new WaitQueue(1));
        CompletableFuture<?>[] last = new CompletableFuture<?>[1];
        assertEquals(PermitQueue.ENLISTED, epoch.enter(1, true));
        epoch.cells()
                .enlist(
                        new Stalling(() -> {
                            assertTrue(epoch.give(2)); // one for the waiter, one over
                            assertTrue(epoch.freeze());
                            PermitQueue next = epoch.successor();
                            assertEquals(PermitQueue.TAKEN, next.enter(1, true));
                            assertEquals(PermitQueue.ENLISTED, next.enter(1, true));
                            PermitFuture<Void> waiter = new PermitFuture<>(1, null);
                            last[0] = waiter.enlist(next);
                        }),
                        epoch);
        assertFalse(last[0].isDone(), "a third permit of two");
    }
}
