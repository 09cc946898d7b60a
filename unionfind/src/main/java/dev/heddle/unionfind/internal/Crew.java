// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.lang.reflect.UndeclaredThrowableException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The caller and its helpers. The caller always takes part, so everything is done even if no helper ever comes; helpers that
 * come late find nothing to do.
 */
public final class Crew implements AutoCloseable {
    /* Implementation notes
     * Idea           A job counts those inside; the caller closes it when its own part is done, and waits for the others.
     *                Nobody enters a closed job.
     * Waiting        Helpers spin for a while for the next job, since jobs follow each other closely, then park. They say so
     *                before they look once more, the caller posts before it looks for them: volatile on both sides, one sees
     *                the other.
     */
    private static final int SPINS = 2000; // about 50 microseconds
    private static final int CLOSED = 1 << 30;

    private static final class Job {
        private final Runnable body;
        private final Thread caller = Thread.currentThread();
        private final AtomicInteger inside = new AtomicInteger(); // with CLOSED
        private volatile Throwable failure; // any of them

        Job(Runnable body) {
            this.body = body;
        }

        void help() {
            for (int n = inside.get(); n < CLOSED; n = inside.get()) { // ends: others have entered or left
                if (inside.compareAndSet(n, n + 1)) {
                    work();
                    if (inside.decrementAndGet() == CLOSED) {
                        LockSupport.unpark(caller);
                    }
                    return;
                }
            }
        }

        void work() {
            try {
                body.run();
            } catch (Throwable e) { // reason: the caller throws it
                failure = e;
            }
        }

        void close() {
            inside.addAndGet(CLOSED);
            boolean interrupted = false;
            for (int spins = 0; inside.get() != CLOSED; spins++) { // ends: the body ends for all
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted(); // else no park would wait
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final int threads;
    private final Executor executor; // null: threads of our own
    private final Thread owner = Thread.currentThread();
    private final AtomicReferenceArray<Thread> parked;
    private final AtomicInteger arrived = new AtomicInteger();
    private boolean started;
    private volatile Job job;
    private volatile boolean closed;

    /** A crew of this many with the caller; helpers are run by the executor, or by fresh daemon threads if it is null. */
    public Crew(int threads, Executor executor) {
        this.threads = threads;
        this.executor = executor;
        this.parked = new AtomicReferenceArray<>(threads);
    }

    public int threads() {
        return threads;
    }

    /**
     * Runs the body in the caller and, at the same time, in each helper that comes before the caller is done with it. Returns
     * when all are done, and what they did happened before.
     */
    public void run(Runnable body) {
        if (threads == 1) {
            body.run();
            return;
        }
        start(); // what it throws comes before there is anything to do
        Job next = new Job(body);
        job = next;
        for (int i = 0; i < threads; i++) {
            LockSupport.unpark(parked.get(i));
        }
        next.work();
        next.close();
        rethrow(next.failure);
    }

    /** Runs the body for each number below {@code chunks}. */
    public void forEach(int chunks, IntConsumer body) {
        AtomicInteger next = new AtomicInteger();
        Runnable part = () -> {
            for (int c = next.getAndIncrement(); c < chunks; c = next.getAndIncrement()) {
                body.accept(c);
            }
        };
        if (chunks > 1) {
            run(part);
        } else {
            part.run();
        }
    }

    /** Lets the helpers go. */
    @Override
    public void close() {
        closed = true;
        for (int i = 0; i < threads; i++) {
            LockSupport.unpark(parked.get(i));
        }
    }

    /** Sends for the helpers, once. What the executor throws, other than that it refuses, is thrown here. */
    void start() {
        if (started) {
            return;
        }
        started = true;
        for (int i = 1; i < threads; i++) {
            if (executor == null) {
                Thread helper = new Thread(this::help, "heddle-unionfind-" + i);
                helper.setDaemon(true);
                helper.start();
            } else {
                try {
                    executor.execute(this::help);
                } catch (RejectedExecutionException e) {
                    return; // the caller does it alone
                }
            }
        }
    }

    private void help() {
        if (Thread.currentThread() == owner) {
            return; // the executor runs tasks in the thread that brings them
        }
        int number = arrived.getAndIncrement();
        for (Job last = await(null, number); last != null; last = await(last, number)) {
            last.help();
        }
    }

    /** Another job than the last one, or null when the crew is dismissed. */
    private Job await(Job last, int number) {
        boolean interrupted = false;
        Job next = last;
        for (int spins = 0; next == last && !closed; spins++) { // ends: there is a job to come, or the end
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else if (parked.get(number) == null) {
                parked.set(number, Thread.currentThread()); // then look again
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted(); // else no park would wait
            }
            next = job;
        }
        parked.set(number, null);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return next != last ? next : null;
    }

    /** Throws what a body threw, unless that is null. */
    static void rethrow(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure != null) {
            throw new UndeclaredThrowableException(failure);
        }
    }
}
