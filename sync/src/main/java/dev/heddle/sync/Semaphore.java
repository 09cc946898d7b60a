// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.WaitQueue;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A counting semaphore whose waiters are served in arrival order, whether they are platform threads, virtual threads or
 * futures, and leave in constant time. Source compatible with
 * {@link java.util.concurrent.Semaphore}: change the import.
 *
 * <p><b>Fairness.</b> Waiters are served first in, first out, unless the semaphore was made with {@code fair = false}: then
 * a release only wakes the first waiter, and whoever is faster takes the permit (<em>barging</em>). As in
 * {@code java.util.concurrent}, an untimed {@link #tryAcquire()} takes a permit that is there past any queue, and
 * {@link #isFair()} tells whether fairness was asked for.
 *
 * <p><b>Memory effects.</b> Actions before a release happen-before the actions after an acquire that takes one of its
 * permits, also when the acquire is a future and the actions are its dependents.
 *
 * <p><b>Progress.</b> While permits last and nobody waits, a unit acquire and a unit release are wait-free: one
 * fetch-and-add each, without a retry. The other operations are lock-free but for the wait itself. An abort (interrupt,
 * time-out, cancel) is O(1) amortised, wherever in the queue the waiter stands; it may wait for a thread that is just
 * deciding about this very waiter. {@link #getQueuedThreads()} is O(waiters), everything else O(1) plus the waiters that
 * it serves. Memory is O(waiters).
 *
 * <p><b>Limits.</b> At most {@code Integer.MAX_VALUE} permits and 2<sup>27</sup> - 2 waiters at a time; past that an
 * {@link Error} is thrown and nothing is changed.
 *
 * <p>Source: N. Koval, D. Khalanskiy, D. Alistarh, <i>CQS: A Formally-Verified Framework for Fair and Abortable
 * Synchronization</i>, PLDI 2023, section on semaphores; see {@code PermitEpoch} for bulk operations.
 */
public class Semaphore extends SemaphoreCore implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether arrival order was asked for. */
    private final boolean fairAsked;

    /**
     * Makes a semaphore whose waiters are served in arrival order; {@link #isFair()} is false all the same, as nobody
     * asked.
     *
     * @param permits the permits at the start; negative is legal: that many releases must come first
     */
    public Semaphore(int permits) {
        this(permits, false, false, null, CALM_STEPS);
    }

    /**
     * Makes a semaphore.
     *
     * @param permits the permits at the start; negative is legal: that many releases must come first
     * @param fair true for arrival order, false for barging
     */
    public Semaphore(int permits, boolean fair) {
        this(permits, !fair, fair, null, CALM_STEPS);
    }

    private Semaphore(int permits, boolean barging, boolean fairAsked, WaitQueue cells, int calmSteps) {
        super(permits, barging, cells, calmSteps);
        this.fairAsked = fairAsked;
    }

    /** For tests: segments of {@code segmentSize} cells; an epoch ends after {@code calmSteps} calm releases. */
    static Semaphore withSegmentSize(int permits, boolean fair, int segmentSize, int calmSteps) {
        return new Semaphore(permits, !fair, fair, new WaitQueue(segmentSize), calmSteps);
    }

    /* Acquire. */

    /**
     * Takes a permit, waiting until there is one for the caller.
     *
     * @throws InterruptedException if the thread is interrupted on entry or before a permit was assigned to it; no
     *     permit is taken
     */
    public void acquire() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!takeFast()) {
            take(1, Deadline.NEVER, true);
        }
    }

    /** Takes a permit, waiting until there is one for the caller. An interrupt is kept but does not end the wait. */
    public void acquireUninterruptibly() {
        if (!takeFast()) {
            takeUninterruptibly(1);
        }
    }

    /**
     * Takes a permit if there is one, whoever waits. Never waits. Fails only if at one moment during the call there was no
     * permit.
     *
     * @return whether a permit was taken
     */
    public boolean tryAcquire() {
        return tryTake(1);
    }

    /**
     * Takes a permit, waiting for it at most the given time. Unlike {@link #tryAcquire()} it does not pass the queue,
     * unless barging. With a time of zero or less it does not wait.
     *
     * @param timeout how long to wait at most, in {@code unit}s
     * @param unit of the timeout
     * @return false if the time is over; no permit is taken then
     * @throws InterruptedException as for {@link #acquire()}
     */
    public boolean tryAcquire(long timeout, TimeUnit unit) throws InterruptedException {
        return takeTimed(1, unit.toNanos(timeout));
    }

    /**
     * Takes {@code permits} permits at once, waiting until there are so many for the caller. While it is first in the queue
     * nobody behind it is served, but permits that are there stay free for {@link #tryAcquire()}.
     *
     * @param permits how many; with 0 it waits its turn while others wait or there are fewer than none
     * @throws InterruptedException as for {@link #acquire()}
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public void acquire(int permits) throws InterruptedException {
        checkNotNegative(permits);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        take(permits, Deadline.NEVER, true);
    }

    /**
     * Takes {@code permits} permits at once, as {@link #acquire(int)}. An interrupt is kept but does not end the wait.
     *
     * @param permits how many
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public void acquireUninterruptibly(int permits) {
        checkNotNegative(permits);
        takeUninterruptibly(permits);
    }

    /**
     * Takes {@code permits} permits at once if they are there, whoever waits. Never waits.
     *
     * @param permits how many
     * @return whether they were taken
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public boolean tryAcquire(int permits) {
        checkNotNegative(permits);
        return tryTake(permits);
    }

    /**
     * Takes {@code permits} permits at once, waiting for them at most the given time; see {@link #tryAcquire(long,
     * TimeUnit)}.
     *
     * @param permits how many
     * @param timeout how long to wait at most, in {@code unit}s
     * @param unit of the timeout
     * @return false if the time is over; no permit is taken then
     * @throws InterruptedException as for {@link #acquire()}
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public boolean tryAcquire(int permits, long timeout, TimeUnit unit) throws InterruptedException {
        checkNotNegative(permits);
        return takeTimed(permits, unit.toNanos(timeout));
    }

    /**
     * Takes a permit without blocking a thread: the future is completed, with null, when a permit was assigned to it. It
     * stands in the same queue as the threads. Whoever completes it from outside first ({@code cancel}, {@code orTimeout},
     * …) takes it out of the queue; if a permit was assigned before, that attempt fails.
     *
     * <p>Dependents run in the thread that releases, after its release is complete; use the {@code …Async} methods of the
     * future for work that takes long or blocks.
     *
     * @return the acquire, perhaps complete already
     */
    public CompletableFuture<Void> acquireAsync() {
        return acquireAsync(1);
    }

    /**
     * Takes {@code permits} permits at once without blocking a thread; see {@link #acquireAsync()}.
     *
     * @param permits how many
     * @return the acquire, perhaps complete already
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public CompletableFuture<Void> acquireAsync(int permits) {
        checkNotNegative(permits);
        CompletableFuture<Void> taken = CompletableFuture.completedFuture(null); // before a permit is: sync 22
        PermitFuture<Void> waiter = takeOrEnlist(permits, () -> new PermitFuture<>(permits, null));
        return waiter == null ? taken : waiter;
    }

    /* Release and resize. */

    /**
     * Gives a permit back; any thread may do so. If somebody waits the permit goes to the first in the queue.
     *
     * @throws Error if there would be more than {@code Integer.MAX_VALUE} permits; nothing is changed then
     */
    public void release() {
        giveOne();
    }

    /**
     * Gives {@code permits} permits back and serves the waiters from the head of the queue on that they suffice for.
     *
     * @param permits how many
     * @throws IllegalArgumentException if {@code permits} is negative
     * @throws Error if there would be more than {@code Integer.MAX_VALUE} permits; nothing is changed then
     */
    public void release(int permits) {
        checkNotNegative(permits);
        give(permits);
    }

    /**
     * Adds permits for good: {@link #release(int)} by its name when the number of resources has grown.
     *
     * @param increase how many
     * @throws IllegalArgumentException if {@code increase} is negative
     * @throws Error if there would be more than {@code Integer.MAX_VALUE} permits; nothing is changed then
     */
    public void increasePermits(int increase) {
        checkNotNegative(increase);
        give(increase);
    }

    /**
     * Takes permits away for good, without waiting: there may be fewer than none afterwards.
     *
     * @param reduction how many
     * @throws IllegalArgumentException if {@code reduction} is negative
     * @throws Error if there would be fewer than {@code Integer.MIN_VALUE} permits; nothing is changed then
     */
    protected void reducePermits(int reduction) {
        checkNotNegative(reduction);
        reduce(reduction);
    }

    /**
     * {@return the permits taken: all that are there} If there are fewer than none they are set to none, and the number is
     * negative.
     */
    public int drainPermits() {
        return takeAll();
    }

    /* Queries. */

    /** {@return the permits that are there at one moment of the call; negative after a reduction below zero} */
    public int availablePermits() {
        return epoch().permits();
    }

    /** {@return the order in force, asked for or not} */
    public final Fairness fairness() {
        return barging() ? Fairness.BARGING : Fairness.FIFO;
    }

    /** {@return whether arrival order was asked for: true only if made with {@code fair = true}} */
    public boolean isFair() {
        return fairAsked;
    }

    /** {@return whether somebody waits: true if a thread or a future does} */
    public final boolean hasQueuedThreads() {
        return epoch().waiters() > 0;
    }

    /** {@return how many wait, in constant time: threads and futures} */
    public final int getQueueLength() {
        return epoch().waiters();
    }

    /** {@return the threads that wait, without futures, by a scan: exact if nothing changes meanwhile} */
    protected Collection<Thread> getQueuedThreads() {
        WaitQueue cells = epoch().cells();
        return cells == null ? new ArrayList<>() : cells.threads();
    }

    /** {@return the identity and, in brackets, the permits, as in {@code Semaphore@1b2c3d[Permits = 3]}} */
    @Override
    public String toString() {
        return super.toString() + "[Permits = " + epoch().permits() + "]";
    }

    private static void checkNotNegative(int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException("permits = " + permits + " is negative");
        }
    }

    /* Serialisation: permits and fairness, without the queue. */

    /**
     * Writes fairness and permits, without the queue.
     *
     * @param out where to
     * @throws IOException from the stream
     * @serialData whether a newcomer may pass the queue, a boolean; the number of permits, an int
     */
    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeBoolean(barging());
        out.writeInt(epoch().permits());
    }

    /**
     * Reads a semaphore that nobody waits for.
     *
     * @param in where from
     * @throws IOException as the stream does
     * @throws ClassNotFoundException as the stream does
     */
    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        boolean barging = in.readBoolean();
        start(in.readInt(), barging, null, CALM_STEPS);
    }
}
