// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;
import dev.heddle.sync.internal.WaitQueue;
import java.io.Serial;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;

/** Who holds a {@link ReadWriteMutex}, and how often: reentrancy, downgrading, permits and conditions over its queue. */
abstract class ReadWriteOwner extends AbstractOwnableSynchronizer {
    /* Implementation notes
     * Idea           ReadWriteQueue counts holds and lets waiters in; here the holds get their owners. The owner of the
     *                write lock and its further holds are set after the queue has let it in and cleared before it leaves,
     *                as in Mutex; the readers' holds likewise, in ReadHolds.
     * Invariants     sync 20  the owner is set while a thread holds the write lock, and this object is the park blocker
     *                sync 21  an interrupt that loses against a grant stays set and the lock is taken
     *                sync 22  what is needed is allocated, and the stack reserved, before the queue counts the operation;
     *                         an Error out of giving a lock back leaves it held
     *                a thread has a read hold in ReadHolds only while the queue counts that hold
     * Ordering       owner and reentries are plain fields: a thread can find itself as the owner only if it wrote that
     *                itself. Others read reentries only to print them.
     * Deviations     A condition's wait gives the read holds of the writer back too, and takes them again with the write
     *                lock, as the JDK does: else the waiter itself would keep every writer out.
     */
    @Serial
    private static final long serialVersionUID = 1L;

    /** The greatest number of holds of each side. */
    static final int MAX_HOLDS = ReadWriteWord.MAX_READS;

    final ReadWriteQueue queue;
    final ReadHolds holds = new ReadHolds();
    private transient int reentries; // holds of the owner beyond the first

    ReadWriteOwner(ReadWriteQueue queue) {
        this.queue = queue;
    }

    /* Read. */

    /** Takes the read lock if nobody is inside and nobody waits. */
    final boolean readFast() {
        Threads.reserveStack(); // a hold that the queue counts must get its owner
        if (!queue.tryReadFast()) {
            return false;
        }
        holds.setFirst(Thread.currentThread());
        return true;
    }

