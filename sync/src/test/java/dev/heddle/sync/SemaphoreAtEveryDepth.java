// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The operations of a {@link Semaphore} in {@link EveryDepth}. */
final class SemaphoreAtEveryDepth {
    private static final int MANY = 100_000; // more permits than there are levels
    private static final int WAITERS = 5_000; // as many of them

    private SemaphoreAtEveryDepth() {}

    static void all(boolean fair) {
        acquire(fair);
        tryAcquireTimed(fair);
        bulkHeadTimesOut(fair);
        acquireAsync(fair);
        cancel(fair);
        release(fair);
        releaseEndsEpoch(fair);
        releaseToThreads(fair);
    }

    private static void acquire(boolean fair) {
        var semaphore = new Semaphore(MANY, fair);
        var run = EveryDepth.run(semaphore::acquireUninterruptibly);
        run.check(semaphore.availablePermits() == MANY - run.successes(), "acquire: " + semaphore);
    }

    private static void tryAcquireTimed(boolean fair) {
        var semaphore = new Semaphore(0, fair);
        var run = EveryDepth.run(() -> timed(semaphore, 1));
        run.check(semaphore.getQueueLength() == 0, "tryAcquire: queue length " + semaphore.getQueueLength());
        usable(semaphore, 0, run);
    }

    private static void timed(Semaphore semaphore, int permits) {
        try {
            if (semaphore.tryAcquire(permits, 1, TimeUnit.NANOSECONDS)) {
                throw new AssertionError("acquired");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The head times out and has the next one served: the longest way that an acquire can go. */
    private static void bulkHeadTimesOut(boolean fair) {
        var semaphore = new Semaphore(1, fair);
        var next = new NextInLine(semaphore);
        next.start();
        var run = EveryDepth.run(() -> {
            try {
                semaphore.take(3, next, true);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        next.end();
        int served = next.served();
        run.check(semaphore.getQueueLength() == 0, "bulk: queue length " + semaphore.getQueueLength());
        run.check(served >= run.successes(), "bulk: served " + served);
        usable(semaphore, 1, run);
    }

    /** When asked whether the time is over, a second thread queues up for the one permit, and then it is over. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // each number has one writer
    private static final class NextInLine extends Deadline {
        private final Semaphore semaphore;
        private final Thread thread = new Thread(this::queueUp);
        private final List<CompletableFuture<Void>> waiters = new ArrayList<>();
        private volatile int wanted;
        private volatile int done;
        private volatile boolean ended;

        NextInLine(Semaphore semaphore) {
            this.semaphore = semaphore;
        }

        void start() {
            thread.start();
        }

        private void queueUp() {
            while (!ended) {
                if (wanted > done) {
                    if (done > 0) {
                        waiters.get(done - 1).join();
                        semaphore.release();
                    }
                    waiters.add(semaphore.acquireAsync());
                    done++;
                }
                LockSupport.parkNanos(10_000);
            }
        }

        void end() {
            ended = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (done > 0) {
                waiters.get(done - 1).join();
                semaphore.release();
            }
        }

        int served() {
            return done;
        }

        @Override
        public boolean passed() {
            if (wanted == done) {
                wanted++;
            }
            while (done < wanted) {
                // ends: the other thread waits for nobody now; no call here, as there may be no stack for one
            }
            return true;
        }

        @Override
        public void park(Object blocker) {
            throw new AssertionError("the time is over");
        }
    }

    private static void acquireAsync(boolean fair) {
        var semaphore = new Semaphore(0, fair);
        var run = EveryDepth.run(semaphore::acquireAsync);
        run.check(
                semaphore.getQueueLength() == run.successes(),
                "acquireAsync: queue length " + semaphore.getQueueLength());
        semaphore.release(run.successes());
        usable(semaphore, 0, run);
        var free = new Semaphore(MANY, fair);
        run = EveryDepth.run(free::acquireAsync);
        run.check(free.availablePermits() == MANY - run.successes(), "acquireAsync: " + free);
    }

    /** A cancel that overflows has either cancelled or not; in both cases the queue is right. */
    private static void cancel(boolean fair) {
        var semaphore = new Semaphore(1, fair);
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            futures.add(semaphore.acquireAsync(2));
        }
        var next = new int[1];
        var run = EveryDepth.run(() -> futures.get(next[0]++).cancel(false));
        for (CompletableFuture<Void> future : futures) {
            future.cancel(false);
        }
        run.check(semaphore.getQueueLength() == 0, "cancel: queue length " + semaphore.getQueueLength());
        usable(semaphore, 1, run);
    }

    private static void release(boolean fair) {
        var semaphore = new Semaphore(-1, fair);
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            futures.add(semaphore.acquireAsync());
        }
        var run = EveryDepth.run(semaphore::release);
        int released = semaphore.availablePermits() + 1;
        for (CompletableFuture<Void> future : futures) {
            released += future.isDone() ? 1 : 0;
        }
        run.check(released == run.successes(), "release: " + released + " permits");
        semaphore.release(WAITERS);
        for (CompletableFuture<Void> future : futures) {
            run.check(future.isDone(), "release: not served");
        }
    }

    private static void releaseEndsEpoch(boolean fair) {
        List<Semaphore> semaphores = new ArrayList<>();
        for (int i = 0; i < WAITERS; i++) {
            semaphores.add(Semaphore.withSegmentSize(-1, fair, 1, 1));
        }
        var next = new int[1];
        var run = EveryDepth.run(() -> {
            semaphores.get(next[0]).release(2);
            next[0]++;
        });
        for (int i = 0; i < WAITERS; i++) {
            int permits = semaphores.get(i).availablePermits();
            run.check(permits == (i < next[0] ? 1 : -1), "release of several: " + permits);
        }
    }

    private static void releaseToThreads(boolean fair) {
        var semaphore = new Semaphore(0, fair);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            threads.add(new Thread(semaphore::acquireUninterruptibly));
        }
        threads.forEach(Thread::start);
        while (semaphore.getQueueLength() < threads.size()) {
            LockSupport.parkNanos(10_000);
        }
        var run = EveryDepth.run(semaphore::release);
        semaphore.release(Math.max(threads.size() - run.successes(), 0));
        for (Thread thread : threads) {
            OthersAtEveryDepth.join(thread);
        }
        int left = Math.max(run.successes() - threads.size(), 0);
        run.check(semaphore.availablePermits() == left, "release: " + semaphore);
    }

    private static void usable(Semaphore semaphore, int permits, EveryDepth run) {
        run.check(semaphore.availablePermits() == permits, semaphore + " instead of " + permits);
        var waiter = semaphore.acquireAsync(permits + 1);
        run.check(!waiter.isDone(), "acquired");
        semaphore.release();
        run.check(waiter.isDone(), "not served");
        run.check(semaphore.availablePermits() == 0, semaphore + " after all");
    }
}
