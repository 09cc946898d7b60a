// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Threads;
import java.util.concurrent.locks.LockSupport;

/**
 * A select for which a thread waits.
 *
 * @param <R> the type of the result
 */
public final class BlockingSelection<R> extends Selection<R> {
    private final Thread thread = Thread.currentThread();

    private BlockingSelection(Clauses<R> clauses) {
        super(clauses, true);
    }

    /**
     * Chooses a clause, waiting for one if need be, and gives the result of its function.
     *
     * @throws InterruptedException if the thread is interrupted on entry or while it waits; nothing was chosen then
     */
    public static <R> R select(Clauses<R> clauses) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Threads.reserveStack();
        Choice chosen = clauses.attempt();
        if (chosen == null) {
            chosen = new BlockingSelection<>(clauses).choose();
        }
        return clauses.get(chosen.clause()).finish(chosen.result());
    }

    private Choice choose() throws InterruptedException {
        Choice chosen;
        do { // ends: repeats when disturbed
            chosen = attempt();
            chosen = chosen == null ? await() : chosen;
        } while (chosen == null);
        return chosen;
    }

    /** Null: disturbed. */
    private Choice await() throws InterruptedException {
        boolean interrupted = false;
        try {
            for (; ; ) { // ends: the state moves on
                Object s = state(); // HB: pairs with the choice of a partner
                if (s instanceof Choice chosen) {
                    clear(chosen.by());
                    return chosen;
                } else if (isToRunAgain()) {
                    failIfInterrupted();
                    return null;
                } else if (Thread.interrupted()) {
                    interrupted = true;
                    if (giveUp(s)) {
                        interrupted = false;
                        clear(null);
                        throw new InterruptedException();
                    }
                } else if (deadline().passed()) {
                    chooseWaiting(clauses.indexOfTimeout(), CellState.DONE);
                } else {
                    parkOnce(s, deadline());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Until it runs again nobody can choose. */
    private void failIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            clear(null);
            throw new InterruptedException();
        }
    }

    private void parkOnce(Object waiting, Deadline deadline) {
        try {
            deadline.park(this);
        } catch (OutOfMemoryError | StackOverflowError failure) { // parking a virtual thread allocates
            if (giveUp(waiting)) {
                clear(null);
                throw failure;
            }
        }
    }

    @Override
    AbortableFuture<?> wake(AbortableFuture<?> chain) {
        LockSupport.unpark(thread);
        return chain;
    }

    @Override
    void postpone() {
        Threads.pause(this);
    }

    @Override
    void runAgain() {
        LockSupport.unpark(thread);
    }
}
