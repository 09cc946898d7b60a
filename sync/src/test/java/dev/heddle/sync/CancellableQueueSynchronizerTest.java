// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.CancellableQueueSynchronizer.Cancellation;
import dev.heddle.sync.CancellableQueueSynchronizer.Resumption;
import dev.heddle.sync.internal.Segment;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers sync 2, 3, 4, 6, 7, 9, 15, 16, 17, 18, 23, 26. */
class CancellableQueueSynchronizerTest {
    private static final int SPINS = 16;

    /** The bare queue; its hooks count. */
    private static class Plain<T> extends CancellableQueueSynchronizer<T> {
        final List<T> refused = Collections.synchronizedList(new ArrayList<>());
        final AtomicInteger cancelled = new AtomicInteger();

        Plain(Resumption resumption, Cancellation cancellation, int segmentSize) {
            super(resumption, cancellation, segmentSize, SPINS);
        }

        @Override
        protected boolean onCancellation() {
            cancelled.incrementAndGet();
            return true;
        }

        @Override
        protected void completeRefusedResume(T value) {
            refused.add(value);
        }
    }

    private static Plain<Object> smart(int segmentSize) {
        return new Plain<>(Resumption.ASYNC, Cancellation.SMART, segmentSize);
    }

    private static ReferenceSemaphore semaphore(int permits, int segmentSize) {
        return new ReferenceSemaphore(permits, Resumption.ASYNC, Cancellation.SMART, segmentSize, SPINS);
    }

    static Stream<Arguments> kindsAndSizes() {
        return ThreadKind.available().stream()
                .flatMap(kind -> Stream.of(1, 2, 16).map(size -> Arguments.of(kind, size)));
    }

