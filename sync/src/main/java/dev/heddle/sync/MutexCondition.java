// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;
import dev.heddle.sync.internal.WaitQueue;
import java.io.Serial;
import java.io.Serializable;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;

/** The condition of an exclusive lock: a list of waiters that a signal moves into the queue of the lock. */
abstract class MutexCondition implements Condition, Serializable {
    /* Implementation notes
     * Idea           Only the holder of the lock touches the list, so its links are plain fields. A signal does not wake
     *                anybody: it puts the waiter into the lock's queue on its behalf (wait morphing), and the waiter is
     *                woken once, when it has the lock.
     * State machine  WAITING -> SIGNALLED  by a signal, which enlists the waiter in the lock's queue next
     *                WAITING -> CANCELLED  by the waiter itself: interrupt or time-out; it then queues for the lock
     * Invariants     sync 24  that one compare-and-set decides: a waiter that leaves with an exception or a time-out has
     *                         consumed no signal, and a signalled one reports neither
     *                sync 24  one wake-up a signal
     *                a node is in the list, or SIGNALLED, or its thread is on its way to take it out
     * Linearization  signal: the compare-and-set to SIGNALLED. Abort: the compare-and-set to CANCELLED.
     * Ordering       `segment` is written after `offset` by the signaller, who holds the lock: no grant can be earlier.
     * Progress       signal is O(1) amortised: it passes each cancelled node once, and there are no more of them than
     *                threads on their way back into the lock.
     * Deviations     The park blocker is the lock, not the condition: who waits here can't go on without the lock, so a
     *                deadlock report that follows the lock's owner is right, before the signal as well as after it.
     */

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int WAITING = 0;
    private static final int SIGNALLED = 1;
    private static final int CANCELLED = 2;

    /** The lock, which is also the park blocker. */
    private final AbstractOwnableSynchronizer lock;

    private transient Node first; // this and the links: by the holder of the lock
    private transient Node last;

    MutexCondition(AbstractOwnableSynchronizer lock) {
        this.lock = lock;
    }

    /* What a condition needs of its lock. */

    abstract boolean isHeldByCurrentThread();

    /** Releases the lock whatever the number of holds, and gives what is to be taken again. More stack is reserved. */
    abstract long releaseFully();

    /** Takes the lock with these holds. The thread is not interrupted; if it is meanwhile, the flag stays set. */
    abstract void reacquire(long holds);

    /** Enlists a waiter for exclusive access. Called by the holder. */
    abstract void enlist(WaitQueue.Waiter waiter);

    /** Waits until the calling thread's waiter, which stands in this cell of the lock's queue, is served. */
    abstract void waitInQueue(WaitQueue.Waiter waiter, Segment segment, int offset);

    /** The calling thread's waiter was served: it has these holds of the lock from now on. */
    abstract void served(long holds);

    /* Waiting. */

    @Override
    public void await() throws InterruptedException {
        waitForSignal(Deadline.NEVER);
    }

    @Override
    public boolean await(long time, TimeUnit unit) throws InterruptedException {
        return waitForSignal(Deadline.after(Math.max(0, unit.toNanos(time))));
    }

