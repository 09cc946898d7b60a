// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.jmh.Threads;
import dev.heddle.sync.Semaphore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.sync.SemaphoreKt;

/** One waiter that joins the end of a queue and gives up at once. */
public interface Aborts {
    /** Joins and gives up. */
    void abort() throws InterruptedException;

    /** Lets the waiters in front go. */
    void close() throws InterruptedException;

    /** Returns a semaphore without permits in which {@code waiting} others wait. */
    static Aborts behind(String impl, int waiting) {
        return switch (impl) {
            case "heddle-async" -> new HeddleCancel(waiting);
            case "kotlinx" -> new KotlinxCancel(waiting);
            default -> new Timeout(Gates.waitingSemaphore(impl, 0), waiting);
        };
    }

    /** A timed acquire whose time is over as soon as it has joined. */
    final class Timeout implements Aborts {
        private final WaitingGate gate;
        private final Parked parked;

        Timeout(WaitingGate gate, int waiting) {
            this.gate = gate;
            this.parked = new Parked(gate, Threads.cheapest(), waiting);
        }

        @Override
        public void abort() throws InterruptedException {
            if (gate.enter(1, TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("a permit came from nowhere");
            }
        }

        @Override
        public void close() throws InterruptedException {
            parked.release();
        }
    }

    /** A future that waits and is cancelled. */
    final class HeddleCancel implements Aborts {
        private final Semaphore semaphore = new Semaphore(0);
        private final List<CompletableFuture<Void>> parked = new ArrayList<>();

        HeddleCancel(int waiting) {
            for (int i = 0; i < waiting; i++) {
                parked.add(semaphore.acquireAsync());
            }
        }

        @Override
        public void abort() {
            if (!semaphore.acquireAsync().cancel(false)) {
                throw new IllegalStateException("a permit came from nowhere");
            }
        }

        @Override
        public void close() {
            parked.forEach(future -> future.cancel(false));
        }
    }

    /** A coroutine that suspends and is cancelled. */
    final class KotlinxCancel implements Aborts {
        private final KotlinxWaiters waiters;
        private final List<Job> parked;

        KotlinxCancel(int waiting) {
            waiters = new KotlinxWaiters(SemaphoreKt.Semaphore(1, 1));
            parked = waiters.parkMany(waiting);
        }

        @Override
        public void abort() {
            waiters.park().cancel((CancellationException) null);
        }

        @Override
        public void close() {
            waiters.cancelAndJoin(parked);
        }
    }
}
