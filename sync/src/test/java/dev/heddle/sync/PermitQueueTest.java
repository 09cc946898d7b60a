// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.WaitQueue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers sync 1, 11. Schedules that need a stop at one exact place inside an operation. */
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

    /** A waiter that notes when it is looked at, and may do something at the first look. */
    private static final class Watched implements PermitQueue.PermitWaiter {
        final int permits;
        Runnable atNextLook = () -> {};
        int looks;
        Segment segment;
        int offset;

        Watched(int permits) {
            this.permits = permits;
        }

        @Override
        public int permits() {
            looks++;
            Runnable once = atNextLook;
            atNextLook = () -> {};
            once.run();
            return permits;
        }

        @Override
        public Thread thread() {
            return Thread.currentThread();
        }

        @Override
        public void place(Segment to, int at) {
            segment = to;
            offset = at;
        }
    }

    /** While a barging drainer is about to wake the head, the head goes and the word gets its old value back. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void give_wokenHeadHasGone_looksAtTheNextHead(boolean served) {
        PermitQueue queue = PermitQueue.of(true, 0, new WaitQueue(1));
        Watched first = enlist(queue, new Watched(1));
        Watched second = new Watched(2);
        first.atNextLook = () -> {
            if (served) {
                assertTrue(queue.compete(first, first.segment, first.offset, false));
                assertTrue(queue.give(1));
            } else {
                assertTrue(WaitQueue.abandon(first, first.segment, first.offset, queue));
            }
            enlist(queue, second);
        };
        assertTrue(queue.give(1));
        int looks = second.looks;
        assertTrue(queue.give(1));
        assertTrue(second.looks > looks, "two permits are free and nobody was woken");
    }

    /** Nobody wakes a head that stays awake; once it has looked for the last time, the next release does. */
    @Test
    void give_headStaysAwake_wakesItOnlyAfterItsLastLook() {
        PermitQueue queue = PermitQueue.of(true, 0, new WaitQueue(1));
        Watched head = enlist(queue, new Watched(2));
        assertFalse(queue.compete(head, head.segment, head.offset, true));
        int looks = head.looks;
        assertTrue(queue.give(1));
        assertEquals(looks, head.looks, "a release looked at a head that is awake");
        assertFalse(queue.compete(head, head.segment, head.offset, false));
        looks = head.looks;
        assertTrue(queue.give(1));
        assertTrue(head.looks > looks, "two permits are free and nobody was woken");
        assertTrue(queue.compete(head, head.segment, head.offset, false));
    }

    /** A head that is awake gives up, while nothing is left to look at: nobody is awake then. */
    @Test
    void left_headThatIsAwake_nextReleaseWakesTheNext() {
        PermitQueue queue = PermitQueue.of(true, 0, new WaitQueue(1));
        Watched head = enlist(queue, new Watched(1));
        assertTrue(queue.give(1)); // wakes it
        assertEquals(PermitQueue.TAKEN, queue.enter(1, true)); // another was faster
        assertFalse(queue.compete(head, head.segment, head.offset, true));
        assertTrue(WaitQueue.abandon(head, head.segment, head.offset, queue));
        Watched next = enlist(queue, new Watched(1));
        int looks = next.looks;
        assertTrue(queue.give(1));
        assertTrue(next.looks > looks, "a permit is free and nobody was woken");
        assertTrue(queue.compete(next, next.segment, next.offset, false));
    }

    private static Watched enlist(PermitQueue queue, Watched waiter) {
        assertEquals(PermitQueue.ENLISTED, queue.enter(waiter.permits, true));
        queue.cells().enlist(waiter, queue);
        return waiter;
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
                            waiter.enlist(next);
                            last[0] = waiter;
                        }),
                        epoch);
        assertFalse(last[0].isDone(), "a third permit of two");
    }
}
