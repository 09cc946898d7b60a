// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Threads;
import java.io.Serial;
import java.io.Serializable;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/**
 * A reentrant read-write lock under which neither readers nor writers starve, whether they are platform threads, virtual
 * threads or futures; all of them leave in constant time. Source compatible with
 * {@link java.util.concurrent.locks.ReentrantReadWriteLock}: change the import and the name.
 *
 * <p><b>Fairness.</b> Phases of readers and writers alternate. A reader waits if a writer is inside or waits. When a
 * writer unlocks, all readers that wait at that moment enter, then the next writer, and so on; writers among themselves are
 * served in arrival order. So a reader waits for at most the writer inside and one more, a writer for the readers inside
 * and one batch of readers per writer before it. When the last waiting writer gives up, the readers behind it enter. Made
 * with {@code fair = false} the lock lets running threads pass: an unlock only wakes whoever is next, and a writer that
 * comes takes the lock if it is free. The untimed {@code tryLock} of either side takes what is free past any queue.
 * {@link #isFair()} tells whether fairness was asked for.
 *
 * <p><b>Ownership.</b> A thread may lock either side again if it holds it, and the read lock if it holds the write lock
 * (<em>downgrading</em>: keep the read lock, unlock the write lock); a reader that locks again never waits behind a writer. A
 * reader that asks for the write lock waits for itself. {@link #readLockAsync()} and {@link #writeLockAsync()} give a
 * {@link Permit} instead: the lock belongs to whoever has the permit, to no thread, and is not reentrant. The owner of the
 * write lock is known to the virtual machine, so its deadlock detection sees cycles of platform threads.
 *
 * <p><b>Memory effects.</b> Actions before a write unlock happen-before the actions after any later lock; actions before a
 * read unlock happen-before the actions after a later write lock. The same holds for permits and their dependents.
 *
 * <p><b>Progress.</b> A lock that nobody holds or waits for is taken and given back by one compare-and-set each. Operations
 * are lock-free but for the wait itself; an abort (interrupt, time-out, cancel) is O(1) amortised wherever the waiter
 * stands, and may wait for a thread that is just deciding about this very waiter. Memory is O(waiters), and a table of a few
 * words for each thread that reads beside others.
 *
 * <p><b>Limits.</b> At most 2<sup>20</sup> - 1 holds of each side and 2<sup>19</sup> - 1 waiters on each; past that an
 * {@link Error} is thrown and nothing is changed.
 *
 * <p>Source: the phases are those of B. Brandenburg and J. Anderson, <i>Spin-Based Reader-Writer Synchronization for
 * Multiprocessor Real-Time Systems</i>, Real-Time Systems 46, 2010; the queues are explained in {@code ReadWriteQueue}.
 */
public class ReadWriteMutex extends ReadWriteOwner implements ReadWriteLock, Serializable {
    @Serial
    private static final long serialVersionUID = 1L;
    /** Whether arrival order was asked for. */
    private final boolean fairAsked;
    /** The lock of the readers. */
    private final ReadLock readLock = new ReadLock(this);
    /** The lock of the writers. */
    private final WriteLock writeLock = new WriteLock(this);

    /** Makes a lock whose phases alternate; {@link #isFair()} is false all the same: nobody asked. */
    public ReadWriteMutex() {
        this(new ReadWriteQueue(false), false);
    }

    /**
     * Makes a lock.
     *
     * @param fair true for alternating phases, false for barging
     */
    public ReadWriteMutex(boolean fair) {
        this(new ReadWriteQueue(!fair), fair);
    }

    private ReadWriteMutex(ReadWriteQueue queue, boolean fairAsked) {
        super(queue);
        this.fairAsked = fairAsked;
    }

    /** For tests: segments of {@code segmentSize} cells. */
    static ReadWriteMutex withSegmentSize(boolean fair, int segmentSize) {
        return new ReadWriteMutex(new ReadWriteQueue(!fair, segmentSize), fair);
    }

    /** {@return the read side: always the same one} */
    @Override
    public ReadLock readLock() {
        return readLock;
    }

