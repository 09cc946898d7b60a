// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Covers sync 22, 24: a virtual thread needs memory to park; without it the wait fails, but not without the lock. */
@Timeout(60)
@SuppressWarnings("LockNotBeforeTry") // the state in between is what is tested
class MutexConditionTest {
    private static final int PARKS = 10; // more than a wait needs to notice

    private final Mutex mutex = Mutex.withSegmentSize(true, 1);
    private final MutexCondition condition = (MutexCondition) mutex.newCondition();

    /** Never passes, and fails to park after an action; a wait that goes on after that is at fault, and ended. */
    private static Deadline failing(Runnable before) {
        return new Deadline() {
            private int parks;

            @Override
            public boolean passed() {
                return false;
            }

            @Override
            public void park(Object blocker) {
                assertTrue(++parks < PARKS, "waits on, although it can't park");
                before.run();
                throw new OutOfMemoryError("to park");
            }
        };
    }

    @Test
    void await_withoutMemoryToPark_failsWithTheLock() {
        mutex.lock();
        mutex.lock();
        Error error = assertThrows(OutOfMemoryError.class, () -> condition.waitForSignal(failing(() -> {})));
        assertEquals("to park", error.getMessage());
        assertHeldTwice();
    }

    @Test
    void await_withoutMemoryToParkButSignalled_succeeds() throws InterruptedException {
        mutex.lock();
        mutex.lock();
        assertTrue(condition.waitForSignal(failing(this::signalInAnotherThread)));
        assertHeldTwice();
    }

    @Test
    void await_withoutMemoryToParkAndInterrupted_failsAndKeepsTheFlag() {
        mutex.lock();
        mutex.lock();
        Thread me = Thread.currentThread();
        assertThrows(OutOfMemoryError.class, () -> condition.waitForSignal(failing(me::interrupt)));
        assertTrue(Thread.interrupted());
        assertHeldTwice();
    }

    private void signalInAnotherThread() {
        Thread thread = new Thread(() -> {
            mutex.lock();
            condition.signal();
            mutex.unlock();
        });
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void assertHeldTwice() {
        assertEquals(2, mutex.getHoldCount());
        assertEquals(0, mutex.getWaitQueueLength(condition));
        mutex.unlock();
        mutex.unlock();
        assertFalse(mutex.isLocked());
        assertTrue(mutex.lockAsync().isDone());
    }
}
