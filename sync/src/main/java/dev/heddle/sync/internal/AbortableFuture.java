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

    AbortableFuture<?> nextToSettle; // guarded by the one Settlement that holds this future
    private Object granted; // the value or a Failure; written before the future is handed to Settlement

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

    @SuppressWarnings("unchecked") // grant() takes a T only
    final void settle() {
        Object g = granted;
        granted = null; // GC: the result holds it from now on
        if (g instanceof Failure failure) {
            super.completeExceptionally(failure.cause());
        } else {
            super.complete((T) g);
        }
    }

    private record Failure(Throwable cause) {}

    @Override
    public boolean complete(T value) {
        return abandon() && super.complete(value);
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
        return abandon() && super.completeExceptionally(failure);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return abandon() ? super.cancel(mayInterruptIfRunning) : isCancelled();
    }

    @Override
    public void obtrudeValue(T value) {
        abandon();
        super.obtrudeValue(value);
    }

    @Override
    public void obtrudeException(Throwable failure) {
        abandon();
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
