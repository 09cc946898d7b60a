// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.sync.Mutex;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** The gates by name. */
public final class Gates {
    private Gates() {}

    /** Returns a semaphore with the given permits. */
    public static Gate semaphore(String impl, int permits) {
        return switch (impl) {
            case "raw" -> new Raw(permits);
            case "kotlinx" -> new KotlinxFastSemaphore(permits);
            default -> waitingSemaphore(impl, permits);
        };
    }

    /** Returns a semaphore whose waiters can be counted and give up. */
    public static WaitingGate waitingSemaphore(String impl, int permits) {
        return switch (impl) {
            case "heddle-fair" -> new HeddleSemaphore(permits, true);
            case "heddle-barging" -> new HeddleSemaphore(permits, false);
            case "jdk-fair" -> new JdkSemaphore(permits, true);
            case "jdk-unfair" -> new JdkSemaphore(permits, false);
            default -> throw unknown(impl);
        };
    }

    /** Returns a mutex. */
    public static Gate mutex(String impl) {
        return switch (impl) {
            case "heddle-fair" -> new OfLock(new Mutex(true));
            case "heddle-barging" -> new OfLock(new Mutex(false));
            case "jdk-fair" -> new OfLock(new ReentrantLock(true));
            case "jdk-unfair" -> new OfLock(new ReentrantLock(false));
            default -> throw unknown(impl);
        };
    }

    static IllegalArgumentException unknown(String impl) {
        return new IllegalArgumentException("no such implementation here: " + impl);
    }

    /** The floor: the two unconditional fetch-and-adds that the fast path of a semaphore cannot do without. */
    static final class Raw extends AtomicLong implements Gate {
        private static final long serialVersionUID = 1L;

        Raw(int permits) {
            super(permits);
        }

        @Override
        public void enter() {
            if (getAndAdd(-1) <= 0) {
                throw new IllegalStateException("the floor cannot wait: more threads than permits");
            }
        }

        @Override
        public void leave() {
            if (getAndAdd(1) < 0) {
                throw new IllegalStateException("the floor cannot wake");
            }
        }
    }

    static final class HeddleSemaphore implements WaitingGate {
        private final dev.heddle.sync.Semaphore semaphore;

        HeddleSemaphore(int permits, boolean fair) {
            semaphore = new dev.heddle.sync.Semaphore(permits, fair);
        }

        @Override
        public void enter() throws InterruptedException {
            semaphore.acquire();
        }

        @Override
        public boolean enter(long timeout, TimeUnit unit) throws InterruptedException {
            return semaphore.tryAcquire(timeout, unit);
        }

        @Override
        public void leave() {
            semaphore.release();
        }

        @Override
        public int waiting() {
            return semaphore.getQueueLength();
        }
    }

    static final class JdkSemaphore implements WaitingGate {
        private final Semaphore semaphore;

        JdkSemaphore(int permits, boolean fair) {
            semaphore = new Semaphore(permits, fair);
        }

        @Override
        public void enter() throws InterruptedException {
            semaphore.acquire();
        }

        @Override
        public boolean enter(long timeout, TimeUnit unit) throws InterruptedException {
            return semaphore.tryAcquire(timeout, unit);
        }

        @Override
        public void leave() {
            semaphore.release();
        }

        @Override
        public int waiting() {
            return semaphore.getQueueLength();
        }
    }

    static final class OfLock implements Gate {
        private final Lock lock;

        OfLock(Lock lock) {
            this.lock = lock;
        }

        @Override
        public void enter() {
            lock.lock();
        }

        @Override
        public void leave() {
            lock.unlock();
        }
    }
}