    @Override
    public long awaitNanos(long nanos) throws InterruptedException {
        Deadline deadline = Deadline.after(Math.max(0, nanos));
        waitForSignal(deadline);
        long left = deadline.remaining();
        return left <= nanos ? left : Long.MIN_VALUE; // as the JDK does after an overflow
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // the interface says so
    public boolean awaitUntil(Date deadline) throws InterruptedException {
        return waitForSignal(Deadline.until(deadline.getTime()));
    }

    @Override
    public void awaitUninterruptibly() {
        try {
            waitForSignal(Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError("an uninterruptible wait", e);
        }
    }

    /** Waits for a signal and for the lock; false if the deadline came first. For tests: with a deadline of their own. */
    boolean waitForSignal(Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return waitForSignal(deadline, true);
    }

    private boolean waitForSignal(Deadline deadline, boolean interruptible) throws InterruptedException {
        Node node = link();
        long holds;
        try {
            holds = releaseFully();
        } catch (OutOfMemoryError e) { // the lock is still held
            unlink(node);
            throw e;
        }
        boolean interrupted = false;
        Error failure = null;
        while (node.segment == null) { // ends: by a signal that has put it into the lock's queue, or by our own abort
            interrupted |= Thread.interrupted();
            boolean leave = failure != null || (interruptible && interrupted) || deadline.passed();
            if (leave && node.casState(WAITING, CANCELLED)) { // LP of an abort
                reacquire(holds);
                unlink(node);
                return aborted(failure, interruptible, interrupted);
            }
            Error error = WaitQueue.park(lock, leave ? Deadline.NEVER : deadline); // leave: the signal won, for now
            failure = error != null ? error : failure;
        }
        comeBack(node, holds, interrupted);
        return true;
    }

    private static boolean aborted(Error failure, boolean interruptible, boolean interrupted)
            throws InterruptedException {
        if (failure != null) {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw failure;
        }
        if (interruptible && interrupted) {
            throw new InterruptedException();
        }
        return false;
    }

    /** Waits for the lock, as somebody who was signalled. */
    private void comeBack(Node node, long holds, boolean interrupted) {
        boolean served = false;
        try {
            waitInQueue(node, node.segment, node.offset);
            served = true;
        } catch (OutOfMemoryError | StackOverflowError noPark) { // it gave up its place, but may not return without
            reacquire(holds);
        }
        if (served) {
            served(holds);
        }
        if (interrupted) {
            Thread.currentThread().interrupt(); // the signal won: sync 24
        }
    }

    /* Signalling. */

    @Override
    public void signal() {
        checkHeld();
        Threads.reserveStack(); // a waiter that is taken off the list must reach the lock's queue
        while (first != null) { // ends: the list gets shorter
            if (signalFirst()) {
                return;
            }
        }
    }

    @Override
    public void signalAll() {
        checkHeld();
        Threads.reserveStack();
        while (first != null) {
            signalFirst();
        }
    }

    private boolean signalFirst() {
        Node node = first;
        if (!node.casState(WAITING, SIGNALLED)) { // LP of a signal
            unlink(node);
            return false;
        }
        try {
            enlist(node);
        } catch (Throwable e) { // no memory, or more waiters than the lock can count
            node.state = WAITING; // nobody acts on SIGNALLED before the node is in the queue, and we hold the lock
            LockSupport.unpark(node.thread); // it may have put off an abort
            throw e;
        }
        unlink(node);
        return true;
    }

    /* The list. */

    private Node link() {
        checkHeld();
        Threads.reserveMoreStack(); // to give the lock back, and to take it again
        Node node = new Node(Thread.currentThread());
        node.prev = last;
        if (last == null) {
            first = node;
        } else {
            last.next = node;
        }
        last = node;
        node.linked = true;
        return node;
    }

    private void unlink(Node node) {
        if (!node.linked) {
            return; // a signal passed it
        }
        node.linked = false;
        if (node.prev == null) {
            first = node.next;
        } else {
            node.prev.next = node.next;
        }
        if (node.next == null) {
            last = node.prev;
        } else {
            node.next.prev = node.prev;
        }
        node.prev = null; // GC: neighbours must not be kept by a node that its thread still holds
        node.next = null;
    }

    private void checkHeld() {
        if (!isHeldByCurrentThread()) {
            throw new IllegalMonitorStateException();
        }
    }

    /* Queries, for the holder. */

    /** The condition as one of ours, if it belongs to {@code lock}. */
    static MutexCondition of(Condition condition, Object lock) {
        Objects.requireNonNull(condition, "condition");
        if (!(condition instanceof MutexCondition mine) || mine.lock != lock) {
            throw new IllegalArgumentException("not a condition of this lock: " + condition);
        }
        mine.checkHeld();
        return mine;
    }

    /** The threads that wait for a signal, in order. */
    List<Thread> waitingThreads() {
        List<Thread> threads = new ArrayList<>();
        for (Node n = first; n != null; n = n.next) {
            if (n.state == WAITING) {
                threads.add(n.thread);
            }
        }
        return threads;
    }

    /** How many wait for a signal. */
    int waiters() {
        int count = 0;
        for (Node n = first; n != null; n = n.next) {
            if (n.state == WAITING) {
                count++;
            }
        }
        return count;
    }

    /** One wait of one thread. */
    private static final class Node implements WaitQueue.Waiter {
        private final Thread thread;
        private volatile int state;
        private Node prev;
        private Node next;
        private boolean linked;
        private int offset;
        private volatile Segment segment; // null until the node is in the lock's queue

        Node(Thread thread) {
            this.thread = thread;
        }

        boolean casState(int expected, int fresh) {
            return STATE.compareAndSet(this, expected, fresh);
        }

        @Override
        public void place(Segment s, int o) {
            offset = o;
            segment = s; // HB: publishes offset
        }

        @Override
        public Thread thread() {
            return thread;
        }

        // VarHandle mechanics
        private static final VarHandle STATE = ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), "state", VarHandle.class, Node.class, int.class);
    }
}
