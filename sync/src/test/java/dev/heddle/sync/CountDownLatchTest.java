// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers sync 3, 4, 6, 9, 18, 21, 26. */
class CountDownLatchTest {
    @Test
    void await_open_returnsAtOnce() throws Exception {
        var latch = new CountDownLatch(0);
        latch.await();
        assertTrue(latch.await(0, TimeUnit.SECONDS));
        assertTrue(latch.awaitAsync().isDone());
        assertNotSame(latch.awaitAsync(), latch.awaitAsync()); // a user may obtrude a value into his own only
        latch.countDown();
        assertEquals(0, latch.getCount());
    }

    @Test
    void countDown_toZeroAndBeyond_stopsAtZero() {
        var latch = new CountDownLatch(2);
        assertEquals(2, latch.getCount());
        latch.countDown();
        assertTrue(latch.toString().endsWith("[Count = 1]"), latch::toString);
        latch.countDown();
        latch.countDown();
        assertEquals(0, latch.getCount());
        assertTrue(latch.toString().endsWith("[Count = 0]"), latch::toString);
    }

    @Test
    void countDown_openFor2To30Calls_startsAgainAtZero() throws Exception {
        var latch = new CountDownLatch(0);
        Field count = CountDownLatch.class.getDeclaredField("count");
        count.setAccessible(true);
        count.setInt(latch, -(1 << 30));
        latch.countDown();
        assertEquals(-(1 << 30) - 1, count.getInt(latch));
        latch.countDown();
        assertEquals(0, count.getInt(latch));
        assertTrue(latch.await(0, TimeUnit.SECONDS));
    }

    @Test
    void construct_negative_namesTheValue() {
        var e = assertThrows(IllegalArgumentException.class, () -> new CountDownLatch(-3));
        assertTrue(e.getMessage().contains("-3"), e::getMessage);
    }

    @Test
    void await_interruptedOnEntry_throwsAlsoIfOpen() {
        var open = new CountDownLatch(0);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, open::await);
        assertFalse(Thread.currentThread().isInterrupted());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> new CountDownLatch(1).await(0, TimeUnit.SECONDS));
    }

    @Test
    void await_timeIsOver_returnsFalse() throws Exception {
        var latch = new CountDownLatch(1);
        assertFalse(latch.await(0, TimeUnit.SECONDS));
        assertFalse(latch.await(-1, TimeUnit.SECONDS));
        assertFalse(latch.await(1, TimeUnit.MICROSECONDS));
        assertThrows(NullPointerException.class, () -> latch.await(1, null));
    }

    static List<Arguments> kindsAndSizes() {
        List<Arguments> all = new ArrayList<>();
        for (ThreadKind kind : ThreadKind.available()) {
            for (int size : new int[] {1, 2, 16}) {
                all.add(Arguments.of(kind, size));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void countDown_last_wakesThreadsAndFutures(ThreadKind kind, int size) throws Exception {
        var latch = new CountDownLatch(2, size, 16);
        List<CompletableFuture<Void>> passed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            var waiting = new CompletableFuture<Void>();
            passed.add(i % 2 == 0 ? waiting : latch.awaitAsync());
            if (i % 2 == 0) {
                Await.parked(kind.start(() -> {
                    try {
                        latch.await();
                        waiting.complete(null);
                    } catch (InterruptedException e) {
                        waiting.completeExceptionally(e);
                    }
                }));
            }
        }
        latch.countDown();
        assertTrue(passed.stream().noneMatch(CompletableFuture::isDone));
        latch.countDown();
        for (var each : passed) {
            Await.value(each);
        }
    }

    @Test
    void countDown_dependents_runInOrderOfArrival() {
        var latch = new CountDownLatch(1);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int n = i;
            var unused = latch.awaitAsync().thenRun(() -> order.add(n));
        }
        latch.countDown();
        for (int i = 0; i < 50; i++) {
            assertEquals(i, order.get(i));
        }
    }

    /** Whatever wins, nobody waits for ever and no cancelled future is granted. */
    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void countDown_racesWithAborts_leavesNobody(ThreadKind kind, int size) throws Exception {
        for (int round = 0; round < 200; round++) {
            var latch = new CountDownLatch(1, size, 4);
            var passed = new AtomicInteger();
            var left = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                boolean timed = i % 3 == 0;
                boolean async = i % 3 == 1;
                threads.add(kind.start(() -> (waitOnce(latch, timed, async) ? passed : left).incrementAndGet()));
            }
            Thread victim = threads.get(2);
            threads.add(kind.start(latch::countDown));
            victim.interrupt();
            Await.ended(threads);
            assertEquals(6, passed.get() + left.get());
            assertTrue(latch.await(0, TimeUnit.SECONDS));
        }
    }

    private static boolean waitOnce(CountDownLatch latch, boolean timed, boolean async) {
        try {
            if (timed) {
                return latch.await(ThreadLocalRandom.current().nextInt(20_000), TimeUnit.NANOSECONDS);
            }
            if (async) {
                var future = latch.awaitAsync();
                return !future.cancel(true);
            }
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
