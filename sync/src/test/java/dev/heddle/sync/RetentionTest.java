// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.sun.management.ThreadMXBean;
import dev.heddle.testkit.Reach;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Covers sync 16, 17: what waiters that have left still cost. Counted in segments and bytes, not in time. */
@Timeout(120)
class RetentionTest {
    private static final int WAITERS = 100_000;
    private static final int LIVE_EVERY = 1_000; // one of so many stays
    private static final int MORE = 1_000_000;
    private static final int MOST = 1_000_000;
    private static final int FEW_BYTES = 1_000; // less than a few segments
    private static final int ENDS = 2; // segments that the ends of a queue keep

    /** Something to wait for, and what gives it to one waiter. */
    private record Subject(
            String name, Object root, int queues, Supplier<? extends CompletableFuture<?>> enlist, Runnable serve) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Subject> subjects() {
        List<Subject> all = new ArrayList<>();
        for (boolean fair : new boolean[] {true, false}) {
            String kind = fair ? ", fair" : ", barging";
            var semaphore = new Semaphore(0, fair);
            all.add(new Subject("Semaphore" + kind, semaphore, 1, semaphore::acquireAsync, semaphore::release));
            var mutex = new Mutex(fair);
            var held = mutex.lockAsync().join();
            all.add(new Subject("Mutex" + kind, mutex, 1, mutex::lockAsync, held::close));
            var readers = new ReadWriteMutex(fair);
            var writing = readers.writeLockAsync().join();
            all.add(new Subject("readers" + kind, readers, 1, readers::readLockAsync, writing::close));
            var writers = new ReadWriteMutex(fair);
            var reading = writers.readLockAsync().join();
            all.add(new Subject("writers" + kind, writers, 1, writers::writeLockAsync, reading::close));
        }
        var latch = new CountDownLatch(1);
        all.add(new Subject("CountDownLatch", latch, 1, latch::awaitAsync, latch::countDown));
        BlockingPool<Integer> pool = BlockingPool.lifo();
        all.add(new Subject("BlockingPool", pool, 1, pool::takeAsync, () -> pool.put(1)));
        return all;
    }

    @TestFactory
    Stream<DynamicTest> abort_ofManyWaiters_keepsNoSegments() {
        return Stream.of("forward", "backward", "random")
                .flatMap(order ->
                        subjects().stream().map(s -> dynamicTest(s + ", " + order, () -> abortMany(s, order))));
    }

    private static void abortMany(Subject s, String order) {
        List<CompletableFuture<?>> leaving = new ArrayList<>();
        List<CompletableFuture<?>> staying = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            (i % LIVE_EVERY == LIVE_EVERY / 2 ? staying : leaving).add(s.enlist.get());
        }
        arrange(leaving, order);
        for (CompletableFuture<?> future : leaving) {
            assertTrue(leave(future));
        }
        atMost(ENDS + staying.size(), s, "with " + staying.size() + " waiters left");
        for (CompletableFuture<?> future : staying) {
            assertFalse(future.isDone());
            assertTrue(leave(future));
        }
        atMost(ENDS, s, "with no waiter left");
    }

    private static void arrange(List<?> futures, String order) {
        if (order.equals("backward")) {
            Collections.reverse(futures);
        } else if (order.equals("random")) {
            Collections.shuffle(futures, new Random(1));
        }
    }

    @TestFactory
    Stream<DynamicTest> abort_millionsOneByOne_keepsNoSegments() {
        return subjects().stream()
                .map(s -> dynamicTest(s.name, () -> {
                    var first = s.enlist.get(); // stays at the head, so that nothing is passed
                    for (int i = 0; i < MORE; i++) {
                        leave(s.enlist.get());
                    }
                    atMost(ENDS + 1, s, "behind a waiter");
                    leave(first);
                    atMost(ENDS, s, "with no waiter left");
                    for (int i = 0; i < MORE / 10; i++) {
                        leave(s.enlist.get());
                    }
                    atMost(ENDS, s, "at last");
                }));
    }

    /** As a cancel, without the price of an exception. */
    private static boolean leave(CompletableFuture<?> future) {
        return future.complete(null);
    }

    private static void atMost(int segments, Subject s, String when) {
        int kept = Reach.segments(s.root);
        assertTrue(kept <= segments, () -> kept + " segments kept by " + s + " " + when);
    }

    /** A release walks along segments that are there, and can't meet more than can be reached. */
    @TestFactory
    Stream<DynamicTest> serve_behindAborts_costsTheSame() {
        subjects()
                .forEach(s -> serveBehind(s, 1, Long.MAX_VALUE)); // what links call sites for the first time allocates
        return Stream.iterate(1_000, n -> n <= MOST, n -> 10 * n)
                .flatMap(n ->
                        subjects().stream().map(s -> dynamicTest(s + ", " + n, () -> serveBehind(s, n, FEW_BYTES))));
    }

    private static void serveBehind(Subject s, int aborts, long most) {
        CompletableFuture<?> last = null;
        for (int gone = 0; gone < aborts; gone += Math.min(aborts, WAITERS)) { // more at a time than some can count
            List<CompletableFuture<?>> leaving = new ArrayList<>();
            for (int i = 0; i < Math.min(aborts, WAITERS); i++) {
                leaving.add(s.enlist.get());
            }
            if (last != null) {
                leaving.add(last);
            }
            last = s.enlist.get();
            for (CompletableFuture<?> future : leaving) {
                assertTrue(leave(future));
            }
        }
        atMost(ENDS + 1, s, "behind " + aborts + " aborts");
        var memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = memory.getCurrentThreadAllocatedBytes();
        s.serve.run();
        long bytes = memory.getCurrentThreadAllocatedBytes() - before;
        assertTrue(last.isDone(), "not served");
        assertTrue(bytes <= most, () -> bytes + " bytes to serve one");
        atMost(ENDS, s, "after all");
    }
}
