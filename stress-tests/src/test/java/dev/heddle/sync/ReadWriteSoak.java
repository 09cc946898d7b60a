// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** A writer is alone; readers are among themselves; a writer may stay as a reader, or wait on a condition. */
final class ReadWriteSoak extends Scenario {
    private static final int WRITER = Integer.MIN_VALUE;

    private final ReadWriteMutex mutex;
    private final Lock read;
    private final Lock write;
    private final Signals signals;
    private final AtomicInteger inside = new AtomicInteger(); // readers, or WRITER
    private int left; // both plain, written by writers only, equal for every reader
    private int right;

    ReadWriteSoak(ReadWriteMutex mutex, Lock write) {
        this.mutex = mutex;
        this.read = mutex.readLock();
        this.write = write;
        Condition condition = mutex.writeLock().newCondition();
        this.signals = new Signals(mutex.writeLock(), condition, () -> mutex.getWaitQueueLength(condition));
    }

    @Override
    void act(Dice dice) throws Exception {
        switch (dice.below(6)) {
            case 0 -> use(write, this::writeInside, dice);
            case 1 ->
                settle(mutex.readLockAsync(), dice, permit -> {
                    readInside();
                    permit.close();
                });
            case 2 ->
                settle(mutex.writeLockAsync(), dice, permit -> {
                    writeInside();
                    permit.close();
                });
            case 3 -> signals.handOver(dice, this::writeInside);
            case 4 -> downgrade();
            default -> use(read, this::readInside, dice);
        }
    }

    private static void use(Lock lock, Runnable body, Dice dice) throws InterruptedException {
        switch (dice.below(4)) {
            case 0 -> lock.lock();
            case 1 -> lock.lockInterruptibly();
            case 2 -> {
                if (!lock.tryLock()) {
                    return;
                }
            }
            default -> {
                if (!lock.tryLock(dice.nanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        }
        try {
            body.run();
        } finally {
            lock.unlock();
        }
    }

    private void downgrade() {
        mutex.writeLock().lock();
        try {
            writeInside();
            read.lock(); // before the write lock is given back
        } finally {
            mutex.writeLock().unlock();
        }
        try {
            readInside();
        } finally {
            read.unlock();
        }
    }

    private void readInside() {
        assertTrue(inside.getAndIncrement() >= 0, "a reader beside a writer");
        assertEquals(left, right);
        inside.getAndDecrement();
    }

    private void writeInside() {
        assertTrue(inside.compareAndSet(0, WRITER), "a writer is not alone");
        left++;
        Thread.onSpinWait();
        right++;
        inside.set(0);
    }

    @Override
    void finish() {
        signals.finish();
    }

    @Override
    void check() {
        assertFalse(mutex.isWriteLocked());
        assertEquals(0, mutex.getReadLockCount());
        assertEquals(0, mutex.getQueueLength());
        assertTrue(mutex.writeLock().tryLock());
        assertEquals(left, right);
        signals.check();
        mutex.writeLock().unlock();
        assertTrue(read.tryLock());
        read.unlock();
        assertFewSegments(mutex);
    }
}
