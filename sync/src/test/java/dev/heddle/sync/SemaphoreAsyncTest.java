// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers sync 1, 2, 3, 6, 10, 18, 23. */
class SemaphoreAsyncTest {
    /* Every completion from outside is an abort. */

    static Stream<Arguments> aborts() {
        return Stream.of(
                abort("cancel", f -> f.cancel(true)),
                abort("complete", f -> f.complete(null)),
                abort("completeExceptionally", f -> f.completeExceptionally(new IllegalStateException("mine"))),
                abort("orTimeout", f -> f.orTimeout(1, TimeUnit.MILLISECONDS)),
                abort("completeOnTimeout", f -> f.completeOnTimeout(null, 1, TimeUnit.MILLISECONDS)),
                abort("completeAsync", f -> f.completeAsync(() -> null)),
                abort("completeAsync with executor", f -> f.completeAsync(() -> null, Runnable::run)),
                abort("completeAsync that throws", f -> f.completeAsync(SemaphoreAsyncTest::fails)),
                abort("obtrudeValue", f -> f.obtrudeValue(null)),
                abort("obtrudeException", f -> f.obtrudeException(new IllegalStateException("mine"))));
    }

    private static Arguments abort(String name, Consumer<CompletableFuture<Void>> abort) {
        return Arguments.of(name, abort);
    }

