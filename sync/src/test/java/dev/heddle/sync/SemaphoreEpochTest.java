// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.WaitQueue;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers sync 2, 5, 8, 11, 12: the epochs of a semaphore, and steps that stop half way. */
class SemaphoreEpochTest {
    /* Epochs. */

    @Test
    void epoch_waiterComes_closesAndReopensWhenCalm() {
        var semaphore = Semaphore.withSegmentSize(1, true, 2, 3);
        PermitQueue first = Epochs.of(semaphore);
        assertTrue(first.isOpen());
        semaphore.acquireUninterruptibly();
        var waiter = semaphore.acquireAsync();
        assertFalse(first.isOpen());
        semaphore.release();
        assertTrue(waiter.isDone());
        semaphore.release(); // with the one that served: two calm releases
        assertSame(first, Epochs.of(semaphore));
        assertEquals(1, semaphore.availablePermits());
        semaphore.release();
        assertNotSame(first, Epochs.of(semaphore));
        assertTrue(Epochs.of(semaphore).isOpen());
        assertEquals(2, semaphore.availablePermits());
        assertSame(first.cells(), Epochs.of(semaphore).cells());
    }

    @Test
    void epoch_waitersComeBetween_isNotCalm() {
        var semaphore = Semaphore.withSegmentSize(0, true, 2, 2);
        PermitQueue first = Epochs.of(semaphore);
        for (int i = 0; i < 20; i++) {
            var waiter = semaphore.acquireAsync();
            semaphore.release();
            assertTrue(waiter.isDone());
        }
        assertSame(first, Epochs.of(semaphore));
    }

    @Test
    void epoch_frozenByAnotherThread_everyOperationGoesOnInTheNext() throws Exception {
        List<SemaphoreStep> steps = List.of(
                s -> assertTrue(s.tryAcquire()),
                s -> assertTrue(s.tryAcquire(2)),
                Semaphore::acquire,
                s -> s.acquire(2),
                s -> assertTrue(s.acquireAsync().isDone()),
                Semaphore::release,
                s -> s.release(2),
                s -> s.reducePermits(5),
                s -> assertEquals(2, s.drainPermits()));
        for (SemaphoreStep step : steps) {
            var semaphore = Semaphore.withSegmentSize(-1, true, 1, 100);
            semaphore.release(3);
            PermitQueue frozen = Epochs.of(semaphore);
            assertTrue(frozen.freeze());
            assertFalse(frozen.freeze());
            assertEquals(2, semaphore.availablePermits());
            assertEquals(0, semaphore.getQueueLength());
            step.run(semaphore);
            assertNotSame(frozen, Epochs.of(semaphore));
        }
    }

    private interface SemaphoreStep {
        void run(Semaphore semaphore) throws Exception;
    }

    @Test
    void freeze_permitsAtTheLimit_noneLost() {
        var semaphore = Semaphore.withSegmentSize(-1, true, 1, 1);
        semaphore.release(Integer.MAX_VALUE);
        semaphore.release(1); // reopens
        assertTrue(Epochs.of(semaphore).isOpen());
        assertEquals(Integer.MAX_VALUE, semaphore.availablePermits());
    }

    @Test
    void freeze_somebodyWaitsOrNothingToGive_refused() {
        var semaphore = Semaphore.withSegmentSize(1, true, 1, 100);
        PermitQueue queue = Epochs.of(semaphore);
        assertFalse(queue.freeze()); // open
        var waiter = semaphore.acquireAsync(2);
        assertFalse(queue.freeze());
        waiter.cancel(false);
        semaphore.drainPermits();
        assertFalse(queue.freeze());
        semaphore.release();
        assertTrue(queue.freeze());
    }

