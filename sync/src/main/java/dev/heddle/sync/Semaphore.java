// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Threads;
import dev.heddle.sync.internal.WaitQueue;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
 * <p><b>Progress.</b> While permits last and nobody waits, a unit acquire and a unit release are wait-free (not if
 * barging): one fetch-and-add each, without a retry. The other operations are lock-free but for the wait itself. An abort (interrupt,
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
public class Semaphore implements Serializable {
    /* Implementation notes
     * Idea           All state lies in the current epoch (PermitQueue). This class picks the way to wait, and replaces
     *                the epoch when it is over.
     * Invariants     sync 21  an interrupt that loses against a grant stays set and the acquire succeeds
     *                sync 22  whatever an acquire needs is allocated, and the stack reserved, before it is counted
     * Deviations     An epoch that was closed by a waiter is not ended by the first release that finds the queue empty
     *                but after CALM_STEPS of them: under a load that flips between waiting and not, new epochs would
     *                otherwise be made all the time.
     */
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int CALM_STEPS = 8; // 32 bytes for an epoch, spread over this many releases

    private transient volatile PermitQueue epoch;
    /** Whether a newcomer may pass the queue. */
    private final boolean barging;

    /** Whether arrival order was asked for. */
    private final boolean fairAsked;

    private transient byte calm; // slow steps without a waiter in a row; racy, only a hint
    private transient byte calmSteps; // as many of them end an epoch; another number in tests only

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
        this.barging = barging;
        this.fairAsked = fairAsked;
        this.calmSteps = (byte) calmSteps;
        this.epoch = PermitQueue.of(barging, permits, cells);
        VarHandle.storeStoreFence(); // epoch is not final, and yet seen by whoever sees the semaphore
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
            acquireSlow(1, Deadline.NEVER, true);
        }
    }

    /** Takes a permit, waiting until there is one for the caller. An interrupt is kept but does not end the wait. */
    public void acquireUninterruptibly() {
        if (!takeFast()) {
            acquireSlowUninterruptibly(1);
        }
    }

    /**
     * Takes a permit if there is one, whoever waits. Never waits. Fails only if at one moment during the call there was no
     * permit.
     *
     * @return whether a permit was taken
     */
    public boolean tryAcquire() {
        return tryAcquireSlow(1);
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
        return tryAcquireTimed(1, unit.toNanos(timeout));
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
        acquireSlow(permits, Deadline.NEVER, true);
    }

    /**
     * Takes {@code permits} permits at once, as {@link #acquire(int)}. An interrupt is kept but does not end the wait.
     *
     * @param permits how many
     * @throws IllegalArgumentException if {@code permits} is negative
     */
    public void acquireUninterruptibly(int permits) {
        checkNotNegative(permits);
        acquireSlowUninterruptibly(permits);
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
        return tryAcquireSlow(permits);
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
        return tryAcquireTimed(permits, unit.toNanos(timeout));
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
        PermitFuture<Void> waiter = null;
        for (; ; ) { // ends: each turn meets a newer epoch, or is the last
            PermitQueue q = epoch;
            switch (q.enter(permits, waiter != null)) {
                case PermitQueue.TAKEN -> {
                    return taken;
                }
                case PermitQueue.STALE -> replace(q);
                case PermitQueue.MUST_WAIT -> {
                    Threads.reserveStack();
                    waiter = new PermitFuture<>(permits, null); // before it is counted: sync 22
                }
                default -> {
                    calm = 0;
                    return waiter.enlist(q);
                }
            }
        }
    }

    /** One fetch-and-add; barging: the compare-and-set of a try, which wastes no step on a closed epoch. */
    private boolean takeFast() {
        PermitQueue q = epoch;
        return barging ? q.tryTake(1) == PermitQueue.TAKEN : q.takeFast();
    }

    private void acquireSlowUninterruptibly(int permits) {
        try {
            acquireSlow(permits, Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError("an uninterruptible wait", e);
        }
    }

    private boolean tryAcquireTimed(int permits, long nanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return acquireSlow(permits, nanos > 0 ? Deadline.after(nanos) : null, true);
    }

    /** Takes permits in arrival order; with no deadline at all (null) only if that needs no wait. */
    final boolean acquireSlow(int permits, Deadline deadline, boolean interruptible) throws InterruptedException {
        Object waiter = null;
        if (permits == 1 && deadline != null) {
            Threads.reserveStack();
            waiter = Thread.currentThread();
        }
        for (; ; ) { // ends: each turn meets a newer epoch, or is the last
            PermitQueue q = epoch;
            switch (q.enter(permits, waiter != null)) {
                case PermitQueue.TAKEN -> {
                    return true;
                }
                case PermitQueue.STALE -> replace(q);
                case PermitQueue.MUST_WAIT -> {
                    if (deadline == null) {
                        return false;
                    }
                    Threads.reserveStack();
                    waiter = new BulkWaiter(permits); // alloc: before it is counted, sync 22
                }
                default -> {
                    calm = 0;
                    if (q.cells().await(waiter, q, this, deadline, interruptible)) {
                        return true;
                    }
                    if (interruptible && Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    return false;
                }
            }
        }
    }

    private boolean tryAcquireSlow(int permits) {
        for (; ; ) { // ends: each turn meets a newer epoch, or is the last
            PermitQueue q = epoch;
            int outcome = q.tryTake(permits);
            if (outcome != PermitQueue.STALE) {
                return outcome == PermitQueue.TAKEN;
            }
            replace(q);
        }
    }

    /* Release and resize. */

    /**
     * Gives a permit back; any thread may do so. If somebody waits the permit goes to the first in the queue.
     *
     * @throws Error if there would be more than {@code Integer.MAX_VALUE} permits; nothing is changed then
     */
    public void release() {
        if (barging) {
            releaseSlow(1); // a barging semaphore is mostly closed when it matters: no void steps
            return;
        }
        PermitQueue q = epoch;
        long before = q.giveFast();
        if (PermitQueue.gave(before)) {
            return;
        }
        if (!PermitQueue.overflowed(before)) {
            releaseSlow(1);
        } else if (q.undoOverflow()) {
            throw new Error("Maximum permit count exceeded");
        }
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
        releaseSlow(permits);
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
        releaseSlow(increase);
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
        for (PermitQueue q = epoch; !q.reduce(reduction); q = epoch) { // ends: each turn meets a newer epoch
            replace(q);
        }
    }

    /**
     * {@return the permits taken: all that are there} If there are fewer than none they are set to none, and the number is
     * negative.
     */
    public int drainPermits() {
        for (; ; ) { // ends: each turn meets a newer epoch, or is the last
            PermitQueue q = epoch;
            long taken = q.takeAll();
            if (taken != Long.MIN_VALUE) {
                return (int) taken;
            }
            replace(q);
        }
    }

    private void releaseSlow(int permits) {
        PermitQueue q = epoch;
        while (!q.give(permits)) { // ends: each turn meets a newer epoch
            replace(q);
            q = epoch;
        }
        if (!q.isOpen() && q.waiters() == 0 && ++calm >= calmSteps) {
            calm = 0;
            endEpoch(q);
        }
    }

    private void endEpoch(PermitQueue q) {
        try {
            if (q.freeze()) {
                replace(q);
            }
        } catch (OutOfMemoryError e) {
            // The permits were given, so the release must not fail. The next operation puts the successor in place.
        }
    }

    /** Puts the successor of a frozen epoch in its place, if nobody has done so. */
    private void replace(PermitQueue frozen) {
        if (epoch == frozen) {
            EPOCH.compareAndSet(this, frozen, frozen.successor());
        }
    }

    /* Queries. */

    /** {@return the permits that are there at one moment of the call; negative after a reduction below zero} */
    public int availablePermits() {
        return epoch.permits();
    }

    /** {@return the order in force, asked for or not} */
    public final Fairness fairness() {
        return barging ? Fairness.BARGING : Fairness.FIFO;
    }

    /** {@return whether arrival order was asked for: true only if made with {@code fair = true}} */
    public boolean isFair() {
        return fairAsked;
    }

    /** {@return whether somebody waits: true if a thread or a future does} */
    public final boolean hasQueuedThreads() {
        return epoch.waiters() > 0;
    }

    /** {@return how many wait, in constant time: threads and futures} */
    public final int getQueueLength() {
        return epoch.waiters();
    }

    /** {@return the threads that wait, without futures, by a scan: exact if nothing changes meanwhile} */
    protected Collection<Thread> getQueuedThreads() {
        WaitQueue cells = epoch.cells();
        return cells == null ? new ArrayList<>() : cells.threads();
    }

    /** {@return the identity and, in brackets, the permits, as in {@code Semaphore@1b2c3d[Permits = 3]}} */
    @Override
    public String toString() {
        return super.toString() + "[Permits = " + epoch.permits() + "]";
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
     * @serialData the number of permits, an int
     */
    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        out.writeInt(epoch.permits());
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
        calmSteps = CALM_STEPS;
        epoch = PermitQueue.of(barging, in.readInt(), null);
    }

    // VarHandle mechanics
    private static final VarHandle EPOCH = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "epoch", VarHandle.class, Semaphore.class, PermitQueue.class);
}
