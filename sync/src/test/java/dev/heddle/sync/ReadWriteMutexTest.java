// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers sync 1, 2, 6, 7, 9, 10, 11, 12, 24, 26. Phases, their aborts, and who may pass whom. */
@Timeout(120)
@SuppressWarnings("LockNotBeforeTry") // who holds what, and when, is what these tests are about
class ReadWriteMutexTest {
    private static final int[] SEGMENT_SIZES = {1, 2, 32};

    static Stream<Arguments> kindsAndSizes() {
        return ThreadKind.available().stream()
                .flatMap(kind -> Arrays.stream(SEGMENT_SIZES).mapToObj(size -> Arguments.of(kind, size)));
    }

    /** What entered, in order; each thread leaves when it is told to. */
    private static final class Scene {
        final ThreadKind kind;
        final ReadWriteMutex mutex;
        final List<String> entered = Collections.synchronizedList(new ArrayList<>());

        Scene(ThreadKind kind, boolean fair, int segmentSize) {
            this.kind = kind;
            this.mutex = ReadWriteMutex.withSegmentSize(fair, segmentSize);
        }

        Visitor reader(String name) {
            return new Visitor(this, name, mutex.readLock());
        }

        Visitor writer(String name) {
            return new Visitor(this, name, mutex.writeLock());
        }

        /** The names that have entered, those of one phase in alphabetic order. */
        void sees(String... names) {
            Await.until(() -> entered.size() >= names.length);
            List<String> sorted = new ArrayList<>(entered);
            Collections.sort(sorted);
            List<String> expected = new ArrayList<>(List.of(names));
            Collections.sort(expected);
            assertEquals(expected, sorted);
        }

        void ends(Visitor... visitors) {
            for (Visitor v : visitors) {
                v.leave.release();
                Await.ended(v.thread);
            }
        }

        void isIdle() {
            assertEquals("[reads = 0, waiting readers = 0, waiting writers = 0]", mutex.queue.toString());
        }
    }

    /** A thread that takes a side of the lock, says so, and keeps it until it is told to leave. */
    private static final class Visitor {
        final Semaphore leave = new Semaphore(0);
        final Thread thread;

        Visitor(Scene scene, String name, Lock lock) {
            int before = scene.mutex.getQueueLength();
            int inside = scene.entered.size();
            thread = scene.kind.start(() -> {
                try {
                    lock.lockInterruptibly();
                } catch (InterruptedException e) {
                    scene.entered.add(name + " interrupted");
                    return;
                }
                scene.entered.add(name);
                leave.acquireUninterruptibly();
                lock.unlock();
            });
            Await.until(() -> scene.mutex.getQueueLength() > before || scene.entered.size() > inside);
        }