    // ---- pairing

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void suspend_resumeCameFirst_takesTheValues(int size) throws Exception {
        var queue = smart(size);
        for (int i = 0; i < 40; i++) {
            assertTrue(queue.resume(i));
        }
        for (int i = 0; i < 40; i += 2) {
            assertEquals(i, queue.suspend());
            assertEquals(i + 1, queue.suspendAsync().getNow(null));
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void resume_threadsAndFutures_inOrderOfArrival(ThreadKind kind, int size) throws Exception {
        var queue = smart(size);
        List<CompletableFuture<Object>> received = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            if (i % 2 == 0) {
                var result = new CompletableFuture<>();
                received.add(result);
                Await.parked(kind.start(() -> result.complete(queue.suspendUninterruptibly())));
            } else {
                received.add(queue.suspendAsync());
            }
        }
        for (int i = 0; i < 20; i++) {
            queue.resume(i);
        }
        for (int i = 0; i < 20; i++) {
            assertEquals(i, Await.value(received.get(i)));
        }
    }

    @Test
    void resume_valueLooksLikeAWaiter_arrivesUnchanged() throws Exception {
        var queue = smart(2);
        Object thread = Thread.currentThread();
        Object future = smart(1).suspendAsync();
        queue.resume(thread);
        queue.resume(future);
        assertSame(thread, queue.suspend());
        assertSame(future, queue.suspend());
        var waiting = queue.suspendAsync();
        queue.resume(thread);
        assertSame(thread, waiting.join());
    }

    @Test
    void resume_null_isRefusedAndChangesNothing() {
        var queue = smart(1);
        assertThrows(NullPointerException.class, () -> queue.resume(null));
        assertThrows(NullPointerException.class, () -> queue.resume(null, 3));
        assertTrue(queue.toString().endsWith("[unused]"), queue::toString);
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void suspend_waiting_showsTheQueueAsBlocker(ThreadKind kind) {
        var queue = smart(1);
        Thread thread = kind.start(queue::suspendUninterruptibly);
        Await.parked(thread);
        if (kind == ThreadKind.PLATFORM) { // a virtual thread's blocker is not shown to others
            Await.until(() -> LockSupport.getBlocker(thread) == queue);
        }
        queue.resume(1);
        Await.ended(thread);
    }

    // ---- giving up

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void suspend_interrupted_throwsAndIsTakenOut(ThreadKind kind, int size) throws Exception {
        var queue = smart(size);
        var failure = new CompletableFuture<Boolean>();
        Thread thread = kind.start(() -> {
            try {
                queue.suspend();
                failure.complete(false);
            } catch (InterruptedException e) {
                failure.complete(!Thread.currentThread().isInterrupted());
            }
        });
        Await.parked(thread);
        thread.interrupt();
        assertTrue(Await.value(failure));
        assertEquals(1, queue.cancelled.get());
        queue.resume(7); // passes the dead cell over
        assertEquals(7, queue.suspend());
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void suspendUninterruptibly_interrupted_waitsOnAndKeepsTheStatus(ThreadKind kind) throws Exception {
        var queue = smart(1);
        var kept = new CompletableFuture<Boolean>();
        Thread thread = kind.start(() -> {
            queue.suspendUninterruptibly();
            kept.complete(Thread.currentThread().isInterrupted());
        });
        Await.parked(thread);
        thread.interrupt();
        Await.parked(thread);
        assertFalse(kept.isDone());
        queue.resume(1);
        assertTrue(Await.value(kept));
        assertEquals(0, queue.cancelled.get());
    }

    @Test
    void suspend_timeIsOver_returnsNull() throws Exception {
        var queue = smart(2);
        assertNull(queue.suspend(0, TimeUnit.SECONDS));
        assertNull(queue.suspend(Long.MIN_VALUE, TimeUnit.DAYS));
        assertNull(queue.suspend(1, TimeUnit.MICROSECONDS));
        assertEquals(3, queue.cancelled.get());
        queue.resume(7);
        assertEquals(7, queue.suspend(Long.MAX_VALUE, TimeUnit.DAYS));
    }

    @Test
    void suspendAsync_completedFromOutside_isTakenOut() {
        var queue = smart(1);
        assertTrue(queue.suspendAsync().cancel(false));
        assertTrue(queue.suspendAsync().complete("mine"));
        assertTrue(queue.suspendAsync().completeExceptionally(new IllegalStateException()));
        var timed = queue.suspendAsync().orTimeout(1, TimeUnit.MICROSECONDS);
        Await.until(timed::isDone);
        assertEquals(4, queue.cancelled.get());
        var last = queue.suspendAsync();
        queue.resume(7);
        assertEquals(7, last.join());
        assertFalse(last.cancel(true));
        assertFalse(last.complete(8));
    }

    @Test
    void cancel_head_grantsNothingToTheNext() {
        var semaphore = semaphore(0, 1);
        var first = semaphore.acquireAsync();
        var second = semaphore.acquireAsync();
        first.cancel(true);
        assertFalse(second.isDone());
        assertEquals(-1, semaphore.state());
        semaphore.release();
        assertTrue(second.join());
    }

    /** The last waiter leaves while a release is on its way to it: the permit stays free, once. */
    @Test
    void cancel_lastWaiterWhileReleaseIsInFlight_leavesOnePermit() {
        var semaphore = new ReferenceSemaphore(0, Resumption.ASYNC, Cancellation.SMART, 1, SPINS) {
            @Override
            protected boolean onCancellation() {
                release();
                return super.onCancellation();
            }
        };
        assertTrue(semaphore.acquireAsync().cancel(true));
        assertEquals(1, semaphore.state());
        assertTrue(semaphore.acquireAsync().isDone());
        assertFalse(semaphore.acquireAsync().isDone());
    }

    /** A release that meets a cancelling cell leaves its value there; the handler passes it on. */
    @Test
    void cancel_whileReleaseMeetsTheCell_passesThePermitOn() {
        var first = new CompletableFuture<?>[1];
        var semaphore = new ReferenceSemaphore(0, Resumption.ASYNC, Cancellation.SMART, 2, SPINS) {
            @Override
            protected boolean onCancellation() {
                release();
                return super.onCancellation();
            }
        };
        first[0] = semaphore.acquireAsync();
        var second = semaphore.acquireAsync();
        assertTrue(first[0].cancel(true));
        assertTrue(second.isDone());
        assertEquals(0, semaphore.state());
    }

    @Test
    void cancel_handlerThrows_countsAsRefused() {
        var queue = new Plain<Object>(Resumption.ASYNC, Cancellation.SMART, 1) {
            @Override
            protected boolean onCancellation() {
                throw new IllegalStateException("handler");
            }
        };
        var future = queue.suspendAsync();
        assertThrows(IllegalStateException.class, () -> future.cancel(true));
        assertTrue(queue.resume(7));
        assertEquals(List.of(7), queue.refused);
    }

    @Test
    void resume_simpleAndWaiterLeft_fails() throws Exception {
        var queue = new Plain<Object>(Resumption.ASYNC, Cancellation.SIMPLE, 1);
        queue.suspendAsync().cancel(true);
        queue.suspendAsync().cancel(true);
        var third = queue.suspendAsync();
        assertFalse(queue.resume(1));
        assertEquals(1, queue.resume(2, 2));
        assertEquals(2, third.join());
        assertEquals(0, queue.cancelled.get());
    }

    @Test
    void resume_syncAndNobodyComes_breaksTheCellForBoth() throws Exception {
        var queue = new Plain<Object>(Resumption.SYNC, Cancellation.SMART, 1);
        assertFalse(queue.resume(1));
        assertFalse(queue.resume(1));
        assertNull(queue.suspend());
        assertNull(queue.suspendAsync());
        var waiting = queue.suspendAsync();
        assertTrue(queue.resume(2));
        assertEquals(2, waiting.join());
    }

    // ---- cost

    private enum Order {
        FIFO,
        REVERSE,
        RANDOM;

        void apply(List<?> list) {
            if (this == REVERSE) {
                Collections.reverse(list);
            } else if (this == RANDOM) {
                Collections.shuffle(list, new Random(7));
            }
        }
    }

    static Stream<Arguments> ordersAndSizes() {
        return Stream.of(Order.values()).flatMap(order -> Stream.of(1, 2, 16).map(size -> Arguments.of(order, size)));
    }

    @ParameterizedTest
    @MethodSource("ordersAndSizes")
    void cancel_nearlyAll_leavesOnlySegmentsInUse(Order order, int size) {
        int waiters = 20_000;
        var queue = smart(size);
        List<CompletableFuture<Object>> all = new ArrayList<>();
        for (int i = 0; i < waiters; i++) {
            all.add(queue.suspendAsync());
        }
        var survivor = all.remove(waiters / 2);
        order.apply(all);
        all.forEach(future -> future.cancel(true));
        assertTrue(segments(queue) <= 3, () -> segments(queue) + " segments reachable");

        for (int i = 0; i < waiters; i++) {
            queue.suspendAsync().cancel(true);
        }
        assertTrue(segments(queue) <= 3, () -> segments(queue) + " segments reachable");

        queue.resume("x");
        assertEquals("x", survivor.join());
        var next = queue.suspendAsync();
        queue.resume("y");
        assertEquals("y", next.join());
        assertEquals(1, segments(queue)); // head and tail have met
    }

    private static int segments(CancellableQueueSynchronizer<?> queue) {
        int n = 0;
        for (Segment s = queue.head(); s != null; s = s.next()) {
            n++;
        }
        return n;
    }

    /** Each grant runs a dependent that grants the next one: as deep as the queue is long, were it a recursion. */
    @Test
    void resume_dependentsReleaseAgain_needsConstantStack() throws Exception {
        int waiters = 200_000;
        var semaphore = semaphore(0, 16);
        var granted = new AtomicInteger();
        for (int i = 0; i < waiters; i++) {
            var unused = semaphore.acquireAsync().thenRun(() -> {
                granted.incrementAndGet();
                semaphore.release();
            });
        }
        onSmallStack(semaphore::release);
        assertEquals(waiters, granted.get());
        assertEquals(1, semaphore.state());
    }

    @Test
    void resume_aMillionFuturesAtOnce_needsConstantStack() throws Exception {
        int waiters = 1_000_000;
        var queue = smart(16);
        var granted = new AtomicInteger();
        for (int i = 0; i < waiters; i++) {
            var unused = queue.suspendAsync().thenRun(granted::incrementAndGet);
        }
        onSmallStack(() -> assertEquals(waiters, queue.resume(1, waiters)));
        assertEquals(waiters, granted.get());
    }

    private static void onSmallStack(Runnable body) throws Exception {
        var done = new CompletableFuture<Void>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        body.run();
                        done.complete(null);
                    } catch (Throwable failure) {
                        done.completeExceptionally(failure);
                    }
                },
                "small stack",
                160 * 1024);
        thread.start();
        Await.value(done);
        thread.join();
    }
}
