// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;
import dev.heddle.sync.internal.WaitQueue;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * A reentrant mutual exclusion lock whose waiters are served in arrival order, whether they are platform threads, virtual
 * threads or futures, and leave in constant time. Source compatible with
 * {@link java.util.concurrent.locks.ReentrantLock}: change the import and the name.
 *
 * <p><b>Fairness.</b> First in, first out, unless made with {@code fair = false}: then an unlock only wakes the first
 * waiter, and whoever is faster takes the lock (<em>barging</em>). The untimed {@link #tryLock()} takes a free lock past
 * any queue. {@link #isFair()} tells whether fairness was asked for.
 *
 * <p><b>Ownership.</b> A thread that locks owns the lock, may lock again, and must unlock as often. {@link #lockAsync()}
 * gives a {@link Permit} instead: the lock belongs to whoever has the permit, to no thread, and is not reentrant. The
 * owning thread is known to the virtual machine, so its deadlock detection sees cycles of platform threads.
 *
 * <p><b>Memory effects.</b> Actions before an unlock (or a permit's close) happen-before the actions after the next
 * successful lock.
 *
 * <p><b>Progress.</b> A free lock that nobody waits for is taken and given back by one compare-and-set each. Operations
 * are lock-free but for the wait itself; an abort (interrupt, time-out, cancel) is O(1) amortised wherever the waiter
 * stands, and may wait for a thread that is just deciding about this very waiter. Memory is O(waiters).
 *
 * <p>Source: N. Koval, D. Khalanskiy, D. Alistarh, <i>CQS: A Formally-Verified Framework for Fair and Abortable
 * Synchronization</i>, PLDI 2023, section on mutexes; see {@code PermitQueue} for the queue.
 */
public class Mutex extends AbstractOwnableSynchronizer implements Lock, Serializable {
    /* Implementation notes
     * Idea           One permit in a PermitQueue. Owner and holds lie outside of it: set after the permit was taken,
     *                cleared before it is given back, so that a late write can't hit the next owner.
     * Invariants     sync 1   the permit is out for one thread, or one Permit, at a time
     *                sync 20  the owner is set while a thread holds the lock, and this object is the park blocker
     *                owner and holds are written by the owning thread only
     * Ordering       both are plain fields: a thread can find itself as the owner only if it wrote that itself.
     * Deviations     This class is an AbstractOwnableSynchronizer itself, and not by a field: the blocker that tools show
     *                is then the lock that the user knows.
     */
    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether a newcomer may pass the queue. */
    private final boolean barging;

    /** Whether arrival order was asked for. */
    private final boolean fairAsked;

    private transient PermitQueue queue;
    private transient int reentries; // holds of the owner beyond the first

    /** Makes a lock whose waiters are served in arrival order; {@link #isFair()} is false all the same: nobody asked. */
    public Mutex() {
        this(false, false, null);
    }

    /**
     * Makes a lock.
     *
     * @param fair true for arrival order, false for barging
     */
    public Mutex(boolean fair) {
        this(!fair, fair, null);
    }

    private Mutex(boolean barging, boolean fairAsked, WaitQueue cells) {
        this.barging = barging;
        this.fairAsked = fairAsked;
        this.queue = PermitQueue.forLock(barging, cells);
        VarHandle.storeStoreFence(); // queue is not final only for the sake of readObject
    }

    /** For tests: segments of {@code segmentSize} cells. */
    static Mutex withSegmentSize(boolean fair, int segmentSize) {
        return new Mutex(!fair, fair, new WaitQueue(segmentSize));
    }

    /* Lock. */

    /**
     * Takes the lock, waiting until it is free for the caller. An interrupt is kept but does not end the wait.
     *
     * @throws Error if the caller holds the lock {@code Integer.MAX_VALUE} times
     */
    @Override
    public void lock() {
        Threads.reserveStack(); // a lock that is taken must get its owner
        if (queue.tryLockFast()) {
            setExclusiveOwnerThread(Thread.currentThread());
        } else {
            lockSlowUninterruptibly();
        }
    }

    /**
     * Takes the lock, waiting until it is free for the caller.
     *
     * @throws InterruptedException if the thread is interrupted on entry or before the lock was assigned to it
     * @throws Error if the caller holds the lock {@code Integer.MAX_VALUE} times
     */
    @Override
    public void lockInterruptibly() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Threads.reserveStack(); // a lock that is taken must get its owner
        if (queue.tryLockFast()) {
            setExclusiveOwnerThread(Thread.currentThread());
        } else {
            lockSlow(Deadline.NEVER, true);
        }
    }

    /**
     * Takes the lock if it is free or the caller's, whoever waits. Never waits. Fails only if at one moment during the call
     * somebody else held it.
     *
     * @return whether the caller holds the lock
     * @throws Error if the caller holds the lock {@code Integer.MAX_VALUE} times
     */
    @Override
    public boolean tryLock() {
        Threads.reserveStack();
        if (queue.tryTake(1) == PermitQueue.TAKEN) {
            setExclusiveOwnerThread(Thread.currentThread());
            return true;
        }
        return tryReenter();
    }

    /**
     * Takes the lock, waiting for it at most the given time. Unlike {@link #tryLock()} it does not pass the queue, unless
     * barging. With a time of zero or less it does not wait.
     *
     * @param time how long to wait at most, in {@code unit}s
     * @param unit of the time
     * @return false if the time is over
     * @throws InterruptedException as for {@link #lockInterruptibly()}
     * @throws Error if the caller holds the lock {@code Integer.MAX_VALUE} times
     */
    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(time);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return lockSlow(nanos > 0 ? Deadline.after(nanos) : null, true);
    }

    /**
     * Takes the lock without blocking a thread: the future is completed with a permit when the lock was assigned to it. It
     * stands in the same queue as the threads. Whoever completes it from outside first ({@code cancel}, {@code orTimeout},
     * …) takes it out of the queue; if the lock was assigned before, that attempt fails.
     *
     * <p>The lock then belongs to the permit: {@link #isLocked()} is true, no thread owns it, and a thread that calls this
     * while it holds the lock itself waits for its own unlock. Dependents run in the thread that unlocks, after that is
     * complete; use the {@code …Async} methods of the future for work that takes long or blocks.
     *
     * @return the lock's permit, perhaps there already
     */
    public CompletableFuture<Permit> lockAsync() {
        Permit permit = new Permit(this);
        CompletableFuture<Permit> taken = CompletableFuture.completedFuture(permit); // before the lock is: sync 22
        if (queue.tryLockFast() || queue.enter(1, false) == PermitQueue.TAKEN) {
            return taken;
        }
        Threads.reserveStack();
        PermitFuture<Permit> waiter = new PermitFuture<>(1, permit); // before it is counted: sync 22
        if (queue.enter(1, true) == PermitQueue.TAKEN) {
            return taken;
        }
        waiter.enlist(queue);
        return waiter;
    }

    private void lockSlowUninterruptibly() {
        try {
            lockSlow(Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError("an uninterruptible wait", e);
        }
    }

    /** Takes the lock in arrival order; with no deadline at all (null) only if that needs no wait. */
    final boolean lockSlow(Deadline deadline, boolean interruptible) throws InterruptedException {
        if (tryReenter()) {
            return true;
        }
        Thread me = Thread.currentThread();
        Threads.reserveStack();
        if (queue.enter(1, false) != PermitQueue.TAKEN) {
            if (deadline == null) {
                return false;
            }
            if (queue.enter(1, true) == PermitQueue.ENLISTED
                    && !queue.cells().await(me, queue, this, deadline, interruptible)) {
                if (interruptible && Thread.interrupted()) {
                    throw new InterruptedException();
                }
                return false;
            }
        }
        setExclusiveOwnerThread(me);
        return true;
    }

    private boolean tryReenter() {
        if (!isOwner()) {
            return false;
        }
        if (reentries == Integer.MAX_VALUE - 1) {
            throw new Error("Maximum lock count exceeded");
        }
        reentries++;
        return true;
    }

    /* Unlock. */

    /**
     * Gives one hold back; with the last one the lock becomes free, and goes to the first that waits.
     *
     * @throws IllegalMonitorStateException if the calling thread does not own the lock
     */
    @Override
    public void unlock() {
        if (!isOwner()) {
            throw new IllegalMonitorStateException();
        }
        if (reentries > 0) {
            reentries--;
        } else {
            Threads.reserveMoreStack(); // without an owner it must get through
            release();
        }
    }

    private void release() {
        setExclusiveOwnerThread(null); // before the permit is out of our hands: a late write would hit the next owner
        if (!queue.tryUnlockFast()) {
            queue.give(1);
        }
    }

    /* Conditions. */

    /**
     * A condition of this lock, with every method of {@link Condition} as {@code ReentrantLock} has it: waiters are
     * signalled in the order they came, a wait gives all holds back and takes them again, an interrupt that comes after the
     * signal is kept and not thrown. A signal moves its waiter into the queue of the lock and wakes nobody by itself.
     *
     * @return a new condition
     */
    @Override
    public Condition newCondition() {
        return new ConditionOfThis();
    }

    /**
     * {@return whether somebody waits on the condition}
     *
     * @param condition of this lock
     * @throws IllegalArgumentException if it is not a condition of this lock
     * @throws IllegalMonitorStateException if the caller does not own the lock
     */
    public boolean hasWaiters(Condition condition) {
        return MutexCondition.of(condition, this).waiters() > 0;
    }

    /**
     * {@return how many threads wait on the condition, found by a scan}
     *
     * @param condition of this lock
     * @throws IllegalArgumentException if it is not a condition of this lock
     * @throws IllegalMonitorStateException if the caller does not own the lock
     */
    public int getWaitQueueLength(Condition condition) {
        return MutexCondition.of(condition, this).waiters();
    }

    /**
     * {@return the threads that wait on the condition}
     *
     * @param condition of this lock
     * @throws IllegalArgumentException if it is not a condition of this lock
     * @throws IllegalMonitorStateException if the caller does not own the lock
     */
    protected Collection<Thread> getWaitingThreads(Condition condition) {
        return MutexCondition.of(condition, this).waitingThreads();
    }

    /* Queries. */

    /** {@return how often the calling thread holds the lock: the number of holds; 0 if it does not own the lock} */
    public int getHoldCount() {
        return isOwner() ? reentries + 1 : 0;
    }

    /** {@return whether the calling thread owns the lock} */
    public boolean isHeldByCurrentThread() {
        return isOwner();
    }

    private boolean isOwner() {
        return getExclusiveOwnerThread() == Thread.currentThread();
    }

    /** {@return whether the lock is held: true if anybody, a thread or a permit, holds it} */
    public boolean isLocked() {
        return isTaken();
    }

    private boolean isTaken() {
        return queue.permits() == 0;
    }

    /** {@return the order in force, asked for or not} */
    public final Fairness fairness() {
        return barging ? Fairness.BARGING : Fairness.FIFO;
    }

    /** {@return whether arrival order was asked for: true only if made with {@code fair = true}} */
    public final boolean isFair() {
        return fairAsked;
    }

    /**
     * Names the thread that owns the lock.
     *
     * @return null if none does, if a permit does, or for a moment while the lock changes hands
     */
    protected Thread getOwner() {
        return isTaken() ? getExclusiveOwnerThread() : null;
    }

    /** {@return whether somebody waits for the lock: true if a thread or a future does} */
    public final boolean hasQueuedThreads() {
        return queue.waiters() > 0;
    }

    /**
     * {@return whether a thread waits for the lock} Found by a scan.
     *
     * @param thread not null
     */
    public final boolean hasQueuedThread(Thread thread) {
        Objects.requireNonNull(thread, "thread");
        return queuedThreads().contains(thread);
    }

    /** {@return how many wait for the lock, in constant time: threads and futures} */
    public final int getQueueLength() {
        return queue.waiters();
    }

    /** {@return the threads that wait for the lock, without futures, by a scan: exact if nothing changes meanwhile} */
    protected Collection<Thread> getQueuedThreads() {
        return queuedThreads();
    }

    private Collection<Thread> queuedThreads() {
        WaitQueue cells = queue.cells();
        return cells == null ? new ArrayList<>() : cells.threads();
    }

    /**
     * Tells state: the identity of this lock and, in brackets, {@code [Unlocked]}, {@code [Locked by thread main]}, or
     * {@code [Locked]} if a permit holds it or it is just changing hands.
     *
     * @return as {@code Mutex@1b2c3d[Unlocked]}
     */
    @Override
    public String toString() {
        if (!isTaken()) {
            return super.toString() + "[Unlocked]";
        }
        Thread owner = getExclusiveOwnerThread();
        return super.toString() + (owner == null ? "[Locked]" : "[Locked by thread " + owner.getName() + "]");
    }

    /**
     * Reads a lock that is free and that nobody waits for.
     *
     * @param in where from
     * @throws IOException from the stream
     * @throws ClassNotFoundException from the stream
     */
    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        queue = PermitQueue.forLock(barging, null); // unlocked, and nobody waits
    }

    /** A lock that was taken by {@link #lockAsync()}: closing it unlocks, in whichever thread. */
    public static final class Permit implements AutoCloseable {
        private final Mutex mutex;
        private volatile boolean closed;

        private Permit(Mutex mutex) {
            this.mutex = mutex;
        }

        /** Unlocks; only the first call does so. */
        @Override
        public void close() {
            Threads.reserveMoreStack(); // once closed it must get through
            if (CLOSED.compareAndSet(this, false, true) && !mutex.queue.tryUnlockFast()) {
                mutex.queue.give(1);
            }
        }

        @Override
        public String toString() {
            return "Permit of " + mutex + (closed ? "[closed]" : "");
        }

        // VarHandle mechanics
        private static final VarHandle CLOSED = ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), "closed", VarHandle.class, Permit.class, boolean.class);
    }

    private final class ConditionOfThis extends MutexCondition {
        @Serial
        private static final long serialVersionUID = 1L;

        ConditionOfThis() {
            super(Mutex.this);
        }

        @Override
        boolean isHeldByCurrentThread() {
            return isOwner();
        }

        @Override
        long releaseFully() {
            int holds = reentries;
            reentries = 0;
            release();
            return holds;
        }

        @Override
        void reacquire(long holds) {
            boolean locked = false;
            while (!locked) { // ends: when there is memory for a place in the queue; without the lock we may not return
                try {
                    lockSlowUninterruptibly();
                    locked = true;
                } catch (OutOfMemoryError retried) {
                    Threads.pause(Mutex.this);
                }
            }
            reentries = (int) holds;
        }

        @Override
        void enlist(WaitQueue.Waiter waiter) {
            if (queue.enter(1, true) != PermitQueue.ENLISTED) {
                throw new AssertionError("free while its owner signals: " + Mutex.this);
            }
            queue.cells().enlist(waiter, queue);
        }

        @Override
        void waitInQueue(WaitQueue.Waiter waiter, Segment segment, int offset) {
            queue.cells().awaitVerdict(waiter, segment, offset, queue, Mutex.this, Deadline.NEVER, false);
        }

        @Override
        void served(long holds) {
            setExclusiveOwnerThread(Thread.currentThread());
            reentries = (int) holds;
        }
    }
}
