// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers sync 1, 2, 5, 8, 9, 10, 13, 21, 26. */
class SemaphoreTest {
    private static final int MAX = Integer.MAX_VALUE;

    /* Order. */

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32})
    void release_threadsAndFuturesWait_servesInArrivalOrder(int segmentSize) {
        var semaphore = Semaphore.withSegmentSize(0, true, segmentSize, 1);
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<ThreadKind> kinds = ThreadKind.available();
        int waiters = 21;
        for (int i = 0; i < waiters; i++) {
            int number = i;
            if (i % 3 == 0) {
                semaphore.acquireAsync().thenRun(() -> served.add(number));
            } else {
                Waits.start(kinds.get(i % kinds.size()), () -> {
                    semaphore.acquire();
                    served.add(number);
                });
            }
            Await.until(() -> semaphore.getQueueLength() == number + 1);
            awaitInstalled(semaphore, number + 1);
        }
        for (int i = 0; i < waiters; i++) {
            int number = i;
            semaphore.release();
            Await.until(() -> served.size() == number + 1);
            assertEquals(number, served.get(number));
        }
        assertEquals(0, semaphore.availablePermits());
    }

    /** A waiter is counted before it stands in its cell; the order is that of the cells. */
    private static void awaitInstalled(Semaphore semaphore, int waiters) {
        int futures = (waiters + 2) / 3;
        Await.until(() -> semaphore.getQueuedThreads().size() == waiters - futures);
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void acquire_freePermitButQueue_waitsBehindIt(ThreadKind kind) {
        var semaphore = new Semaphore(1, true);
        var bulk = semaphore.acquireAsync(2);
        Waits unit = Waits.start(kind, semaphore::acquire);
        Await.until(() -> semaphore.getQueueLength() == 2);
        Await.parked(unit.thread);
        semaphore.release();
        assertTrue(bulk.isDone());
        assertEquals(1, semaphore.getQueueLength());
        semaphore.release();
        unit.succeeds();
    }

    @Test
    void acquire_freePermitAndQueueButBarging_passesIt() throws Exception {
        var semaphore = new Semaphore(1, false);
        var bulk = semaphore.acquireAsync(2);
        assertTrue(semaphore.tryAcquire(1, TimeUnit.DAYS));
        semaphore.release(2);
        assertTrue(bulk.isDone());
    }

    @Test
    void tryAcquire_freePermitAndQueue_passesItUnlessTimed() throws Exception {
        var semaphore = new Semaphore(1, true);
        var bulk = semaphore.acquireAsync(3);
        assertFalse(semaphore.tryAcquire(0, TimeUnit.SECONDS));
        assertFalse(semaphore.tryAcquire(-1, TimeUnit.SECONDS));
        assertTrue(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire());
        assertTrue(semaphore.tryAcquire(0));
        semaphore.release(3);
        assertTrue(bulk.isDone());
    }

    /* The head gives up. */

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void acquireBulk_headInterrupted_nextIsServed(ThreadKind kind) {
        for (int segmentSize : new int[] {1, 2, 32}) {
            var semaphore = Semaphore.withSegmentSize(2, true, segmentSize, 1);
            Waits head = Waits.start(kind, () -> semaphore.acquire(3));
            Await.until(() -> semaphore.getQueuedThreads().size() == 1);
            Waits next = Waits.start(kind, () -> semaphore.acquire(2));
            Await.until(() -> semaphore.getQueuedThreads().size() == 2);
            head.thread.interrupt();
            assertInstanceOf(InterruptedException.class, head.end());
            next.succeeds();
            assertEquals(0, semaphore.availablePermits());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void acquireBulk_headTimesOut_nextIsServed(ThreadKind kind) {
        var semaphore = new Semaphore(2);
        Waits head = Waits.start(kind, () -> assertFalse(semaphore.tryAcquire(3, 20, TimeUnit.MILLISECONDS)));
        Await.until(() -> semaphore.getQueueLength() == 1 || head.thread.getState() == Thread.State.TERMINATED);
        Waits next = Waits.start(kind, () -> semaphore.acquire(2));
        head.succeeds();
        next.succeeds();
        assertEquals(0, semaphore.availablePermits());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void acquireBulk_headCancelled_everyNextThatFitsIsServed(boolean fair) {
        var semaphore = Semaphore.withSegmentSize(2, fair, 1, 1);
        var head = semaphore.acquireAsync(5);
        var second = semaphore.acquireAsync(4);
        var third = semaphore.acquireAsync(3);
        second.cancel(true);
        assertFalse(third.isDone());
        head.cancel(true);
        assertFalse(third.isDone());
        var fourth = semaphore.acquireAsync(3);
        third.cancel(false);
        assertFalse(fourth.isDone());
        semaphore.release();
        assertTrue(fourth.isDone());
        assertEquals(0, semaphore.getQueueLength());
        assertEquals(0, semaphore.availablePermits());
    }

    /* Number of permits. */

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void release_tooMany_failsAndChangesNothing(boolean fair) {
        var semaphore = new Semaphore(MAX, fair);
        assertThrows(Error.class, semaphore::release);
        assertThrows(Error.class, () -> semaphore.release(1));
        assertThrows(Error.class, () -> semaphore.increasePermits(MAX));
        assertDoesNotThrow(() -> semaphore.release(0));
        assertEquals(MAX, semaphore.availablePermits());
        semaphore.acquireUninterruptibly(5);
        assertThrows(Error.class, () -> semaphore.release(6));
        semaphore.release(5);
        assertEquals(MAX, semaphore.drainPermits());
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void release_tooManyWhileSomebodyWaits_failsAndChangesNothing() {
        var semaphore = new Semaphore(MAX - 1, true);
        var waiter = semaphore.acquireAsync(MAX);
        semaphore.tryAcquire(3);
        assertThrows(Error.class, () -> semaphore.release(5));
        assertFalse(waiter.isDone());
        assertEquals(MAX - 4, semaphore.availablePermits());
        semaphore.release(4);
        assertTrue(waiter.isDone());
        assertEquals(0, semaphore.availablePermits());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void release_tooManyByManyThreads_countsOnlyThoseThatSucceed(boolean fair) {
        var semaphore = new Semaphore(MAX - 2, fair);
        var balance = new AtomicInteger(); // releases that succeeded, less acquires
        List<Waits> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            boolean bulk = i % 2 == 1;
            threads.add(Waits.start(ThreadKind.PLATFORM, () -> {
                for (int round = 0; round < 20_000; round++) {
                    overRelease(semaphore, balance, bulk && round % 3 == 0 ? 2 : 1);
                    assertDoesNotThrow(() -> semaphore.release(0));
                    if (round % 2 == 0) {
                        semaphore.acquireUninterruptibly();
                        balance.decrementAndGet();
                    }
                }
            }));
        }
        threads.forEach(Waits::succeeds);
        assertEquals(MAX - 2 + balance.get(), semaphore.availablePermits());
    }

    private static void overRelease(Semaphore semaphore, AtomicInteger balance, int permits) {
        try {
            if (permits == 1) {
                semaphore.release();
            } else {
                semaphore.release(permits);
            }
            balance.addAndGet(permits);
        } catch (Error e) {
            if (!"Maximum permit count exceeded".equals(e.getMessage())) {
                throw e;
            }
        }
    }

    @Test
    void increasePermits_somebodyWaits_servesThoseThatFit() {
        var semaphore = new Semaphore(0);
        List<CompletableFuture<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiters.add(semaphore.acquireAsync());
        }
        semaphore.increasePermits(7);
        assertEquals(7, waiters.stream().filter(CompletableFuture::isDone).count());
        assertEquals(3, semaphore.getQueueLength());
        semaphore.increasePermits(7);
        assertEquals(4, semaphore.availablePermits());
    }

    @Test
    void reducePermits_belowZero_releasesMustComeFirst() {
        var semaphore = new Semaphore(1);
        semaphore.reducePermits(3);
        assertEquals(-2, semaphore.availablePermits());
        assertFalse(semaphore.tryAcquire());
        assertFalse(semaphore.tryAcquire(0));
        var waiter = semaphore.acquireAsync();
        semaphore.release(2);
        assertFalse(waiter.isDone());
        semaphore.release();
        assertTrue(waiter.isDone());
        assertEquals(0, semaphore.availablePermits());
        semaphore.reducePermits(MAX);
        semaphore.reducePermits(1);
        assertThrows(Error.class, () -> semaphore.reducePermits(1));
        assertEquals(Integer.MIN_VALUE, semaphore.availablePermits());
        assertEquals(Integer.MIN_VALUE, semaphore.drainPermits());
        assertEquals(0, semaphore.drainPermits());
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, Integer.MIN_VALUE})
    void semaphore_negativeAtTheStart_countsUp(int permits) {
        var semaphore = new Semaphore(permits);
        assertEquals(permits, semaphore.availablePermits());
        semaphore.release(3);
        assertEquals(permits + 3, semaphore.availablePermits());
        semaphore.release(MAX);
        assertEquals(permits + 3 + (long) MAX, semaphore.availablePermits());
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void acquireNothing_negativePermits_waitsForZero(ThreadKind kind) {
        var semaphore = new Semaphore(-2, true);
        Waits nothing = Waits.start(kind, () -> semaphore.acquire(0));
        Await.until(() -> semaphore.getQueuedThreads().size() == 1);
        var behind = semaphore.acquireAsync(0);
        semaphore.release();
        Await.parked(nothing.thread);
        assertFalse(behind.isDone());
        semaphore.release();
        nothing.succeeds();
        assertTrue(behind.isDone());
        assertEquals(0, semaphore.availablePermits());
    }

    @Test
    void acquireNothing_freePermitsAndQueue_waitsBehindIt() {
        var semaphore = new Semaphore(1, true);
        assertTrue(semaphore.acquireAsync(0).isDone());
        var head = semaphore.acquireAsync(2);
        var nothing = semaphore.acquireAsync(0);
        assertFalse(nothing.isDone());
        head.cancel(false);
        assertTrue(nothing.isDone());
        assertEquals(1, semaphore.availablePermits());
    }

    @Test
    void drainPermits_negativeAndSomebodyWaitsForNothing_servesIt() {
        var semaphore = new Semaphore(-2);
        var nothing = semaphore.acquireAsync(0);
        var one = semaphore.acquireAsync();
        assertEquals(-2, semaphore.drainPermits());
        assertTrue(nothing.isDone());
        assertFalse(one.isDone());
        assertEquals(1, semaphore.getQueueLength());
    }

    /* Interrupts and time-outs. */

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void acquire_interruptRacesWithRelease_permitIsTakenOrBack(ThreadKind kind) {
        var semaphore = Semaphore.withSegmentSize(0, true, 2, 1);
        for (int round = 0; round < 1_000; round++) {
            int pause = ThreadLocalRandom.current().nextInt(50);
            var interrupted = new CountDownLatch(1);
            Waits waiter = Waits.start(kind, () -> {
                semaphore.acquire();
                Await.until(() -> interrupted.getCount() == 0);
            });
            Await.until(() -> semaphore.getQueueLength() == 1);
            Thread interrupter = ThreadKind.PLATFORM.start(() -> {
                spin(pause);
                waiter.thread.interrupt();
                interrupted.countDown();
            });
            spin(50 - pause);
            semaphore.release();
            Throwable end = waiter.end();
            if (end == null) {
                assertTrue(waiter.flag(), "the interrupt is lost");
                assertEquals(0, semaphore.availablePermits());
            } else {
                assertInstanceOf(InterruptedException.class, end);
                assertFalse(waiter.flag());
                assertTrue(semaphore.tryAcquire(), "the permit is lost");
            }
            assertEquals(0, semaphore.getQueueLength());
            Await.ended(interrupter);
        }
    }

    private static void spin(int steps) {
        for (int i = 0; i < steps; i++) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void acquireUninterruptibly_interrupted_waitsOnAndKeepsTheFlag(ThreadKind kind) {
        for (boolean fair : new boolean[] {true, false}) {
            var semaphore = new Semaphore(0, fair);
            Waits waiter = Waits.start(kind, semaphore::acquireUninterruptibly);
            Await.until(() -> semaphore.getQueuedThreads().size() == 1);
            waiter.thread.interrupt();
            Await.parked(waiter.thread);
            semaphore.release();
            assertNull(waiter.end());
            assertTrue(waiter.flag());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void tryAcquire_stormOfShortTimeOuts_ends(ThreadKind kind) {
        for (boolean fair : new boolean[] {true, false}) {
            var semaphore = Semaphore.withSegmentSize(1, fair, 2, 1);
            List<Waits> threads = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                long nanos = i % 2 == 0 ? 1 : 1_000;
                int permits = i % 4 == 3 ? 2 : 1;
                threads.add(Waits.start(kind, () -> storm(semaphore, permits, nanos)));
            }
            threads.forEach(Waits::succeeds);
            assertEquals(0, semaphore.getQueueLength());
            assertEquals(1, semaphore.availablePermits());
            assertTrue(semaphore.tryAcquire());
        }
    }

    private static void storm(Semaphore semaphore, int permits, long nanos) throws InterruptedException {
        for (int round = 0; round < 2_000; round++) {
            if (semaphore.tryAcquire(permits, nanos, TimeUnit.NANOSECONDS)) {
                semaphore.release(permits);
            }
        }
    }
}