    @ParameterizedTest
    @ValueSource(longs = {(1L << 28) + 2, -(1L << 28) - 2})
    void closedEpoch_voidStepsHaveDrifted_nextStepPutsThemRight(long drift) {
        var semaphore = new Semaphore(3, true);
        semaphore.acquireAsync(4);
        PermitQueue queue = Epochs.of(semaphore);
        long centre = Epochs.fast(queue);
        assertFalse(queue.isOpen());
        Epochs.setFast(queue, centre + drift * PermitWords.ONE);
        assertEquals(3, semaphore.availablePermits());
        semaphore.release();
        assertFalse(queue.isOpen());
        assertTrue(Math.abs(Epochs.fast(queue) - centre) <= PermitWords.ONE);
        assertEquals(0, semaphore.availablePermits());
        assertEquals(0, semaphore.getQueueLength());
        Epochs.setFast(queue, centre + drift * PermitWords.ONE);
        var waiter = semaphore.acquireAsync();
        assertTrue(Math.abs(Epochs.fast(queue) - centre) <= PermitWords.ONE);
        semaphore.release();
        assertTrue(waiter.isDone());
    }

    @Test
    void openEpoch_voidSteps_sayNoPermitUntilOneIsGiven() {
        var semaphore = new Semaphore(0, true);
        PermitQueue queue = Epochs.of(semaphore);
        for (int i = 0; i < 5; i++) {
            assertFalse(queue.takeFast());
        }
        assertTrue(queue.isOpen());
        assertEquals(0, semaphore.availablePermits());
        assertFalse(semaphore.tryAcquire());
        assertEquals(0, semaphore.drainPermits());
        semaphore.release();
        assertEquals(1, semaphore.availablePermits());
        assertTrue(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire());
    }

    @Test
    void openEpoch_releaseThatIsTooMuchIsBeingTakenBack_looksFull() {
        var semaphore = new Semaphore(Integer.MAX_VALUE);
        PermitQueue queue = Epochs.of(semaphore);
        long before = queue.giveFast();
        assertTrue(PermitEpoch.overflowed(before));
        assertEquals(Integer.MAX_VALUE, semaphore.availablePermits());
        semaphore.release(0);
        assertTrue(queue.undoOverflow());
        assertFalse(queue.undoOverflow());
        assertEquals(Integer.MAX_VALUE, semaphore.availablePermits());
        assertTrue(PermitEpoch.overflowed(queue.giveFast()));
        assertEquals(Integer.MAX_VALUE, semaphore.drainPermits());
        assertFalse(queue.undoOverflow()); // it came after the drain then
        assertEquals(1, semaphore.availablePermits());
    }

    /* A thread that stops half way. */

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void enter_threadStopsBeforeItIsInstalled_hindersNobody(boolean fair) throws Exception {
        var semaphore = Semaphore.withSegmentSize(0, fair, 1, 1);
        PermitQueue queue = Epochs.of(semaphore);
        assertEquals(PermitEpoch.ENLISTED, queue.enter(1, true)); // and goes no further
        assertEquals(1, semaphore.getQueueLength());
        semaphore.release(3);
        assertEquals(3, semaphore.availablePermits());
        assertTrue(semaphore.tryAcquire());
        semaphore.acquire();
        assertTrue(semaphore.acquireAsync().isDone());
        assertEquals(0, semaphore.availablePermits());
        var late = new PermitFuture<Void>(1, null);
        late.enlist(queue);
        assertFalse(late.isDone());
        semaphore.release();
        assertTrue(late.isDone());
        assertEquals(0, semaphore.getQueueLength());
    }

