// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Threads;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps shared objects, such as connections or buffers, for whoever needs one next: {@code take} one, use it,
 * {@code put} it back. Takers wait in the order of their arrival, threads and futures in one queue.
 *
 * <p>{@link #fifo()} gives out the element that has lain longest, {@link #lifo()} the one put last. Under contention these
 * orders are approximate: the pool is a bag. What holds always is conservation: every element put is taken once, or is
 * still there; an element whose taker gave up goes to the next taker or back into the pool.
 *
 * <p>The pool has no bound and never refuses an element. It does not count which elements are out.
 *
 * <p><b>Memory effects.</b> What precedes {@code put} happens-before the return of the call that takes the element, and
 * before the completion of the future that gets it.
 *
 * <p><b>Progress.</b> {@code put} and {@code tryTake} never wait. A {@code put} and a {@code take} that meet at an empty
 * place both start over, so they are obstruction-free then, wait-free (first in, first out) or lock-free (last in, first
 * out) otherwise. A taker gives up in O(1).
 *
 * <p>Source: PLDI 2023 (the CancellableQueueSynchronizer), section on blocking pools.
 *
 * @param <T> the elements
 */
public final class BlockingPool<T> {
    /* Implementation notes
     * Source         PLDI 2023, blocking pools (queue-based and stack-based).
     * Idea           `size` decides as the counter of a semaphore does: a put that finds it negative hands its element to
     *                a waiter through the queue, else it stores it; a take that finds it positive fetches from the store,
     *                else it waits. Counter and store are two steps, so a fetch may come before the insert it counts on:
     *                it then spoils the place, and both start over, which leaves `size` as it was.
     * Invariants     sync 2   size = elements stored or being stored - takers waiting or about to wait
     *                sync 3   an element reaches one taker, or comes back through completeRefusedResume
     *                sync 6   a refused element is stored again: onCancellation has counted it already
     * Linearization  put, take: the fetch-and-add on size that leads to success. The order of elements is not part of it.
     * Ordering       size is volatile; the element is handed over by a compare-and-set of its cell or of the stack's head.
     * Errors         put allocates before it counts; a take that finds no stack or memory to wait takes its count back,
     *                or, if an element is under way for it already, goes on.
     * Deviations     tryTake is not linearizable against a take that has counted itself and not yet reached the queue: an
     *                element handed to that take is gone for tryTake, though a later take may still overtake and get it.
     */
    private static final int SPINS = 64; // as in the queue

    private volatile long size; // elements; if negative, the number of takers that wait
    private final ElementStore<T> store;
    private final Takers takers;

    private BlockingPool(ElementStore<T> store) {
        this.store = store;
        this.takers = new Takers();
    }

    /** For tests. */
    private BlockingPool(ElementStore<T> store, int segmentSize, int spins) {
        this.store = store;
        this.takers = new Takers(segmentSize, spins);
    }

    /**
     * Makes an empty pool that gives out the element that has lain longest.
     *
     * @param <T> the elements
     * @return the pool
     */
    public static <T> BlockingPool<T> fifo() {
        return new BlockingPool<>(new QueueStore<>(QueueStore.SEGMENT_SIZE, SPINS));
    }

    /**
     * Makes an empty pool that gives out the element that was put last.
     *
     * @param <T> the elements
     * @return the pool
     */
    public static <T> BlockingPool<T> lifo() {
        return new BlockingPool<>(new StackStore<>(SPINS));
    }

    static <T> BlockingPool<T> fifo(int segmentSize, int spins) {
        return new BlockingPool<>(new QueueStore<>(segmentSize, spins), segmentSize, spins);
    }

    static <T> BlockingPool<T> lifo(int segmentSize, int spins) {
        return new BlockingPool<>(new StackStore<>(spins), segmentSize, spins);
    }

    /**
     * Gives an element to the pool, or to the taker that has waited longest.
     *
     * @param element not null
     * @throws NullPointerException if {@code element} is null; the pool is unchanged
     */
    public void put(T element) {
        Objects.requireNonNull(element, "element");
        Object place = store.prepare(element);
        do { // ends: repeats only if a fetch was faster than our insert
            if ((long) SIZE.getAndAdd(this, 1L) < 0) { // LP
                takers.resume(element);
                return;
            }
        } while (!store.tryInsert(place));
    }

    /**
     * Takes an element, waiting in arrival order if there is none.
     *
     * @return the element
     * @throws InterruptedException if interrupted on entry, or while waiting before an element was assigned
     */
    public T take() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        T element = fetch();
        return element != null ? element : outcome(takeSlow(Deadline.NEVER));
    }

    /**
     * Takes an element, waiting in arrival order for a limited time; zero or less does not wait.
     *
     * @param timeout how long to wait
     * @param unit of the timeout
     * @return the element, or null if the time was over
     * @throws InterruptedException as for {@link #take()}
     */
    public T poll(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return nanos > 0 ? poll(Deadline.after(nanos)) : tryTake();
    }

    T poll(Deadline deadline) throws InterruptedException {
        T element = fetch();
        return element != null ? element : outcome(takeSlow(deadline));
    }

    /**
     * Takes an element if one is there for the caller.
     *
     * @return the element, or null: at some moment during the call all elements were promised to takers
     */
    public T tryTake() {
        for (; ; ) { // ends: repeats only if another operation changed the size or spoilt the place
            long s = size;
            if (s <= 0) {
                return null;
            }
            if (SIZE.compareAndSet(this, s, s - 1)) { // LP
                T element = store.tryFetch();
                if (element != null) {
                    return element;
                }
            }
        }
    }

    /**
     * Takes an element without blocking.
     *
     * @return a future of the element. Any other completion of it ({@code cancel}, {@code orTimeout}, …) takes it out of
     *     the queue, unless an element was assigned to it already.
     */
    public CompletableFuture<T> takeAsync() {
        AsyncWaiter<T, T> waiter = new AsyncWaiter.Plain<>();
        takers.prepare();
        T element = fetch();
        if (element != null) {
            CellQueue.settle(waiter, element);
        } else {
            takers.install(waiter);
        }
        return waiter;
    }

    /** Null: this call is counted as a taker that waits. */
    private T fetch() {
        while ((long) SIZE.getAndAdd(this, -1L) > 0) { // LP; ends: repeats only if the place had to be spoilt
            T element = store.tryFetch();
            if (element != null) {
                return element;
            }
        }
        return null;
    }

    private Object takeSlow(Deadline deadline) {
        try {
            takers.prepare();
        } catch (OutOfMemoryError | StackOverflowError failure) {
            if ((long) SIZE.getAndAdd(this, 1L) < 0) {
                throw failure;
            }
            SIZE.getAndAdd(this, -1L);
        }
        return takers.await(deadline, true);
    }

    private T outcome(Object state) throws InterruptedException {
        if (state == CellState.INTERRUPTED) {
            throw new InterruptedException();
        }
        return CellQueue.value(state);
    }

    /** {@return how many elements are there to be taken} An estimate while others are at work. */
    public int size() {
        return (int) Math.min(Math.max(size, 0), Integer.MAX_VALUE);
    }

    /** {@return the usual identification of an object, and the numbers of elements and of waiting takers} */
    @Override
    public String toString() {
        long s = size;
        return super.toString() + "[Elements = " + Math.max(s, 0) + ", Waiting = " + Math.max(-s, 0) + "]";
    }

    private final class Takers extends CancellableQueueSynchronizer<T> {
        Takers() {
            super(Resumption.ASYNC, Cancellation.SMART);
        }

        Takers(int segmentSize, int spins) {
            super(Resumption.ASYNC, Cancellation.SMART, segmentSize, spins);
        }

        @Override
        protected boolean onCancellation() {
            return (long) SIZE.getAndAdd(BlockingPool.this, 1L) < 0;
        }

        @Override
        protected void completeRefusedResume(T element) {
            if (!store.tryInsert(prepareSurely(element))) { // counted by onCancellation
                put(element);
            }
        }

        @Override
        protected Object blocker() {
            return BlockingPool.this;
        }
    }

    private Object prepareSurely(T element) {
        for (; ; ) {
            try {
                return store.prepare(element);
            } catch (OutOfMemoryError retried) { // the element is ours: it must not get lost
                Threads.giveWay();
            }
        }
    }

    // VarHandle mechanics
    private static final VarHandle SIZE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "size", VarHandle.class, BlockingPool.class, long.class);
}
