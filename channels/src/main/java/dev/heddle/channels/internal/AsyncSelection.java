// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Settlement;
import dev.heddle.sync.internal.Threads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A select for which a future waits.
 *
 * @param <R> the type of the result
 */
public final class AsyncSelection<R> extends Selection<R> {
    /* Implementation notes
     * Idea         Who chooses a clause settles an internal future at the end of its operation; its dependent takes out what
     *              the select has left elsewhere, runs the function, and completes the future that the user has.
     * Time         The timer of CompletableFuture.orTimeout: no thread of ours. What follows runs in the common pool.
     * Again        a task in the common pool runs the next rounds, inside a settlement: the dependents of what they serve
     *              run after them, so none can wait for the end of the round that it is called from.
     * Errors       of the pool, or of the timer's thread, are the outcome of the select: nobody is left who could run it, or
     *              tell it the time. A pool that fails may have kept the task, and run it later: see Turn.
     */
    private static final Executor SOON =
            CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS, Runnable::run); // short: on to the pool

    private final Handle handle = new Handle();
    private final Internal chosen = new Internal();
    private volatile CompletableFuture<Void> timer; // null: not started, or not needed

    private AsyncSelection(Clauses<R> clauses) {
        super(clauses, false);
        CompletableFuture<Void> unused = chosen.thenRun(this::finish);
    }

    /** Chooses a clause; the future completes with the result of its function. */
    public static <R> CompletableFuture<R> select(Clauses<R> clauses) {
        Threads.reserveStack();
        AsyncSelection<R> selection = new AsyncSelection<>(clauses);
        selection.run();
        try {
            selection.startTimer();
        } catch (Throwable failure) { // out of memory, or of threads
            if (selection.giveUpSurely()) { // nobody holds it
                throw failure;
            }
        }
        return selection.handle;
    }

    private void run() {
        Choice now;
        try {
            now = attempt();
        } catch (Throwable failure) { // given up by then
            handle.failAtOnce(failure);
            return;
        }
        if (now != null) {
            chosen.settleAtOnce(null);
        }
    }

    /** Runs once, in the thread that has chosen, at the end of its operation. */
    private void finish() {
        Choice c = (Choice) state();
        clear(c.by());
        stopTimer();
        R result;
        try {
            result = clauses.get(c.clause()).finish(c.result());
        } catch (Throwable thrown) { // the outcome of the select
            handle.failAtOnce(thrown);
            return;
        }
        handle.settleAtOnce(result);
    }

    @Override
    AbortableFuture<?> wake(AbortableFuture<?> chain) {
        return Settlement.append(chain, chosen);
    }

    @Override
    void runAgain() {
        start(ForkJoinPool.commonPool(), false);
    }

    @Override
    void postpone() {
        start(SOON, true);
    }

    private void start(Executor where, boolean pause) {
        Turn turn = null;
        try {
            turn = new Turn(pause);
            where.execute(turn);
        } catch (Throwable failure) { // out of memory, or of threads
            if (turn == null || turn.take()) {
                giveUpFor(failure);
            }
        }
    }

    /** Nobody is going to run it again. */
    private void giveUpFor(Throwable failure) {
        boolean pending = giveUpSurely(); // else cancelled
        clear(null);
        stopTimer();
        if (pending) {
            handle.grantFailure(failure);
            Settlement.run(Settlement.append(null, handle));
        }
    }

    private void runSettling() {
        Internal turn;
        try {
            turn = new Internal();
            CompletableFuture<Void> unused = turn.thenRun(this::run);
        } catch (Throwable failure) { // out of memory
            giveUpFor(failure);
            return;
        }
        turn.grant(null);
        Settlement.run(Settlement.append(null, turn));
    }

    /** A task that is run once, or taken back. */
    private final class Turn implements Runnable {
        private final AtomicBoolean taken = new AtomicBoolean();
        private final boolean pause; // it ends one

        Turn(boolean pause) {
            this.pause = pause;
        }

        boolean take() {
            return taken.compareAndSet(false, true);
        }

        @Override
        public void run() {
            if (!take()) {
                return;
            } else if (pause) {
                runAgain();
            } else {
                runSettling();
            }
        }
    }

    // ---- time

    private void startTimer() {
        int clause = clauses.indexOfTimeout();
        if (clause < 0 || !isPending()) {
            return;
        }
        CompletableFuture<Void> t = new CompletableFuture<>();
        CompletableFuture<Void> unused = t.thenRunAsync(this::timeUp, ForkJoinPool.commonPool());
        timer = t;
        t.completeOnTimeout(null, deadline().remaining(), TimeUnit.NANOSECONDS);
        if (!isPending()) {
            stopTimer(); // who finished it may have been too early to see the timer
        }
    }

    private void timeUp() {
        chooseAndWake(clauses.indexOfTimeout()); // if it is in a round, that looks at the time
    }

    private void stopTimer() {
        CompletableFuture<Void> t = timer;
        if (t != null) {
            t.cancel(false);
        }
    }

    // ---- the futures

    /** Settled when a clause is chosen, or to run a round. */
    private static final class Internal extends AbortableFuture<Void> {
        @Override
        protected boolean abandon() {
            return false;
        }
    }

    /** What the user has. */
    private final class Handle extends AbortableFuture<R> {
        @Override
        protected boolean abandon() {
            Threads.reserveStack();
            if (!giveUpSurely()) {
                return false;
            }
            stopTimer();
            return true;
        }
    }
}
