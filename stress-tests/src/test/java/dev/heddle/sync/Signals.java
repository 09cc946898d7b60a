// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Date;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.function.IntSupplier;

/**
 * Threads that hand tokens over by a condition of their lock, and wait for them in every way there is. No wait ends well
 * without a signal, and none stays without one.
 */
final class Signals {
    private static final int MOST_TOKENS = 4;

    private final Lock lock;
    private final Condition condition;
    private final IntSupplier waiting;
    private int tokens; // these three are plain, guarded by the lock
    private long signalled; // at least so many as were claimed by a signal
    private long woken;

    /** The owner of {@code lock} learns from {@code waiting} how many wait. */
    Signals(Lock lock, Condition condition, IntSupplier waiting) {
        this.lock = lock;
        this.condition = condition;
        this.waiting = waiting;
    }

    /** Takes the lock, gives a token or takes one; {@code inside} is run whenever the lock has just been taken. */
    void handOver(Dice dice, Runnable inside) throws InterruptedException {
        lock.lock();
        try {
            inside.run();
            if (dice.oneIn(2)) {
                tokens = Math.min(tokens + 1, MOST_TOKENS);
                signal(dice.oneIn(2));
            } else {
                if (tokens == 0) {
                    waitForOne(dice);
                    inside.run(); // the wait gave the lock back and took it again
                }
                tokens = Math.max(tokens - 1, 0);
            }
        } finally {
            lock.unlock();
        }
    }

    private void waitForOne(Dice dice) throws InterruptedException {
        long before = signalled;
        if (await(dice)) {
            woken++;
            assertTrue(signalled > before, "woken without a signal");
        }
    }

    private void signal(boolean all) {
        int there = waiting.getAsInt(); // those who are just giving up included
        if (all) {
            signalled += there;
            condition.signalAll();
        } else {
            signalled += Math.min(there, 1);
            condition.signal();
        }
    }

    /** True if it ended by a signal. */
    @SuppressWarnings({"WaitNotInLoop", "JavaUtilDate"}) // a wake-up for no reason is counted; Condition wants a Date
    private boolean await(Dice dice) throws InterruptedException {
        switch (dice.below(8)) {
            case 0 -> condition.awaitUninterruptibly();
            case 1, 2, 3 -> condition.await();
            case 4 -> {
                return condition.awaitNanos(dice.nanos()) > 0;
            }
            case 5 -> {
                return condition.awaitUntil(new Date(System.currentTimeMillis() + dice.below(2)));
            }
            default -> {
                return condition.await(dice.nanos(), TimeUnit.NANOSECONDS);
            }
        }
        return true;
    }

    /** Lets go who waits without a limit; called again and again. */
    void finish() {
        if (lock.tryLock()) {
            try {
                signal(true);
            } finally {
                lock.unlock();
            }
        }
    }

    /** The caller owns the lock, and nobody is at work any more. */
    void check() {
        assertEquals(0, waiting.getAsInt());
        assertTrue(woken <= signalled, () -> woken + " woken, " + signalled + " signals");
    }
}