    private static Void fails() {
        throw new IllegalStateException("mine");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aborts")
    void acquireAsync_abortedWhileWaiting_leavesTheQueue(String name, Consumer<CompletableFuture<Void>> abort) {
        for (boolean fair : new boolean[] {true, false}) {
            var semaphore = Semaphore.withSegmentSize(0, fair, 1, 1);
            var first = semaphore.acquireAsync();
            var aborted = semaphore.acquireAsync();
            var last = semaphore.acquireAsync();
            abort.accept(aborted);
            Await.until(aborted::isDone);
            assertEquals(2, semaphore.getQueueLength());
            semaphore.release(2);
            assertTrue(first.isDone());
            assertTrue(last.isDone());
            assertEquals(0, semaphore.availablePermits());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aborts")
    void acquireAsync_abortedAsBulkHead_nextIsServed(String name, Consumer<CompletableFuture<Void>> abort) {
        var semaphore = new Semaphore(2);
        var head = semaphore.acquireAsync(3);
        var next = semaphore.acquireAsync(2);
        abort.accept(head);
        Await.until(head::isDone);
        Await.until(next::isDone);
        assertEquals(0, semaphore.availablePermits());
        assertEquals(0, semaphore.getQueueLength());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("aborts")
    void acquireAsync_abortedAfterGrant_keepsThePermit(String name, Consumer<CompletableFuture<Void>> abort) {
        var semaphore = new Semaphore(0);
        var granted = semaphore.acquireAsync();
        semaphore.release();
        abort.accept(granted);
        assertTrue(granted.isDone());
        assertEquals(0, semaphore.availablePermits());
        assertEquals(0, semaphore.getQueueLength());
    }

    @Test
    void acquireAsync_abortedInDifferentWays_resultIsThatOfTheAbort() throws Exception {
        var semaphore = new Semaphore(0);
        var cancelled = semaphore.acquireAsync();
        assertTrue(cancelled.cancel(false));
        assertTrue(cancelled.cancel(false));
        assertFalse(cancelled.complete(null));
        assertThrows(CancellationException.class, cancelled::join);
        var timedOut = semaphore.acquireAsync().orTimeout(1, TimeUnit.MILLISECONDS);
        var failure = assertThrows(ExecutionException.class, () -> Await.value(timedOut));
        assertInstanceOf(TimeoutException.class, failure.getCause());
        var failed = semaphore.acquireAsync();
        assertTrue(failed.completeExceptionally(new IllegalStateException("mine")));
        assertInstanceOf(
                IllegalStateException.class,
                assertThrows(CompletionException.class, failed::join).getCause());
        assertEquals(0, semaphore.getQueueLength());
    }

    @Test
    void acquireAsync_dependentOrCopyCancelled_waitsOn() {
        var semaphore = new Semaphore(0);
        var future = semaphore.acquireAsync();
        future.copy().cancel(true);
        future.thenRun(() -> {}).cancel(true);
        future.minimalCompletionStage().toCompletableFuture().cancel(true);
        assertFalse(future.isDone());
        assertEquals(1, semaphore.getQueueLength());
        semaphore.release();
        assertTrue(future.isDone());
    }

    @Test
    void acquireAsync_getInterrupted_waitsOn() {
        var semaphore = new Semaphore(0);
        var future = semaphore.acquireAsync();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, future::get);
        assertFalse(future.isDone());
        semaphore.release();
        assertTrue(future.isDone());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void acquireAsync_cancelRacesWithRelease_exactlyOneWins(boolean fair) {
        var racers = Executors.newFixedThreadPool(2); // the common pool of two processors starts a thread for each task
        try {
            cancelRacesWithRelease(Semaphore.withSegmentSize(0, fair, 1, 1), racers);
        } finally {
            racers.shutdown();
        }
    }

    private static void cancelRacesWithRelease(Semaphore semaphore, Executor racers) {
        for (int round = 0; round < 5_000; round++) {
            var future = semaphore.acquireAsync();
            var behind = semaphore.acquireAsync();
            var cancels = new AtomicInteger();
            Runnable cancel = () -> {
                if (future.completeExceptionally(new CancellationException())) {
                    cancels.incrementAndGet();
                }
            };
            var both = List.of(CompletableFuture.runAsync(cancel, racers), CompletableFuture.runAsync(cancel, racers));
            semaphore.release();
            both.forEach(CompletableFuture::join);
            Await.until(future::isDone);
            boolean cancelled = future.isCompletedExceptionally();
            assertEquals(cancelled ? 1 : 0, cancels.get());
            assertEquals(cancelled, behind.isDone());
            assertEquals(0, semaphore.availablePermits());
            assertEquals(!cancelled, behind.cancel(false));
            assertEquals(0, semaphore.getQueueLength());
        }
    }

    /* Dependents. */

    @Test
    void acquireAsync_dependentsUseTheSemaphore_noDeadlockAndEachOnce() {
        var semaphore = new Semaphore(0, true);
        var runs = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            semaphore.acquireAsync().thenRun(() -> {
                runs.incrementAndGet();
                assertFalse(semaphore.tryAcquire());
                var late = semaphore.acquireAsync();
                late.cancel(true);
                semaphore.release();
            });
        }
        semaphore.release();
        assertEquals(100, runs.get());
        assertEquals(1, semaphore.availablePermits());
        assertEquals(0, semaphore.getQueueLength());
    }

    @Test
    void acquireAsync_chainOfWaitersThatReleaseEachOther_constantStack() {
        onSmallStack(() -> {
            var semaphore = new Semaphore(0);
            var runs = new AtomicInteger();
            for (int i = 0; i < 100_000; i++) {
                semaphore.acquireAsync().thenRun(() -> {
                    runs.incrementAndGet();
                    semaphore.release();
                });
            }
            semaphore.release();
            assertEquals(100_000, runs.get());
            assertEquals(1, semaphore.availablePermits());
        });
    }

    @Test
    void acquireAsync_eachDependentAcquiresAgain_constantStack() {
        onSmallStack(() -> {
            var semaphore = new Semaphore(0);
            var left = new AtomicInteger(100_000);
            acquireAgain(semaphore, left);
            acquireAgain(semaphore, left);
            semaphore.release();
            assertTrue(left.get() <= 0);
        });
    }

    /** Two of these hand one permit to and fro; each waits for the other. */
    private static void acquireAgain(Semaphore semaphore, AtomicInteger left) {
        semaphore.acquireAsync().thenRun(() -> {
            if (left.decrementAndGet() > 0) {
                acquireAgain(semaphore, left);
            }
            semaphore.release();
        });
    }

    @Test
    void release_millionFuturesWait_constantStack() {
        onSmallStack(() -> {
            int n = 1_000_000;
            var semaphore = new Semaphore(0);
            var runs = new int[1];
            for (int i = 0; i < n; i++) {
                semaphore.acquireAsync().thenRun(() -> runs[0]++);
            }
            semaphore.release(n);
            assertEquals(n, runs[0]);
            assertEquals(0, semaphore.availablePermits());
            assertEquals(0, semaphore.getQueueLength());
        });
    }

    @Test
    void acquireAsync_dependentThrows_othersAreServed() {
        var semaphore = new Semaphore(0);
        var failed = semaphore.acquireAsync().thenRun(SemaphoreAsyncTest::fails);
        var next = semaphore.acquireAsync();
        semaphore.release(2);
        assertTrue(failed.isCompletedExceptionally());
        assertTrue(next.isDone());
    }

    @Test
    void acquireAsync_dependentRuns_releaseIsOver() {
        var semaphore = new Semaphore(0);
        List<String> seen = new ArrayList<>();
        semaphore.acquireAsync().thenRun(() -> seen.add(semaphore + " " + semaphore.getQueueLength()));
        semaphore.release(3);
        assertTrue(seen.get(0).endsWith("[Permits = 2] 0"), seen::toString);
    }

    /** Fails if the task needs more stack than a few hundred frames. */
    private static void onSmallStack(Runnable task) {
        var failure = new Throwable[1];
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        task.run();
                    } catch (Throwable t) {
                        failure[0] = t;
                    }
                },
                "small stack",
                256 << 10);
        thread.setDaemon(true);
        thread.start();
        Await.ended(thread);
        if (failure[0] != null) {
            throw new AssertionError(failure[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void release_dependentBlocksOnThread_otherThreadsGoOn(ThreadKind kind) {
        var semaphore = new Semaphore(0);
        var gate = new CompletableFuture<Void>();
        semaphore.acquireAsync().thenRun(gate::join); // blocks the releaser, after its release
        Waits releaser = Waits.start(kind, semaphore::release);
        Await.until(() -> semaphore.getQueueLength() == 0);
        Waits waiter = Waits.start(kind, semaphore::acquire);
        Await.until(() -> semaphore.getQueueLength() == 1);
        semaphore.release();
        waiter.succeeds();
        gate.complete(null);
        releaser.succeeds();
    }
}
