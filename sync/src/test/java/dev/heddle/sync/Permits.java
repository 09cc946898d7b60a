// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.util.concurrent.CompletableFuture;

/** What the checkers ask of a semaphore: so one checker serves {@link Semaphore} and its mutants. */
public interface Permits {
    boolean tryAcquire(int permits);

    CompletableFuture<Void> acquireAsync(int permits);

    /** As {@code acquire()}: the fast path first. */
    CompletableFuture<Void> acquire();

    void release();

    void release(int permits);

    void reducePermits(int reduction);

    int drainPermits();

    int availablePermits();

    int getQueueLength();

    /** A semaphore with segments of one or two cells that ends an epoch after {@code calmSteps} calm releases. */
    static Permits of(int permits, boolean fair, int segmentSize, int calmSteps) {
        return new Real(Semaphore.withSegmentSize(permits, fair, segmentSize, calmSteps));
    }

    /** The semaphore itself. */
    final class Real implements Permits {
        private final Semaphore semaphore;

        Real(Semaphore semaphore) {
            this.semaphore = semaphore;
        }

        @Override
        public boolean tryAcquire(int permits) {
            return permits == 1 ? semaphore.tryAcquire() : semaphore.tryAcquire(permits);
        }

        @Override
        public CompletableFuture<Void> acquireAsync(int permits) {
            return semaphore.acquireAsync(permits);
        }

        @Override
        public CompletableFuture<Void> acquire() {
            return semaphore.takeFast() ? CompletableFuture.completedFuture(null) : semaphore.acquireAsync(1);
        }

        @Override
        public void release() {
            semaphore.release();
        }

        @Override
        public void release(int permits) {
            semaphore.release(permits);
        }

        @Override
        public void reducePermits(int reduction) {
            semaphore.reducePermits(reduction);
        }

        @Override
        public int drainPermits() {
            return semaphore.drainPermits();
        }

        @Override
        public int availablePermits() {
            return semaphore.availablePermits();
        }

        @Override
        public int getQueueLength() {
            return semaphore.getQueueLength();
        }
    }
}
