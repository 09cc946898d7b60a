// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A waiter that is a future. Every completion from outside ({@code cancel}, {@code complete}, {@code orTimeout}, …) is
 * an abort: it counts only if {@link #abandon()} could still take the waiter out of its queue. So a grant never meets a
 * future that somebody else has completed.
 *
 * @param <T> what the future is completed with
 */
public abstract class AbortableFuture<T> extends CompletableFuture<T> {
    /* Implementation notes
     * Idea        The cell of the queue decides between grant and abort; the future's own result only shows the
     *             decision. Every public method that could set the result is overridden to ask the cell first;
     *             orTimeout and completeOnTimeout call these.
     * Settling    A granted future is settled (its result set, its dependents run) by Settlement, never inside a queue.
     */

    private static final Marker LEFT = new Marker("LEFT");

    AbortableFuture<?> nextToSettle; // guarded by the one Settlement that holds this future
    private Object granted; // the value or a Failure; written before the future is handed to Settlement. Or LEFT

    /** For subclasses. */
    protected AbortableFuture() {}

    /**
     * Takes this waiter out of its queue. Called once or more, by any thread.
     *
     * @return true for exactly one caller, and only if no grant was or will be given to this waiter
     */
    protected abstract boolean abandon();

    /**
     * Notes what the future will be completed with. The caller owns the future (its grant has won) and gives it to a
     * {@link Settlement} next.
     */
    public final void grant(T value) {
        granted = value;
    }

    /** As {@link #grant}, for a future that is going to fail. */
    public final void grantFailure(Throwable failure) {
        granted = new Failure(failure);
    }

    /** Completes a future that never stood in a queue and that nobody else has yet: there are no dependents to run. */
    public final void settleAtOnce(T value) {
        super.complete(value);
    }

    /** As {@link #settleAtOnce}, with a failure. */
    public final void failAtOnce(Throwable failure) {
        super.completeExceptionally(failure);
    }

    @SuppressWarnings("unchecked") // grant() takes a T only
    final void settle() {
        Object g = granted;
        granted = null; // GC: the result holds it from now on
        if (g instanceof Failure failure) {
            settleSurely(failure.cause());
        } else {
            super.complete((T) g);
        }
    }

    private void settleSurely(Throwable failure) {
        while (!isDone()) { // ends: when there is memory; nobody else can complete this future
            try {
                super.completeExceptionally(failure);
            } catch (OutOfMemoryError retried) {
                Threads.pause(this);
            }
        }
    }

    /** Whether this waiter is out of its queue, by this call or an earlier one: then it is a future like any other. */
    private boolean leave() {
        if (granted == LEFT) {
            return true; // the call that took it out may have found no memory to complete it
        }
        if (!abandon()) {
            return false;
        }
        granted = LEFT;
        return true;
    }

    private record Failure(Throwable cause) {}

    @Override
    public boolean complete(T value) {
        return leave() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return leave() && super.completeExceptionally(failure);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return leave() ? super.cancel(mayInterruptIfRunning) : isCancelled();
    }

    @Override
    public void obtrudeValue(T value) {
        leave();
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable failure) {
        leave();
        super.obtrudeException(failure);
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier, Executor executor) {
        executor.execute(() -> {
            if (!isDone()) {
                try {
                    complete(supplier.get());
                } catch (Throwable failure) { // as CompletableFuture does: the failure becomes the result
                    completeExceptionally(failure);
                }
            }
        });
        return this;
    }

    @Override
    public CompletableFuture<T> completeAsync(Supplier<? extends T> supplier) {
        return completeAsync(supplier, defaultExecutor());
    }
}