    @Test
    void enter_threadStopsBeforeItIsInstalled_isServedAtOnceWhenItGoesOn() {
        var semaphore = Semaphore.withSegmentSize(0, true, 1, 1);
        PermitQueue queue = Epochs.of(semaphore);
        assertEquals(PermitEpoch.ENLISTED, queue.enter(1, true));
        semaphore.release();
        assertEquals(1, semaphore.availablePermits());
        var latest = new PermitFuture<Void>(1, null);
        latest.enlist(queue);
        assertTrue(latest.isDone());
        assertEquals(0, semaphore.availablePermits());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void drain_threadStopsWhileItServes_hindersNoReleaseAndNoTry(boolean fair) {
        var semaphore = Semaphore.withSegmentSize(1, fair, 1, 1);
        PermitQueue queue = Epochs.of(semaphore);
        var waiter = new Stalling(2);
        assertEquals(PermitEpoch.ENLISTED, queue.enter(2, true));
        queue.cells().enlist(waiter, queue);
        Waits drainer = Waits.start(ThreadKind.PLATFORM, semaphore::release);
        Await.until(() -> waiter.reached.getCount() == 0); // DRAIN is held, the head is being looked at
        semaphore.release(3);
        assertEquals(5, semaphore.availablePermits());
        assertTrue(semaphore.tryAcquire());
        assertTrue(semaphore.tryAcquire(2));
        assertFalse(semaphore.tryAcquire(3));
        assertEquals(2, semaphore.drainPermits());
        semaphore.release(2);
        waiter.goOn.countDown();
        drainer.succeeds();
        assertEquals(0, semaphore.availablePermits());
        assertEquals(0, semaphore.getQueueLength());
    }

    /** A waiter at which the drainer can be held, when it asks for the need in the midst of its work. */
    private static final class Stalling implements PermitQueue.PermitWaiter {
        private final int permits;
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);
        private final Thread owner = Thread.currentThread();

        Stalling(int permits) {
            this.permits = permits;
        }

        @Override
        public int permits() {
            if (Thread.currentThread() != owner) {
                reached.countDown();
                Await.until(() -> goOn.getCount() == 0);
            }
            return permits;
        }

        @Override
        public Thread thread() {
            return null;
        }

        @Override
        public void place(Segment segment, int offset) {
            // nobody aborts it
        }
    }

    /**
     * The head of a barging queue was woken and gives up; before that is known, the permits sink below zero and are set
     * to none, which starts a drain. The next waiter must still be woken by a release.
     */
    @Test
    void barging_wokenHeadGivesUpWhileADrainPassesIt_nextIsWoken() {
        var semaphore = Semaphore.withSegmentSize(0, false, 1, 100);
        PermitQueue queue = Epochs.of(semaphore);
        var alarm = new Alarm();
        var owner = new WaitQueue.Owner() {
            @Override
            public void enlisted(Object waiter) {
                queue.enlisted(waiter);
            }

            @Override
            public void left(long index) {
                semaphore.reducePermits(2);
                assertEquals(-1, semaphore.drainPermits());
                queue.left(index);
            }
        };
        Waits head = Waits.start(ThreadKind.PLATFORM, () -> {
            assertEquals(PermitEpoch.ENLISTED, queue.enter(1, true));
            assertFalse(queue.cells().await(Thread.currentThread(), owner, this, alarm, true));
        });
        Await.until(() -> semaphore.getQueuedThreads().size() == 1);
        Waits next = Waits.start(ThreadKind.PLATFORM, semaphore::acquire);
        Await.until(() -> semaphore.getQueuedThreads().size() == 2);
        alarm.holdAfterWakeUp = true;
        semaphore.release();
        alarm.passed = true;
        alarm.goOn.countDown();
        head.succeeds();
        semaphore.release();
        next.succeeds();
        assertEquals(0, semaphore.getQueueLength());
        assertEquals(0, semaphore.availablePermits());
    }

    /** A time-out that the test gives, and a sleeper that it can hold when somebody wakes it. */
    private static final class Alarm extends Deadline {
        volatile boolean passed;
        volatile boolean holdAfterWakeUp;
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public boolean passed() {
            return passed;
        }

        @Override
        public boolean maySpin() {
            return false;
        }

        @Override
        public void park(Object blocker) {
            Deadline.NEVER.park(blocker);
            if (holdAfterWakeUp) {
                Await.until(() -> goOn.getCount() == 0);
            }
        }
    }

    /* The queue behind the permits. */

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32})
    void aborts_inAnyOrder_segmentsStayBounded(int segmentSize) {
        var semaphore = Semaphore.withSegmentSize(0, true, segmentSize, 1);
        var survivor = semaphore.acquireAsync();
        for (int round = 0; round < 3; round++) {
            List<CompletableFuture<Void>> futures = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                futures.add(semaphore.acquireAsync());
            }
            if (round == 1) {
                Collections.reverse(futures);
            } else if (round == 2) {
                Collections.shuffle(futures, new Random(7));
            }
            futures.forEach(f -> f.cancel(false));
            assertEquals(1, semaphore.getQueueLength());
        }
        semaphore.release();
        assertTrue(survivor.isDone());
        assertEquals(0, semaphore.availablePermits());
    }
}
