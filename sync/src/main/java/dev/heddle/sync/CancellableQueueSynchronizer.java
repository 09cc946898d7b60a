// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Threads;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A queue of waiters that new synchronization primitives are built on: a primitive is one atomic counter, which decides
 * who passes and who waits, plus this queue. The i-th {@code suspend} is paired with the i-th {@code resume}, whichever
 * of the two comes first; so {@code resume} may be called before its {@code suspend}, if that one is certain to come.
 *
 * <p>Threads (platform and virtual) and futures stand in the same queue and are served in the order of their arrival.
 * Every waiter may give up, in O(1) wherever it stands: a thread by an interrupt or when its time is over, a future by
 * {@code cancel} or any other completion from outside.
 *
 * <p><b>Resumption.</b> Under {@link Resumption#ASYNC} a {@code resume} that comes first leaves its value and returns.
 * Under {@link Resumption#SYNC} it waits for its partner, for a bounded time, and then both calls report failure and the
 * primitive starts over on both sides: that is what a primitive with try-operations needs, because no grant may rest
 * where only a later caller can see it.
 *
 * <p><b>Cancellation.</b> Under {@link Cancellation#SIMPLE} the queue alone knows who left: a {@code resume} that meets a
 * waiter that left fails, and the primitive repeats it. Under {@link Cancellation#SMART} the primitive takes the waiter
 * out of its counter at once, in {@link #onCancellation()}, and a {@code resume} passes such cells over.
 *
 * <p>A fair semaphore without try-operations:
 *
 * <pre>{@code
 * final class Permits extends CancellableQueueSynchronizer<Boolean> {
 *     private final AtomicLong state;   // free permits; if negative, the number of waiters
 *
 *     Permits(int permits) {
 *         super(Resumption.ASYNC, Cancellation.SMART);
 *         state = new AtomicLong(permits);
 *     }
 *     void acquire() throws InterruptedException {
 *         if (state.getAndDecrement() <= 0) { suspend(); }
 *     }
 *     void release() {
 *         if (state.getAndIncrement() < 0) { resume(true); }
 *     }
 *     protected boolean onCancellation() {
 *         return state.getAndIncrement() < 0; // false: a release has already counted on this waiter
 *     }
 *     protected void completeRefusedResume(Boolean permit) {} // onCancellation has put it back
 * }
 * }</pre>
 *
 * <p><b>Memory effects.</b> What precedes {@code resume} happens-before the return of the {@code suspend} that gets the
 * value, and before the completion of the future that gets it.
 *
 * <p><b>Progress.</b> {@code resume} never parks. Without cancellation both sides are wait-free under ASYNC; with SMART
 * cancellation they are lock-free. Under SYNC they are obstruction-free only, and with SMART cancellation {@code resume}
 * also waits for a running {@code onCancellation}.
 *
 * <p><b>Errors.</b> A {@code suspend} that runs out of memory leaves the queue as a cancelled waiter does, and throws.
 * {@code resume} never gives up half way: if a piece of the queue can't be allocated, it tries again until it can. A
 * primitive that wants to fail before it has touched its counter, or is to survive the end of the stack, calls
 * {@link #prepare()} first, before {@code suspend} as well as before {@code resume}.
 *
 * <p>Source: N. Koval, D. Khalanskiy, D. Alistarh, <i>CQS: A Formally-Verified Framework for Fair and Abortable
 * Synchronization</i>, PLDI 2023, sections 3 to 5.
 *
 * @param <T> what a waiter receives
 */
public abstract class CancellableQueueSynchronizer<T> extends CellQueue<T> {
    /** What {@code resume} does when it comes before its {@code suspend}. */
    public enum Resumption {
        /** It leaves the value and returns. */
        ASYNC,
        /** It waits for a bounded time, then gives up on both sides. */
        SYNC
    }

    /** What a waiter that gives up leaves behind. */
    public enum Cancellation {
        /** A cell that makes the {@code resume} that meets it fail. */
        SIMPLE,
        /** A cell that {@code resume} passes over; the primitive's counter is corrected at once. */
        SMART
    }

    /**
     * Makes an empty queue; it allocates nothing before the first waiter.
     *
     * @param resumption what a {@code resume} does that comes first
     * @param cancellation what a waiter leaves behind that gives up
     */
    protected CancellableQueueSynchronizer(Resumption resumption, Cancellation cancellation) {
        this(resumption, cancellation, SEGMENT_SIZE, SPINS);
    }

    /** For tests: {@code segmentSize} is a power of two, {@code spins} bounds every active wait. */
    CancellableQueueSynchronizer(Resumption resumption, Cancellation cancellation, int segmentSize, int spins) {
        super(
                Objects.requireNonNull(resumption, "resumption") == Resumption.SYNC,
                Objects.requireNonNull(cancellation, "cancellation") == Cancellation.SMART,
                segmentSize,
                spins);
    }

    // ---- for the primitive to override

    /**
     * A waiter has left: takes it out of the primitive's counter (SMART only). Runs on the thread that aborts. It must
     * not wait and should not throw; if it does throw, the waiter counts as refused.
     *
     * @return true if the waiter is out and no {@code resume} is under way for it; false if one is, which then is given
     *     to {@link #completeRefusedResume}
     */
    @Override
    protected boolean onCancellation() {
        return false;
    }

    /**
     * Takes back the value of a {@code resume} whose waiter has left after the primitive had counted on it (SMART only).
     * Runs on the thread of that {@code resume} or of the waiter.
     *
     * @param value what {@code resume} was given
     */
    @Override
    protected void completeRefusedResume(T value) {
        throw new IllegalStateException("refused " + value + " is not handled by " + this);
    }

    /** {@return what a thread that waits here shows as its blocker} This queue, unless overridden. */
    @Override
    protected Object blocker() {
        return this;
    }

    // ---- suspend

    /**
     * Waits for a value.
     *
     * @return the value; under {@link Resumption#SYNC} also null: the partner gave up, the primitive starts over
     * @throws InterruptedException if interrupted before a value was assigned to this call. If the interrupt comes too
     *     late, the value is returned and the interrupt status is set.
     */
    public final T suspend() throws InterruptedException {
        Object outcome = await(Deadline.NEVER, true);
        if (outcome == CellState.INTERRUPTED) {
            throw new InterruptedException();
        }
        return value(outcome);
    }

    /**
     * Waits for a value whatever happens; an interrupt is noted in the thread's interrupt status on return.
     *
     * @return as for {@link #suspend()}
     */
    public final T suspendUninterruptibly() {
        return value(await(Deadline.NEVER, false));
    }

    /**
     * Waits for a value for a limited time; zero or less does not wait for one that is not there.
     *
     * @param timeout how long to wait
     * @param unit of the timeout
     * @return the value, or null: the time was over or, under {@link Resumption#SYNC}, the partner gave up; in that case
     *     the primitive starts over with the time that is left
     * @throws InterruptedException as for {@link #suspend()}
     */
    public final T suspend(long timeout, TimeUnit unit) throws InterruptedException {
        Object outcome = await(unit.toNanos(timeout), true);
        if (outcome == CellState.INTERRUPTED) {
            throw new InterruptedException();
        }
        return value(outcome);
    }

    /**
     * Joins the queue without blocking. Any completion of the future from outside ({@code cancel}, {@code orTimeout}, …)
     * takes the waiter out of the queue; it has no effect once a value was assigned.
     *
     * @return a future of the value; under {@link Resumption#SYNC} also null: the partner gave up, start over
     */
    public final CompletableFuture<T> suspendAsync() {
        return installPlain();
    }

    /**
     * Allocates what the next call needs and makes sure of the stack. Called before the primitive touches its counter, it
     * lets an {@code OutOfMemoryError} or {@code StackOverflowError} happen while nothing has changed.
     */
    public final void prepare() {
        Threads.reserveMoreStack(); // suspend reserves some itself
        reserve();
    }

    // ---- resume

    /**
     * Gives the value to the next waiter, or leaves it to the one that comes next.
     *
     * @param value not null
     * @return false if the primitive has to start over: under SIMPLE the waiter has left, under SYNC none came in time
     * @throws NullPointerException if {@code value} is null; nothing is resumed
     */
    public final boolean resume(T value) {
        Objects.requireNonNull(value, "value");
        return resumeValue(value);
    }

    /**
     * Resumes {@code times} waiters with the same value. Threads are woken as they are met; futures are completed at the
     * end, when the queue is left alone, so that their dependents may use the same primitive, to any depth.
     *
     * @param value not null
     * @param times how many
     * @return how many of the resumes did not fail
     * @throws NullPointerException if {@code value} is null; nothing is resumed
     */
    public final long resume(T value, long times) {
        Objects.requireNonNull(value, "value");
        return resumeMany(value, times);
    }
}
