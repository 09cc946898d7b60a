// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/** Covers sync 20. A parked thread names the primitive it waits for, which thread dumps then show with its state. */
class ParkBlockerTest {
    static Stream<Arguments> waits() {
        Mutex mutex = new Mutex();
        ReadWriteMutex readWrite = new ReadWriteMutex();
        Semaphore semaphore = new Semaphore(0);
        CountDownLatch latch = new CountDownLatch(1);
        CyclicBarrier barrier = new CyclicBarrier(9);
        return ThreadKind.available().stream()
                .flatMap(kind -> Stream.of(
                        wait(kind, "semaphore", semaphore, semaphore::acquire),
                        wait(kind, "semaphore, timed", semaphore, () -> semaphore.tryAcquire(1, TimeUnit.HOURS)),
                        wait(kind, "semaphore, bulk", semaphore, () -> semaphore.acquire(2)),
                        wait(kind, "mutex", mutex, mutex::lockInterruptibly),
                        wait(kind, "mutex, timed", mutex, () -> mutex.tryLock(1, TimeUnit.HOURS)),
                        wait(
                                kind,
                                "read lock",
                                readWrite,
                                () -> readWrite.readLock().lockInterruptibly()),
                        wait(
                                kind,
                                "write lock",
                                readWrite,
                                () -> readWrite.writeLock().lockInterruptibly()),
                        wait(kind, "latch", latch, latch::await),
                        wait(kind, "latch, timed", latch, () -> latch.await(1, TimeUnit.HOURS)),
                        wait(kind, "barrier", barrier, barrier::await)));
    }

    private static Arguments wait(ThreadKind kind, String name, Object primitive, Executable wait) {
        return Arguments.of(kind, name, primitive, wait);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("waits")
    void blocker_whileParked_isThePrimitive(ThreadKind kind, String name, Object primitive, Executable wait) {
        Runnable release = hold(primitive);
        Thread thread = kind.start(() -> {
            try {
                wait.execute();
            } catch (Throwable e) {
                Thread.currentThread().interrupt(); // the interrupt below ends the wait
            }
        });
        try {
            Await.parked(thread);
            assertSame(primitive, LockSupport.getBlocker(thread));
        } finally {
            thread.interrupt();
            Await.ended(thread);
            release.run();
        }
    }

    @Test
    @Tag("mutant")
    void blocker_ofAnotherKind_isRejected() {
        var other = new java.util.concurrent.Semaphore(0); // parks on a part of itself
        assertThrows(
                AssertionFailedError.class,
                () -> blocker_whileParked_isThePrimitive(ThreadKind.PLATFORM, "other", other, other::acquire));
    }

    /** Locks what can be locked, so that another thread has to wait; gives what undoes it. */
    private static Runnable hold(Object primitive) {
        if (primitive instanceof Mutex mutex) {
            mutex.lock();
            return mutex::unlock;
        }
        if (primitive instanceof ReadWriteMutex mutex) {
            mutex.writeLock().lock();
            return () -> mutex.writeLock().unlock();
        }
        if (primitive instanceof CyclicBarrier barrier) {
            return barrier::reset; // the interrupted wait has broken it
        }
        return () -> {};
    }
}