    /** {@return the write side: always the same one} */
    @Override
    public WriteLock writeLock() {
        return writeLock;
    }

    /* Futures. */

    /**
     * Takes the read lock without blocking a thread: the future is completed with a permit when it was let in. It stands in
     * the same queue as the threads. Whoever completes it from outside first ({@code cancel}, {@code orTimeout}, …) takes it
     * out of the queue; if it was let in before, that attempt fails.
     *
     * <p>Dependents run in the thread that lets the future in, after its unlock is complete; use the {@code …Async} methods
     * of the future for work that takes long or blocks.
     *
     * @return the future
     * @throws Error if there are too many holds or waiters
     */
    public CompletableFuture<Permit> readLockAsync() {
        return async(false);
    }

    /**
     * Takes the write lock without blocking a thread; as {@link #readLockAsync()}. No thread owns the lock then, and a
     * thread that holds it itself waits for its own unlock.
     *
     * @return the future
     * @throws Error if there are too many waiters
     */
    public CompletableFuture<Permit> writeLockAsync() {
        return async(true);
    }

    /* Queries. */

    /** {@return whether fairness was asked for: true only if made with {@code fair = true}} */
    public final boolean isFair() {
        return fairAsked;
    }

    /** {@return the order in force: arrival order in each phase, or barging} */
    public final Fairness fairness() {
        return queue.barging ? Fairness.BARGING : Fairness.FIFO;
    }

    /** {@return the thread that owns the write lock; null if none or a permit does, or while it just changes hands} */
    protected Thread getOwner() {
        return writer();
    }

    /** {@return how many read holds there are, of all threads and permits} */
    public int getReadLockCount() {
        return queue.reads();
    }

    /** {@return whether anybody, a thread or a permit, holds the write lock} */
    public boolean isWriteLocked() {
        return queue.isWriteLocked();
    }

    /** {@return whether the calling thread owns the write lock} */
    public boolean isWriteLockedByCurrentThread() {
        return isWriter();
    }

    /** {@return how often the calling thread holds the write lock; 0 if it does not} */
    public int getWriteHoldCount() {
        return isWriter() ? writeHolds() : 0;
    }

    /** {@return how often the calling thread holds the read lock; 0 if it does not} */
    public int getReadHoldCount() {
        return holds.count(Thread.currentThread());
    }

    /** {@return the threads that wait for the write lock, in no particular order; exact if nothing changes meanwhile} */
    protected Collection<Thread> getQueuedWriterThreads() {
        return queue.threads(true);
    }

    /** {@return the threads that wait for the read lock, in no particular order; exact if nothing changes meanwhile} */
    protected Collection<Thread> getQueuedReaderThreads() {
        return queue.threads(false);
    }

    /** {@return the threads that wait for either lock, in no particular order; exact if nothing changes meanwhile} */
    protected Collection<Thread> getQueuedThreads() {
        List<Thread> threads = queue.threads(true);
        threads.addAll(queue.threads(false));
        return threads;
    }

    /** {@return whether somebody, a thread or a future, waits for either lock} */
    public final boolean hasQueuedThreads() {
        return queue.waiters() > 0;
    }

    /**
     * {@return whether this thread waits for either lock}
     *
     * @param thread to look for
     */
    public final boolean hasQueuedThread(Thread thread) {
        Objects.requireNonNull(thread, "thread");
        return queue.threads(true).contains(thread) || queue.threads(false).contains(thread);
    }

    /** {@return how many wait for either lock, threads and futures, in constant time} */
    public final int getQueueLength() {
        return queue.waiters();
    }

    /**
     * {@return whether somebody waits on the condition of the write lock}
     *
     * @param condition of this lock
     * @throws IllegalArgumentException if it is not a condition of this lock
     * @throws IllegalMonitorStateException if the caller does not own the write lock
     */
    public boolean hasWaiters(Condition condition) {
        return MutexCondition.of(condition, this).waiters() > 0;
    }

