// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers sync 3, 18, 21, 25, 26. */
class CyclicBarrierTest {
    /** A party on a thread of its own; the future holds its index or what it threw. */
    private static CompletableFuture<Integer> party(ThreadKind kind, CyclicBarrier barrier, Thread[] thread) {
        var result = new CompletableFuture<Integer>();
        thread[0] = kind.start(() -> {
            try {
                result.complete(barrier.await());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    private static CompletableFuture<Integer> parked(ThreadKind kind, CyclicBarrier barrier) {
        Thread[] thread = new Thread[1];
        var result = party(kind, barrier, thread);
        Await.parked(thread[0]);
        return result;
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return assertThrows(ExecutionException.class, () -> Await.value(future)).getCause();
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void await_lastParty_tripsForThreadsAndFutures(ThreadKind kind) throws Exception {
        var actions = new AtomicInteger();
        var barrier = new CyclicBarrier(4, actions::incrementAndGet);
        for (int round = 1; round <= 3; round++) {
            var first = parked(kind, barrier);
            var second = barrier.awaitAsync();
            var third = parked(kind, barrier);
            assertEquals(3, barrier.getNumberWaiting());
            assertEquals(round - 1, actions.get());
            assertEquals(0, barrier.await());
            assertEquals(3, Await.value(first));
            assertEquals(2, Await.value(second));
            assertEquals(1, Await.value(third));
            assertEquals(round, actions.get());
            assertEquals(0, barrier.getNumberWaiting());
        }
        assertEquals(4, barrier.getParties());
    }

    @Test
    void await_oneParty_tripsEachTime() throws Exception {
        var barrier = new CyclicBarrier(1);
        assertEquals(0, barrier.await());
        assertEquals(0, barrier.await(0, TimeUnit.SECONDS));
        assertEquals(0, barrier.awaitAsync().join());
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void await_interrupted_breaksForTheOthers(ThreadKind kind) {
        var barrier = new CyclicBarrier(4);
        Thread[] victim = new Thread[1];
        var first = party(kind, barrier, victim);
        Await.parked(victim[0]);
        var second = parked(kind, barrier);
        var third = barrier.awaitAsync();
        victim[0].interrupt();
        assertInstanceOf(InterruptedException.class, failure(first));
        assertInstanceOf(BrokenBarrierException.class, failure(second));
        assertInstanceOf(BrokenBarrierException.class, failure(third));
        assertTrue(barrier.isBroken());
        assertEquals(0, barrier.getNumberWaiting());
        assertThrows(BrokenBarrierException.class, barrier::await);
        assertInstanceOf(BrokenBarrierException.class, failure(barrier.awaitAsync()));
    }

    @Test
    void await_interruptedOnEntry_breaksAlsoAsLastParty() {
        var barrier = new CyclicBarrier(2);
        var first = barrier.awaitAsync();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, barrier::await);
        assertFalse(Thread.currentThread().isInterrupted());
        assertInstanceOf(BrokenBarrierException.class, failure(first));
        Thread.currentThread().interrupt();
        assertThrows(BrokenBarrierException.class, barrier::await); // broken weighs more, the status stays
        assertTrue(Thread.interrupted());
    }

    @Test
    void await_timeIsOver_breaksForTheOthers() {
        var barrier = new CyclicBarrier(3);
        var first = barrier.awaitAsync();
        assertThrows(TimeoutException.class, () -> barrier.await(1, TimeUnit.MILLISECONDS));
        assertInstanceOf(BrokenBarrierException.class, failure(first));
        barrier.reset();
        assertFalse(barrier.isBroken());
        assertThrows(TimeoutException.class, () -> barrier.await(-1, TimeUnit.SECONDS));
        assertThrows(BrokenBarrierException.class, () -> barrier.await(-1, TimeUnit.SECONDS));
    }

    @Test
    void awaitAsync_cancelled_breaksForTheOthers() {
        var barrier = new CyclicBarrier(3);
        var first = barrier.awaitAsync();
        var second = barrier.awaitAsync();
        assertTrue(first.cancel(true));
        assertTrue(first.isCancelled());
        assertInstanceOf(BrokenBarrierException.class, failure(second));
        assertFalse(second.cancel(true));
        assertTrue(barrier.isBroken());
    }

    @Test
    void await_actionThrows_lastPartyGetsItAndTheBarrierBreaks() {
        var broken = new IllegalStateException("action");
        var barrier = new CyclicBarrier(2, () -> {
            throw broken;
        });
        var first = barrier.awaitAsync();
        assertSame(broken, assertThrows(IllegalStateException.class, barrier::await));
        assertInstanceOf(BrokenBarrierException.class, failure(first));
        assertTrue(barrier.isBroken());
        barrier.reset();
        var again = barrier.awaitAsync();
        assertSame(broken, failure(barrier.awaitAsync()));
        assertInstanceOf(BrokenBarrierException.class, failure(again));
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void reset_partiesWait_breaksThemAndOpensANewRound(ThreadKind kind) throws Exception {
        var barrier = new CyclicBarrier(2);
        var first = parked(kind, barrier);
        barrier.reset();
        assertInstanceOf(BrokenBarrierException.class, failure(first));
        assertFalse(barrier.isBroken());
        var again = parked(kind, barrier);
        assertEquals(0, barrier.await());
        assertEquals(1, Await.value(again));
    }

    @Test
    void reset_byTheAction_breaksTheOthersOnly() throws Exception {
        var self = new CyclicBarrier[1];
        var barrier = new CyclicBarrier(2, () -> {
            assertEquals(2, self[0].getNumberWaiting());
            self[0].reset();
            assertFalse(self[0].isBroken());
            assertEquals(0, self[0].getNumberWaiting());
        });
        self[0] = barrier;
        var first = barrier.awaitAsync();
        assertEquals(0, barrier.await());
        assertInstanceOf(BrokenBarrierException.class, failure(first));
        assertFalse(barrier.isBroken());
    }

    @Test
    void await_byTheAction_fails() {
        var self = new CyclicBarrier[1];
        self[0] = new CyclicBarrier(1, () -> assertThrows(IllegalStateException.class, () -> self[0].await()));
        assertEquals(0, self[0].awaitAsync().join());
    }

    /** Latecomers of all kinds wait for the end of the action and belong to the next round. */
    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void await_whileTheActionRuns_joinsTheNextRound(ThreadKind kind) throws Exception {
        var running = new CompletableFuture<Void>();
        var go = new CompletableFuture<Void>();
        var barrier = new CyclicBarrier(3, () -> {
            running.complete(null);
            go.join();
        });
        var early = List.of(parked(kind, barrier), barrier.awaitAsync(), party(kind, barrier, new Thread[1]));
        Await.value(running);
        Thread[] late = new Thread[1];
        var lateThread = party(kind, barrier, late);
        Await.parked(late[0]);
        var lateFuture = barrier.awaitAsync();
        var leaver = barrier.awaitAsync();
        assertTrue(leaver.cancel(true)); // never arrived: breaks nothing
        assertFalse(barrier.isBroken());
        go.complete(null);
        int sum = 0;
        for (var each : early) {
            sum += Await.value(each);
        }
        assertEquals(3, sum);
        Await.until(() -> barrier.getNumberWaiting() == 2);
        assertEquals(0, barrier.await());
        assertEquals(3, Await.value(lateThread) + Await.value(lateFuture));
    }

    @Test
    void await_actionFailsWhileOthersCome_breaksForThemToo() throws Exception {
        var running = new CompletableFuture<Void>();
        var go = new CompletableFuture<Void>();
        var barrier = new CyclicBarrier(1, () -> {
            running.complete(null);
            go.join();
            throw new IllegalStateException("action");
        });
        var first = party(ThreadKind.PLATFORM, barrier, new Thread[1]);
        Await.value(running);
        var lateFuture = barrier.awaitAsync();
        Thread[] late = new Thread[1];
        var lateThread = party(ThreadKind.PLATFORM, barrier, late);
        Await.parked(late[0]);
        go.complete(null);
        assertInstanceOf(IllegalStateException.class, failure(first));
        assertInstanceOf(BrokenBarrierException.class, failure(lateFuture));
        assertInstanceOf(BrokenBarrierException.class, failure(lateThread));
    }

    @Test
    void construct_noParties_namesTheValue() {
        var e = assertThrows(IllegalArgumentException.class, () -> new CyclicBarrier(0));
        assertTrue(e.getMessage().contains("0"), e::getMessage);
        assertThrows(IllegalArgumentException.class, () -> new CyclicBarrier(Integer.MIN_VALUE, null));
    }

    @Test
    void await_manyFutures_needsConstantStack() {
        int parties = 500_000;
        var barrier = new CyclicBarrier(parties);
        var passed = new AtomicInteger();
        for (int i = 1; i < parties; i++) {
            var unused = barrier.awaitAsync().thenRun(passed::incrementAndGet);
        }
        assertEquals(0, barrier.awaitAsync().join());
        assertEquals(parties - 1, passed.get());
    }

    /** Parties race with a resetting thread: a round trips for all or for none, each index once. */
    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void await_racesWithResets_eachRoundIsAllOrNone(ThreadKind kind) {
        int parties = 3;
        int tries = 3_000;
        var trips = new AtomicInteger();
        var indices = new AtomicIntegerArray(parties);
        var barrier = new CyclicBarrier(parties, trips::incrementAndGet, 2, 8);
        var running = new AtomicInteger(parties);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < parties; i++) {
            threads.add(kind.start(() -> {
                for (int n = 0; n < tries; n++) {
                    arriveOnce(barrier, indices);
                }
                running.decrementAndGet();
            }));
        }
        while (running.get() > 0) {
            barrier.reset();
            Thread.onSpinWait();
        }
        Await.ended(threads);
        for (int i = 0; i < parties; i++) {
            assertEquals(trips.get(), indices.get(i));
        }
    }

    private static void arriveOnce(CyclicBarrier barrier, AtomicIntegerArray indices) {
        try {
            int index = ThreadLocalRandom.current().nextBoolean()
                    ? barrier.await()
                    : barrier.awaitAsync().get();
            indices.incrementAndGet(index);
        } catch (BrokenBarrierException e) {
            assertFalse(Thread.currentThread().isInterrupted()); // the round was reset
        } catch (ExecutionException e) {
            assertInstanceOf(BrokenBarrierException.class, e.getCause());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
