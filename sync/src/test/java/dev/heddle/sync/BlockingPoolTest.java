// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static dev.heddle.sync.Fairness.FIFO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers sync 2, 3, 6, 7, 9, 13, 18, 21, 26. */
class BlockingPoolTest {
    private static <T> BlockingPool<T> pool(boolean fifo, int segmentSize) {
        return fifo ? BlockingPool.fifo(FIFO, segmentSize, 8) : BlockingPool.lifo(FIFO, segmentSize);
    }

    @Test
    void take_fifo_givesTheOldestFirst() throws Exception {
        BlockingPool<Integer> pool = BlockingPool.fifo();
        for (int i = 0; i < 100; i++) {
            pool.put(i);
        }
        assertEquals(100, pool.size());
        for (int i = 0; i < 100; i++) {
            assertEquals(i, i % 2 == 0 ? pool.take() : pool.tryTake());
        }
        assertNull(pool.tryTake());
    }

    @Test
    void take_lifo_givesTheNewestFirst() throws Exception {
        BlockingPool<Integer> pool = BlockingPool.lifo();
        for (int i = 0; i < 100; i++) {
            pool.put(i);
        }
        for (int i = 99; i >= 0; i--) {
            assertEquals(
                    i,
                    i % 2 == 0 ? pool.poll(1, TimeUnit.DAYS) : pool.takeAsync().join());
        }
        assertEquals(0, pool.size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void put_null_isRefused(boolean fifo) {
        BlockingPool<Object> pool = pool(fifo, 1);
        assertThrows(NullPointerException.class, () -> pool.put(null));
        assertEquals(0, pool.size());
        assertTrue(pool.toString().endsWith("[Elements = 0, Waiting = 0]"), pool::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void poll_nothingThere_returnsNull(boolean fifo) throws Exception {
        BlockingPool<Object> pool = pool(fifo, 2);
        assertNull(pool.poll(0, TimeUnit.SECONDS));
        assertNull(pool.poll(-1, TimeUnit.SECONDS));
        assertNull(pool.poll(1, TimeUnit.MICROSECONDS));
        assertNull(pool.tryTake());
        assertThrows(NullPointerException.class, () -> pool.poll(1, null));
        assertEquals(0, pool.size());
        pool.put("x");
        assertEquals("x", pool.poll(0, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void take_interruptedOnEntry_throwsAndTakesNothing(boolean fifo) {
        BlockingPool<Object> pool = pool(fifo, 1);
        pool.put("x");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, pool::take);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> pool.poll(0, TimeUnit.SECONDS));
        assertEquals("x", pool.tryTake());
    }

    static List<Arguments> kindsAndOrders() {
        List<Arguments> all = new ArrayList<>();
        for (ThreadKind kind : ThreadKind.available()) {
            for (boolean fifo : new boolean[] {true, false}) {
                all.add(Arguments.of(kind, fifo, 1));
                all.add(Arguments.of(kind, fifo, 2));
                all.add(Arguments.of(kind, fifo, 16));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("kindsAndOrders")
    void put_takersWait_servesThemInOrderOfArrival(ThreadKind kind, boolean fifo, int size) throws Exception {
        BlockingPool<Integer> pool = pool(fifo, size);
        List<CompletableFuture<Integer>> taken = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            var result = new CompletableFuture<Integer>();
            taken.add(i % 2 == 0 ? result : pool.takeAsync());
            if (i % 2 == 0) {
                Await.parked(kind.start(() -> {
                    try {
                        result.complete(pool.take());
                    } catch (InterruptedException e) {
                        result.completeExceptionally(e);
                    }
                }));
            }
        }
        assertTrue(pool.toString().endsWith("[Elements = 0, Waiting = 10]"), pool::toString);
        for (int i = 0; i < 10; i++) {
            pool.put(i);
        }
        for (int i = 0; i < 10; i++) {
            assertEquals(i, Await.value(taken.get(i)));
        }
    }

    @Test
    void cancel_taker_elementGoesToTheNext() {
        BlockingPool<String> pool = BlockingPool.fifo(FIFO, 1, 8);
        var first = pool.takeAsync();
        var second = pool.takeAsync();
        assertTrue(first.cancel(true));
        assertFalse(second.isDone());
        pool.put("x");
        assertEquals("x", second.join());
        assertFalse(second.cancel(true));
        assertNull(pool.tryTake());
    }

    @Test
    void put_manyDependentsPutAgain_needsConstantStack() {
        BlockingPool<String> pool = BlockingPool.lifo();
        var served = new AtomicInteger();
        for (int i = 0; i < 200_000; i++) {
            var unused = pool.takeAsync().thenAccept(e -> {
                served.incrementAndGet();
                pool.put(e);
            });
        }
        pool.put("x");
        assertEquals(200_000, served.get());
        assertEquals("x", pool.tryTake());
    }

    /** Every way to take races with every way to give up; at the end each element is there once. */
    @ParameterizedTest
    @MethodSource("kindsAndOrders")
    void take_allKindsOfTakersRace_conservesTheElements(ThreadKind kind, boolean fifo, int size) {
        for (int elements : new int[] {1, 3}) {
            BlockingPool<Integer> pool = pool(fifo, size);
            var out = new AtomicIntegerArray(elements);
            for (int i = 0; i < elements; i++) {
                pool.put(i);
            }
            var failure = new AtomicReference<Throwable>();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(kind.start(() -> {
                    try {
                        for (int n = 0; n < 3_000; n++) {
                            useOne(pool, out);
                        }
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                }));
            }
            Await.ended(threads);
            assertNull(failure.get(), () -> String.valueOf(failure.get()));
            Set<Integer> found = new HashSet<>();
            for (int i = 0; i < elements; i++) {
                found.add(assertNotNullElement(pool.tryTake()));
            }
            assertEquals(elements, found.size());
            assertNull(pool.tryTake());
        }
    }

    private static Integer assertNotNullElement(Integer element) {
        assertNotNull(element, "an element was lost");
        return element;
    }

    private static void useOne(BlockingPool<Integer> pool, AtomicIntegerArray out) throws Exception {
        Integer element = takeSomehow(pool);
        if (element != null) {
            assertEquals(0, out.getAndIncrement(element), "an element was given out twice");
            out.decrementAndGet(element);
            pool.put(element);
        }
    }

    private static Integer takeSomehow(BlockingPool<Integer> pool) throws Exception {
        var random = ThreadLocalRandom.current();
        switch (random.nextInt(16)) {
            case 0, 1, 2:
                return pool.tryTake();
            case 3, 4, 5:
                return pool.poll(random.nextInt(3_000), TimeUnit.NANOSECONDS);
            case 6, 7, 8:
                var future = pool.takeAsync();
                return future.cancel(true) ? null : Await.value(future);
            case 9:
                return takeInterrupted(pool);
            default:
                return pool.take();
        }
    }

    /** Interrupted before, or while it waits, or too late: then the element is there and so is the interrupt. */
    private static Integer takeInterrupted(BlockingPool<Integer> pool) {
        Thread me = Thread.currentThread();
        Thread alarm = ThreadKind.PLATFORM.start(me::interrupt);
        try {
            return pool.take();
        } catch (InterruptedException e) {
            return null;
        } finally {
            Await.ended(alarm);
            boolean late = Thread.interrupted(); // the next try starts afresh
            assertTrue(late || !me.isInterrupted());
        }
    }
}