    /**
     * {@return how many wait on the condition of the write lock}
     *
     * @param condition of this lock
     * @throws IllegalArgumentException if it is not a condition of this lock
     * @throws IllegalMonitorStateException if the caller does not own the write lock
     */
    public int getWaitQueueLength(Condition condition) {
        return MutexCondition.of(condition, this).waiters();
    }

    /**
     * {@return the threads that wait on the condition of the write lock}
     *
     * @param condition of this lock
     * @throws IllegalArgumentException if it is not a condition of this lock
     * @throws IllegalMonitorStateException if the caller does not own the write lock
     */
    protected Collection<Thread> getWaitingThreads(Condition condition) {
        return MutexCondition.of(condition, this).waitingThreads();
    }

    /** {@return the identity of this lock and, in brackets, its holds: {@code [Write locks = 0, Read locks = 2]}} */
    @Override
    public String toString() {
        return super.toString() + "[Write locks = " + writeHolds() + ", Read locks = " + queue.reads() + "]";
    }

    /** The read side of a {@link ReadWriteMutex}. */
    public static class ReadLock implements Lock, Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        /** What this lock is a part of. */
        private final ReadWriteMutex mutex;

        /**
         * For subclasses: the read side of a lock.
         *
         * @param lock whose side this is
         */
        protected ReadLock(ReadWriteMutex lock) {
            this.mutex = Objects.requireNonNull(lock, "lock");
        }

        /**
         * Takes the read lock, waiting while a writer is inside or before the caller. An interrupt is kept but does not end
         * the wait.
         *
         * @throws Error if there are too many holds or waiters
         */
        @Override
        public void lock() {
            if (!mutex.readFast()) {
                mutex.readUninterruptibly();
            }
        }

