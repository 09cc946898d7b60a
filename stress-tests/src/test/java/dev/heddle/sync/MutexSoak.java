// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.function.UnaryOperator;

/** One inside at a time; what it wrote is seen by the next; a condition hands tokens over. */
final class MutexSoak extends Scenario {
    private final Mutex mutex;
    private final Signals signals;
    private final AtomicLong entries = new AtomicLong();
    private long count; // plain, guarded by the mutex
    private boolean inside; // plain, guarded by the mutex

    MutexSoak(Mutex mutex) {
        this(mutex, condition -> condition);
    }

    /** Waits and signals go through {@code view} of a condition. */
    MutexSoak(Mutex mutex, UnaryOperator<Condition> view) {
        this.mutex = mutex;
        Condition condition = mutex.newCondition();
        this.signals = new Signals(mutex, view.apply(condition), () -> mutex.getWaitQueueLength(condition));
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
            case 4 -> signals.handOver(dice, this::critical);
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

    @Override
    void finish() {
        signals.finish();
    }

    @Override
    void check() {
        assertFalse(mutex.isLocked());
        assertEquals(0, mutex.getQueueLength());
        assertTrue(mutex.tryLock());
        assertEquals(entries.get(), count);
        assertEquals(1, mutex.getHoldCount());
        signals.check();
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

    /** A broken twin: a wait whose time is over looks like one that was signalled. */
    @SuppressWarnings("WaitNotInLoop") // it only passes the calls on
    static final class Hasty implements Condition {
        private final Condition condition;

        Hasty(Condition condition) {
            this.condition = condition;
        }

        @Override
        public boolean await(long time, TimeUnit unit) throws InterruptedException {
            condition.await(time, unit);
            return true; // MUTANT
        }

        @Override
        public void await() throws InterruptedException {
            condition.await();
        }

        @Override
        public void awaitUninterruptibly() {
            condition.awaitUninterruptibly();
        }

        @Override
        public long awaitNanos(long nanos) throws InterruptedException {
            return condition.awaitNanos(nanos);
        }

        @Override
        public boolean awaitUntil(Date deadline) throws InterruptedException {
            return condition.awaitUntil(deadline);
        }

        @Override
        public void signal() {
            condition.signal();
        }

        @Override
        public void signalAll() {
            condition.signalAll();
        }
    }
}