        Visitor waits() {
            Await.parked(thread);
            return this;
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void unlock_ofAWriter_letsAllWaitingReadersInThenTheNextWriter(ThreadKind kind, int size) {
        Scene s = new Scene(kind, true, size);
        Visitor w1 = s.writer("w1");
        Visitor r1 = s.reader("r1").waits();
        Visitor w2 = s.writer("w2").waits();
        Visitor r2 = s.reader("r2").waits();
        Visitor w3 = s.writer("w3").waits();
        Visitor r3 = s.reader("r3").waits();
        s.sees("w1");
        s.ends(w1);
        s.sees("w1", "r1", "r2", "r3");
        Visitor r4 = s.reader("r4").waits();
        s.ends(r1, r3, r2);
        s.sees("w1", "r1", "r2", "r3", "w2");
        Visitor r5 = s.reader("r5").waits();
        s.ends(w2);
        s.sees("w1", "r1", "r2", "r3", "w2", "r4", "r5");
        assertEquals(1, s.mutex.getQueueLength());
        s.ends(r4, r5);
        s.sees("w1", "r1", "r2", "r3", "w2", "r4", "r5", "w3");
        s.ends(w3);
        s.isIdle();
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void interrupt_ofTheLastWaitingWriter_letsTheReadersBehindItIn(ThreadKind kind, int size) {
        Scene s = new Scene(kind, true, size);
        Visitor r1 = s.reader("r1");
        Visitor w1 = s.writer("w1").waits();
        Visitor w2 = s.writer("w2").waits();
        Visitor r2 = s.reader("r2").waits();
        Visitor r3 = s.reader("r3").waits();
        w1.thread.interrupt();
        Await.ended(w1.thread);
        r2.waits();
        r3.waits();
        s.sees("r1", "w1 interrupted");
        w2.thread.interrupt();
        Await.ended(w2.thread);
        s.sees("r1", "w1 interrupted", "w2 interrupted", "r2", "r3");
        s.ends(r1, r2, r3);
        s.isIdle();
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void interrupt_ofTheFirstWriter_servesTheNext(ThreadKind kind, int size) {
        Scene s = new Scene(kind, true, size);
        Visitor w1 = s.writer("w1");
        Visitor w2 = s.writer("w2").waits();
        Visitor w3 = s.writer("w3").waits();
        w2.thread.interrupt();
        Await.ended(w2.thread);
        w3.waits();
        s.ends(w1);
        s.sees("w1", "w2 interrupted", "w3");
        s.ends(w3);
        s.isIdle();
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void interrupt_ofAWaitingReader_grantsNobody(ThreadKind kind, int size) {
        Scene s = new Scene(kind, true, size);
        Visitor w1 = s.writer("w1");
        Visitor r1 = s.reader("r1").waits();
        Visitor r2 = s.reader("r2").waits();
        Visitor w2 = s.writer("w2").waits();
        r1.thread.interrupt();
        Await.ended(r1.thread);
        r2.waits();
        w2.waits();
        s.sees("w1", "r1 interrupted");
        assertEquals(2, s.mutex.getQueueLength());
        r2.thread.interrupt();
        Await.ended(r2.thread);
        s.ends(w1); // nobody's turn but the writer's
        s.sees("w1", "r1 interrupted", "r2 interrupted", "w2");
        s.ends(w2);
        s.isIdle();
    }

    @ParameterizedTest
    @EnumSource
    void writers_ofAllKinds_areServedInArrivalOrder(Side side) throws Exception {
        for (int size : SEGMENT_SIZES) {
            ReadWriteMutex mutex = ReadWriteMutex.withSegmentSize(true, size);
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            ReadWriteMutex.Permit first = Await.value(mutex.writeLockAsync());
            List<Thread> threads = new ArrayList<>();
            List<CompletableFuture<Void>> futures = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                int number = i;
                if (i % 3 == 0) {
                    futures.add(mutex.writeLockAsync().thenAccept(permit -> {
                        order.add(number);
                        permit.close();
                    }));
                } else {
                    List<ThreadKind> kinds = ThreadKind.available();
                    threads.add(kinds.get(i % kinds.size()).start(() -> {
                        mutex.writeLock().lock();
                        order.add(number);
                        mutex.writeLock().unlock();
                    }));
                    Await.parked(threads.get(threads.size() - 1)); // only then is its place fixed
                }
                assertEquals(number + 1, mutex.getQueueLength());
            }
            side.release(mutex, first);
            Await.ended(threads);
            for (CompletableFuture<Void> f : futures) {
                Await.value(f);
            }
            assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), order);
        }
    }

    /** How a chain of writers starts to move. */
    enum Side {
        UNLOCK {
            @Override
            void release(ReadWriteMutex mutex, ReadWriteMutex.Permit first) {
                first.close();
            }
        },
        LAST_READER {
            @Override
            void release(ReadWriteMutex mutex, ReadWriteMutex.Permit first) throws Exception {
                CompletableFuture<ReadWriteMutex.Permit> reader = mutex.readLockAsync();
                first.close();
                assertEquals(1, mutex.getReadLockCount());
                Await.value(reader).close();
            }
        };

        abstract void release(ReadWriteMutex mutex, ReadWriteMutex.Permit first) throws Exception;
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void downgrade_letsReadersInAndKeepsTheNextWriterOut(ThreadKind kind, int size) {
        Scene s = new Scene(kind, true, size);
        s.mutex.writeLock().lock();
        Visitor r1 = s.reader("r1").waits();
        Visitor w1 = s.writer("w1").waits();
        s.mutex.readLock().lock();
        s.mutex.writeLock().unlock();
        s.sees("r1");
        s.ends(r1);
        w1.waits();
        s.mutex.readLock().unlock();
        s.sees("r1", "w1");
        s.ends(w1);
        s.isIdle();
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void tries_passTheQueue_timedOnesDoNot(ThreadKind kind, int size) throws Exception {
        Scene s = new Scene(kind, true, size);
        Visitor r1 = s.reader("r1");
        Visitor w1 = s.writer("w1").waits();
        assertFalse(s.mutex.readLock().tryLock(0, TimeUnit.SECONDS));
        assertFalse(s.mutex.readLock().tryLock(1, TimeUnit.MICROSECONDS));
        assertTrue(s.mutex.readLock().tryLock());
        assertFalse(s.mutex.writeLock().tryLock());
        s.ends(r1);
        w1.waits();
        s.mutex.readLock().unlock();
        s.sees("r1", "w1");
        assertFalse(s.mutex.readLock().tryLock());
        s.ends(w1);
        s.isIdle();
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void waiterCountedButNotInstalled_stopsNeitherLeavesNorTries(ThreadKind kind) {
        for (boolean write : new boolean[] {false, true}) {
            Scene s = new Scene(kind, true, 1);
            s.mutex.writeLock().lock();
            assertEquals(
                    ReadWriteQueue.ENLISTED, write ? s.mutex.queue.enterWrite(true) : s.mutex.queue.enterRead(true));
            s.mutex.writeLock().unlock(); // sync 12: the frozen waiter is not waited for
            assertTrue(s.mutex.writeLock().tryLock());
            s.mutex.writeLock().unlock();
            assertTrue(s.mutex.readLock().tryLock());
            s.mutex.readLock().unlock();
            Visitor w1 = s.writer("w1");
            s.sees("w1"); // first in the queue, as the frozen one is not in it
            s.ends(w1);
            assertEquals(1, s.mutex.getQueueLength());
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void barging_writerPassesTheQueue_waitersAreServedAllTheSame(ThreadKind kind, int size) {
        Scene s = new Scene(kind, false, size);
        s.mutex.readLock().lock();
        Visitor w1 = s.writer("w1").waits();
        Visitor r1 = s.reader("r1").waits();
        Visitor w2 = s.writer("w2").waits();
        assertTrue(s.mutex.hasQueuedThread(r1.thread), "a reader does not pass a waiting writer");
        s.mutex.readLock().unlock();
        s.sees("w1");
        s.ends(w1);
        s.sees("w1", "r1");
        s.ends(r1);
        s.sees("w1", "r1", "w2");
        s.ends(w2);
        s.isIdle();
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void barging_wokenWaiterIsInterrupted_passesTheWakeUpOn(ThreadKind kind, int size) {
        for (int i = 0; i < 200; i++) {
            Scene s = new Scene(kind, false, size);
            s.mutex.writeLock().lock();
            Visitor w1 = s.writer("w1").waits();
            Visitor w2 = s.writer("w2").waits();
            w1.thread.interrupt();
            s.mutex.writeLock().unlock(); // wakes w1, which is about to leave
            w1.leave.release();
            s.ends(w2);
            Await.ended(w1.thread);
            s.isIdle();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void condition_waitOfADowngradingWriter_givesItsReadHoldsBackAndTakesThemAgain(ThreadKind kind) throws Exception {
        for (boolean fair : new boolean[] {true, false}) {
            ReadWriteMutex mutex = ReadWriteMutex.withSegmentSize(fair, 1);
            Condition condition = mutex.writeLock().newCondition();
            CompletableFuture<Thread> waiter = run(kind, () -> {
                mutex.writeLock().lock();
                mutex.writeLock().lock();
                mutex.readLock().lock();
                mutex.readLock().lock();
                mutex.readLock().lock();
                condition.awaitUninterruptibly();
                assertEquals(2, mutex.getWriteHoldCount());
                assertEquals(3, mutex.getReadHoldCount());
                assertEquals(3, mutex.getReadLockCount());
                mutex.writeLock().unlock();
                mutex.writeLock().unlock();
            });
            lockWhenWaitedFor(mutex, condition);
            assertEquals(0, mutex.getReadLockCount());
            condition.signal();
            assertEquals(1, mutex.getQueueLength());
            mutex.writeLock().unlock();
            Await.value(waiter);
            assertEquals(3, mutex.getReadLockCount());
        }
    }

    /** Runs the body in a thread of its own; the future fails as the body does. */
    private static CompletableFuture<Thread> run(ThreadKind kind, Runnable body) {
        CompletableFuture<Thread> done = new CompletableFuture<>();
        kind.start(() -> {
            try {
                body.run();
                done.complete(Thread.currentThread());
            } catch (Throwable t) {
                done.completeExceptionally(t);
            }
        });
        return done;
    }

    private static void lockWhenWaitedFor(ReadWriteMutex mutex, Condition condition) {
        Await.until(() -> {
            if (!mutex.writeLock().tryLock()) {
                return false;
            }
            if (mutex.hasWaiters(condition)) {
                return true;
            }
            mutex.writeLock().unlock();
            return false;
        });
    }

    @ParameterizedTest
    @MethodSource("kindsAndSizes")
    void condition_signalled_queuesAmongTheWriters(ThreadKind kind, int size) {
        for (boolean fair : new boolean[] {true, false}) {
            Scene s = new Scene(kind, fair, size);
            Condition condition = s.mutex.writeLock().newCondition();
            Thread waiter = kind.start(() -> {
                s.mutex.writeLock().lock();
                condition.awaitUninterruptibly();
                s.entered.add("signalled");
                s.mutex.writeLock().unlock();
            });
            lockWhenWaitedFor(s.mutex, condition);
            Visitor w1 = s.writer("w1").waits();
            condition.signal();
            Visitor r1 = s.reader("r1").waits();
            Await.parked(waiter);
            s.mutex.writeLock().unlock();
            s.sees("r1");
            s.ends(r1);
            s.sees("r1", "w1");
            s.ends(w1);
            Await.ended(waiter);
            s.sees("r1", "w1", "signalled");
            s.isIdle();
        }
    }

    @Test
    void limits_tooManyHolds_areAnErrorThatChangesNothing() {
        ReadWriteMutex mutex = new ReadWriteMutex();
        mutex.writeLock().lock();
        for (int i = 0; i < ReadWriteOwner.MAX_HOLDS; i++) {
            mutex.readLock().lock();
        }
        assertThrows(Error.class, mutex.readLock()::lock);
        assertThrows(Error.class, mutex.readLock()::tryLock);
        mutex.writeLock().unlock();
        assertThrows(Error.class, mutex::readLockAsync);
        assertEquals(ReadWriteOwner.MAX_HOLDS, mutex.getReadLockCount());
        assertEquals(ReadWriteOwner.MAX_HOLDS, mutex.getReadHoldCount());
        assertEquals(0, mutex.getQueueLength());
    }

    /** A batch that does not fit is cut; what is left of it enters later. */
    @Test
    void limits_batchPastTheMostHolds_entersAsHoldsAreGivenBack() {
        ReadWriteMutex mutex = ReadWriteMutex.withSegmentSize(true, 2);
        mutex.writeLock().lock();
        for (int i = 0; i < ReadWriteOwner.MAX_HOLDS - 1; i++) {
            mutex.readLock().lock();
        }
        List<CompletableFuture<ReadWriteMutex.Permit>> readers =
                List.of(mutex.readLockAsync(), mutex.readLockAsync(), mutex.readLockAsync());
        mutex.writeLock().unlock();
        assertEquals(
                List.of(true, false, false),
                readers.stream().map(CompletableFuture::isDone).toList());
        mutex.readLock().unlock();
        assertEquals(
                List.of(true, true, false),
                readers.stream().map(CompletableFuture::isDone).toList());
        readers.get(0).join().close();
        assertEquals(
                List.of(true, true, true),
                readers.stream().map(CompletableFuture::isDone).toList());
        assertEquals(ReadWriteOwner.MAX_HOLDS, mutex.getReadLockCount());
    }

    @Test
    void limits_tooManyWaiters_areAnErrorThatChangesNothing() {
        ReadWriteMutex mutex = new ReadWriteMutex();
        mutex.writeLock().lock();
        for (int i = 0; i < ReadWriteWord.MAX_WAITERS; i++) { // counted only, to save the memory
            assertEquals(ReadWriteQueue.ENLISTED, mutex.queue.enterRead(true));
            assertEquals(ReadWriteQueue.ENLISTED, mutex.queue.enterWrite(true));
        }
        assertThrows(Error.class, mutex::readLockAsync);
        assertThrows(Error.class, mutex::writeLockAsync);
        assertEquals(2 * ReadWriteWord.MAX_WAITERS, mutex.getQueueLength());
        mutex.writeLock().unlock();
        assertFalse(mutex.isWriteLocked());
        assertTrue(mutex.readLock().tryLock());
    }
}