        /**
         * Takes the read lock, waiting while a writer is inside or before the caller.
         *
         * @throws InterruptedException if the thread is interrupted on entry or before it was let in
         * @throws Error if there are too many holds or waiters
         */
        @Override
        public void lockInterruptibly() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!mutex.readFast()) {
                mutex.read(Deadline.NEVER, true);
            }
        }

        /**
         * Takes the read lock unless another thread writes, whoever waits. Never waits. Fails only if at one moment during
         * the call somebody else held the write lock.
         *
         * @return whether it was taken
         * @throws Error if there are too many holds
         */
        @Override
        public boolean tryLock() {
            return mutex.readFast() || mutex.tryRead();
        }

        /**
         * Takes the read lock, waiting for it at most the given time. Unlike {@link #tryLock()} it does not pass a waiting
         * writer. With a time of zero or less it does not wait.
         *
         * @return false if the time is over
         * @throws InterruptedException as for {@link #lockInterruptibly()}
         * @throws Error if there are too many holds or waiters
         */
        @Override
        public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
            long nanos = unit.toNanos(timeout);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return mutex.readFast() || mutex.read(nanos > 0 ? Deadline.after(nanos) : null, true);
        }

        /**
         * Gives one hold back; with the last one of all readers the lock becomes free for a writer.
         *
         * @throws IllegalMonitorStateException if the calling thread has no hold
         */
        @Override
        public void unlock() {
            mutex.unlockRead();
        }

        /**
         * Not supported: a wait would have to give up what other readers rely on.
         *
         * @throws UnsupportedOperationException always
         */
        @Override
        public Condition newCondition() {
            throw new UnsupportedOperationException();
        }

        /** {@return the identity of this lock and, in brackets, the holds of all readers: {@code [Read locks = 2]}} */
        @Override
        public String toString() {
            return super.toString() + "[Read locks = " + mutex.queue.reads() + "]";
        }
    }

    /** The write side of a {@link ReadWriteMutex}. */
    public static class WriteLock implements Lock, Serializable {
        @Serial
        private static final long serialVersionUID = 1L;

        /** What this lock is a part of. */
        private final ReadWriteMutex mutex;

        /**
         * For subclasses: the write side of a lock.
         *
         * @param lock whose side this is
         */
        protected WriteLock(ReadWriteMutex lock) {
            this.mutex = Objects.requireNonNull(lock, "lock");
        }

        /**
         * Takes the write lock, waiting until nobody else is inside and it is the caller's turn. An interrupt is kept but
         * does not end the wait.
         *
         * @throws Error if there are too many holds or waiters
         */
        @Override
        public void lock() {
            if (!mutex.writeFast()) {
                mutex.writeUninterruptibly();
            }
        }

        /**
         * Takes the write lock, waiting until nobody else is inside and it is the caller's turn.
         *
         * @throws InterruptedException if the thread is interrupted on entry or before it was let in
         * @throws Error if there are too many holds or waiters
         */
        @Override
        public void lockInterruptibly() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!mutex.writeFast()) {
                mutex.write(Deadline.NEVER, true);
            }
        }

        /**
         * Takes the write lock if nobody holds either side, or if the caller holds the write lock, whoever waits. Never
         * waits. Fails only if at one moment during the call somebody else, or the caller as a reader only, was inside.
         *
         * @return whether it was taken
         * @throws Error if the caller has too many holds
         */
        @Override
        public boolean tryLock() {
            return mutex.tryWrite();
        }

        /**
         * Takes the write lock, waiting for it at most the given time. Unlike {@link #tryLock()} it does not pass the
         * queues, unless barging. With a time of zero or less it does not wait.
         *
         * @return false if the time is over
         * @throws InterruptedException as for {@link #lockInterruptibly()}
         * @throws Error if there are too many holds or waiters
         */
        @Override
        public boolean tryLock(long timeout, TimeUnit unit) throws InterruptedException {
            long nanos = unit.toNanos(timeout);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return mutex.writeFast() || mutex.write(nanos > 0 ? Deadline.after(nanos) : null, true);
        }

        /**
         * Gives one hold back; with the last one the lock becomes free for the readers that wait, or the next writer.
         *
         * @throws IllegalMonitorStateException if the calling thread does not own the write lock
         */
        @Override
        public void unlock() {
            mutex.unlockWrite();
        }

        /**
         * A condition of the write lock, as {@code ReentrantReadWriteLock} has it: a wait gives all holds of the thread back,
         * those of the read lock too, and takes them again; an interrupt that comes after the signal is kept and not thrown.
         * A signal moves its waiter into the queue of the writers and wakes nobody by itself.
         */
        @Override
        public Condition newCondition() {
            return mutex.new WriteCondition();
        }

        /** {@return whether the calling thread owns the write lock} */
        public boolean isHeldByCurrentThread() {
            return mutex.isWriter();
        }

        /** {@return how often the calling thread holds the write lock; 0 if it does not} */
        public int getHoldCount() {
            return mutex.isWriter() ? mutex.writeHolds() : 0;
        }

        /**
         * {@return the identity of this lock and, in brackets, its state: {@code [Unlocked]}, {@code [Locked by thread
         * main]}, or {@code [Locked]} if a permit holds it or it is just changing hands}
         */
        @Override
        public String toString() {
            if (!mutex.queue.isWriteLocked()) {
                return super.toString() + "[Unlocked]";
            }
            Thread owner = mutex.writer();
            return super.toString() + (owner == null ? "[Locked]" : "[Locked by thread " + owner.getName() + "]");
        }
    }

    /** A hold of no thread, taken by {@link #readLockAsync()} or {@link #writeLockAsync()}: closing it unlocks. */
    public static final class Permit implements AutoCloseable {
        private final ReadWriteQueue queue;
        private final boolean write;
        private volatile boolean closed;

        Permit(ReadWriteQueue queue, boolean write) {
            this.queue = queue;
            this.write = write;
        }

        /** Unlocks, in whichever thread. Only the first call does; later ones do nothing. */
        @Override
        public void close() {
            Threads.reserveMoreStack(); // once closed it must get through
            if (!CLOSED.compareAndSet(this, false, true)) {
                return;
            }
            if (write) {
                queue.leaveWrite(0);
            } else {
                queue.leaveRead();
            }
        }

        @Override
        public String toString() {
            return (write ? "Write permit" : "Read permit") + (closed ? "[closed]" : "");
        }

        // VarHandle mechanics
        private static final VarHandle CLOSED = ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), "closed", VarHandle.class, Permit.class, boolean.class);
    }
}
