// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/** One inside at a time; what it wrote is seen by the next; a condition hands tokens over. */
final class MutexSoak extends Scenario {
    private static final int MOST_TOKENS = 4;

    private final Mutex mutex;
    private final Condition condition;
    private final AtomicLong entries = new AtomicLong();
    private long count; // plain, guarded by the mutex
    private int tokens; // plain, guarded by the mutex
    private boolean inside; // plain, guarded by the mutex

    MutexSoak(Mutex mutex) {
        this.mutex = mutex;
        this.condition = mutex.newCondition();
    }

    @Override
    @SuppressWarnings("LockNotBeforeTry") // a failure inside ends the storm
    void act(Dice dice) throws Exception {
        switch (dice.below(6)) {
            case 0 -> {
                mutex.lock();
                critical();
                if (dice.oneIn(4)) {
                    mutex.lock(); // again, by the owner
                    mutex.unlock();
                }
                mutex.unlock();
            }
            case 1 -> {
                mutex.lockInterruptibly();
                critical();
                mutex.unlock();
            }
            case 2 -> useIf(mutex.tryLock());
            case 3 -> useIf(mutex.tryLock(dice.nanos(), TimeUnit.NANOSECONDS));
            case 4 -> handOver(dice);
            default ->
                settle(mutex.lockAsync(), dice, permit -> {
                    critical();
                    permit.close();
                });
        }
    }

    private void useIf(boolean locked) {
        if (locked) {
            critical();
            mutex.unlock();
        }
    }

    private void critical() {
        assertFalse(inside, "two inside");
        inside = true;
        entries.incrementAndGet();
        count++;
        inside = false;
    }

    @SuppressWarnings("WaitNotInLoop") // a wake-up for no reason is as good as any
    private void handOver(Dice dice) throws InterruptedException {
        mutex.lock();
        try {
            critical();
            if (dice.oneIn(2)) {
                tokens = Math.min(tokens + 1, MOST_TOKENS);
                if (dice.oneIn(2)) {
                    condition.signal();
                } else {
                    condition.signalAll();
                }
            } else if (tokens > 0 || condition.await(dice.nanos(), TimeUnit.NANOSECONDS)) {
                critical(); // the wait gave the lock back and took it again
                tokens = Math.max(tokens - 1, 0);
            }
        } finally {
            assertTrue(mutex.isHeldByCurrentThread());
            mutex.unlock();
        }
    }

    @Override
    void check() {
        assertFalse(mutex.isLocked());
        assertEquals(0, mutex.getQueueLength());
        assertTrue(mutex.tryLock());
        assertEquals(entries.get(), count);
        assertEquals(1, mutex.getHoldCount());
        assertEquals(0, mutex.getWaitQueueLength(condition));
        mutex.unlock();
        assertFewSegments(mutex);
    }

    /** A broken twin: an interrupted caller goes in without the lock. */
    static final class Swallowing extends Mutex {
        private static final long serialVersionUID = 1L;

        @Override
        public void lockInterruptibly() {
            try {
                super.lockInterruptibly();
            } catch (InterruptedException dropped) {
                Thread.currentThread().interrupt(); // MUTANT: returns as if it had the lock
            }
        }
    }
}