    final void readUninterruptibly() {
        try {
            read(Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError("an uninterruptible wait", e);
        }
    }

    /** Takes the read lock; with no deadline at all (null) only if that needs no wait. */
    final boolean read(Deadline deadline, boolean interruptible) throws InterruptedException {
        Threads.reserveMoreStack();
        Thread me = Thread.currentThread();
        Object[] table = holds.reserve(me); // alloc: once per thread
        int outcome = isInside(me, table) ? queue.readAgain() : queue.enterRead(false);
        if (outcome == ReadWriteQueue.MUST_WAIT) {
            if (deadline == null) {
                return false;
            }
            outcome = queue.enterRead(true);
        }
        if (outcome != ReadWriteQueue.ENLISTED) {
            noteRead(me, table, outcome);
            return true;
        }
        if (queue.await(false, me, this, deadline, interruptible)) {
            noteReadAfterWait(me);
            return true;
        }
        return notTaken(interruptible);
    }

    /** Takes the read lock if no other thread writes, whoever waits. */
    final boolean tryRead() {
        Threads.reserveStack();
        Thread me = Thread.currentThread();
        Object[] table = holds.reserve(me);
        int outcome = isInside(me, table) ? queue.readAgain() : queue.tryRead();
        if (outcome == ReadWriteQueue.MUST_WAIT) {
            return false;
        }
        noteRead(me, table, outcome);
        return true;
    }

    private boolean isInside(Thread me, Object[] table) {
        return holds.isHolder(table) || getExclusiveOwnerThread() == me;
    }

    private void noteRead(Thread me, Object[] table, int outcome) {
        if (outcome == ReadWriteQueue.TAKEN_FIRST) {
            holds.setFirst(me);
        } else {
            holds.add(table);
        }
    }

    /** Dependents of futures may have run on this thread since it reserved its entry, and may have used it up. */
    private void noteReadAfterWait(Thread me) {
        try {
            holds.add(holds.reserve(me));
        } catch (Throwable t) { // no memory for a larger table: the lock must not be lost
            queue.leaveRead();
            throw t;
        }
    }

    final void unlockRead() {
        Threads.reserveMoreStack(); // without its owner the hold must get through
        holds.remove(Thread.currentThread()); // before the hold is out of our hands
        queue.leaveRead();
    }

    /* Write. */

    /** Takes the write lock if nobody is inside and nobody waits. */
    final boolean writeFast() {
        Threads.reserveStack(); // a lock that is taken must get its owner
        if (!queue.tryWriteFast()) {
            return false;
        }
        setExclusiveOwnerThread(Thread.currentThread());
        return true;
    }

    final void writeUninterruptibly() {
        try {
            write(Deadline.NEVER, false);
        } catch (InterruptedException e) {
            throw new AssertionError("an uninterruptible wait", e);
        }
    }

    /** Takes the write lock; with no deadline at all (null) only if that needs no wait. */
    final boolean write(Deadline deadline, boolean interruptible) throws InterruptedException {
        if (tryReenter()) {
            return true;
        }
        Threads.reserveStack();
        Thread me = Thread.currentThread();
        if (queue.enterWrite(false) == ReadWriteQueue.MUST_WAIT) {
            if (deadline == null) {
                return false;
            }
            if (queue.enterWrite(true) == ReadWriteQueue.ENLISTED
                    && !queue.await(true, me, this, deadline, interruptible)) {
                return notTaken(interruptible);
            }
        }
        setExclusiveOwnerThread(me);
        return true;
    }

    /** Takes the write lock if nobody else is inside, whoever waits. */
    final boolean tryWrite() {
        Threads.reserveStack();
        if (!queue.tryWrite()) {
            return tryReenter();
        }
        setExclusiveOwnerThread(Thread.currentThread());
        return true;
    }

    private boolean tryReenter() {
        if (getExclusiveOwnerThread() != Thread.currentThread()) {
            return false;
        }
        if (reentries == MAX_HOLDS - 1) {
            throw new Error("Maximum lock count exceeded");
        }
        reentries++;
        return true;
    }

    final void unlockWrite() {
        if (getExclusiveOwnerThread() != Thread.currentThread()) {
            throw new IllegalMonitorStateException();
        }
        if (reentries > 0) {
            reentries--;
        } else {
            Threads.reserveMoreStack(); // without an owner it must get through
            leaveWrite(0);
        }
    }

    private void leaveWrite(int reads) {
        setExclusiveOwnerThread(null); // before the lock is out of our hands: a late write would hit the next owner
        queue.leaveWrite(reads);
    }

    private static boolean notTaken(boolean interruptible) throws InterruptedException {
        if (interruptible && Thread.interrupted()) {
            throw new InterruptedException();
        }
        return false;
    }

    /* Queries. */

    /** Holds of the writer; seen by another thread perhaps a little late. */
    final int writeHolds() {
        return queue.isWriteLocked() ? reentries + 1 : 0;
    }

    final boolean isWriter() {
        return getExclusiveOwnerThread() == Thread.currentThread();
    }

    /** The thread that writes, or null. */
    final Thread writer() {
        return queue.isWriteLocked() ? getExclusiveOwnerThread() : null;
    }

    /* Futures. */

    final CompletableFuture<ReadWriteMutex.Permit> async(boolean write) {
        ReadWriteMutex.Permit permit = new ReadWriteMutex.Permit(queue, write);
        CompletableFuture<ReadWriteMutex.Permit> taken = new CompletableFuture<>(); // all before it is counted: sync 22
        if (enter(write, false) == ReadWriteQueue.MUST_WAIT) {
            Threads.reserveMoreStack();
            AsyncWaiter waiter = new AsyncWaiter(queue, write, permit);
            if (enter(write, true) == ReadWriteQueue.ENLISTED) {
                queue.enlist(write, waiter);
                return waiter;
            }
        }
        taken.complete(permit);
        return taken;
    }

    private int enter(boolean write, boolean enlist) {
        return write ? queue.enterWrite(enlist) : queue.enterRead(enlist);
    }

    private static final class AsyncWaiter extends AbortableFuture<ReadWriteMutex.Permit> implements WaitQueue.Waiter {
        private final ReadWriteQueue queue;
        private final boolean write;
        private Segment segment; // both before anybody can abort
        private int offset;

        AsyncWaiter(ReadWriteQueue queue, boolean write, ReadWriteMutex.Permit permit) {
            this.queue = queue;
            this.write = write;
            grant(permit);
        }

        @Override
        public Thread thread() {
            return null;
        }

        @Override
        public void place(Segment s, int o) {
            segment = s;
            offset = o;
        }

        @Override
        protected boolean abandon() {
            Threads.reserveMoreStack(); // once out of its cell it must be counted out
            return queue.abandon(write, this, segment, offset);
        }
    }

    /* Conditions of the write lock. */

    /** A condition; it belongs to this lock. */
    final class WriteCondition extends MutexCondition {
        @Serial
        private static final long serialVersionUID = 1L;

        WriteCondition() {
            super(ReadWriteOwner.this);
        }

        @Override
        boolean isHeldByCurrentThread() {
            return isWriter();
        }

        @Override
        long releaseFully() {
            int reads = holds.removeAll(Thread.currentThread());
            long all = (long) reads << Integer.SIZE | reentries;
            reentries = 0;
            leaveWrite(reads);
            return all;
        }

        @Override
        void reacquire(long all) {
            boolean locked = false;
            while (!locked) { // ends: when there is memory for a place in the queue; without the lock we may not return
                try {
                    writeUninterruptibly();
                    locked = true;
                } catch (OutOfMemoryError retried) {
                    Threads.pause(ReadWriteOwner.this);
                }
            }
            served(all);
        }

        @Override
        void enlist(WaitQueue.Waiter waiter) {
            if (queue.enterWrite(true) != ReadWriteQueue.ENLISTED) {
                throw new AssertionError("free while its owner signals: " + ReadWriteOwner.this);
            }
            queue.enlist(true, waiter);
        }

        @Override
        void waitInQueue(WaitQueue.Waiter waiter, Segment segment, int offset) {
            queue.awaitVerdict(waiter, segment, offset, ReadWriteOwner.this);
        }

        @Override
        void served(long all) {
            Thread me = Thread.currentThread();
            setExclusiveOwnerThread(me);
            reentries = (int) all;
            int reads = (int) (all >>> Integer.SIZE);
            if (reads > 0) {
                queue.readAgain(reads);
                holds.setFirst(me, reads); // a writer that comes in finds no read hold
            }
        }
    }
}
