// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Threads;
import dev.heddle.sync.internal.WaitQueue;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Keeps shared objects, such as connections or buffers, for whoever needs one next: {@code take} one, use it,
 * {@code put} it back. Takers wait in the order of their arrival, threads and futures in one queue.
 *
 * <p>{@link #fifo()} gives out the element that has lain longest, {@link #lifo()} the one put last. Under contention these
 * orders are approximate: the pool is a bag. What holds always is conservation: every element put is taken once, or is
 * still there; an element whose taker gave up stays in the pool or goes to the next taker. Take as a bag, all operations
 * are linearizable, {@link #tryTake()} and {@link #size()} among them.
 *
 * <p><b>Fairness.</b> Takers are served first in, first out; made with {@link Fairness#BARGING}, a {@code put} only wakes
 * the first taker, and whoever is faster takes the element. As with {@link Semaphore}, {@code tryTake} never queues.
 *
 * <p>The pool has no bound of its own and does not count which elements are out.
 *
 * <p><b>Memory effects.</b> What precedes {@code put} happens-before the return of the call that takes the element, and
 * before the completion of the future that gets it.
 *
 * <p><b>Progress.</b> {@code put} and {@code tryTake} are lock-free and never wait; {@code take} is lock-free but for the
 * wait itself. A taker gives up in O(1).
 *
 * <p><b>Limits.</b> At most {@value #MAX_ELEMENTS} elements at a time; past that {@code put} throws an {@link Error} and
 * nothing is changed.
 *
 * <p>Source: PLDI 2023 (the CancellableQueueSynchronizer), section on blocking pools.
 *
 * @param <T> the elements
 */
public final class BlockingPool<T> {
    /* Implementation notes
     * Idea           A semaphore counts the elements that are there for somebody. A put stores its element and then
     *                releases; a take acquires and then fetches, so a fetch always finds something.
     * Invariants     sync 2   elements in the store = permits + puts that have not released yet + takes that have
     *                         acquired and not fetched yet
     *                sync 3   a fetch, and so each element, belongs to one taker that can't leave any more
     *                sync 8   an element is taken and given where the semaphore's permit is
     *                sync 22  between the store and the semaphore nothing may fail: stack is reserved before the first of
     *                         the two, and a release that finds no memory is repeated
     * Linearization  put: its release. take, tryTake, takeAsync: the acquire. Which element it is, is not part of it.
     * Idea, order    Whoever serves a waiting taker fetches for it, at once: puts that follow one another reach the waiting
     *                takers in that order.
     * Deviations     PLDI 2023 counts first and hands elements over through the queue of the takers. A tryTake is then not
     *                linearizable, since an element can be promised to a taker that is still on its way, and a fetch can
     *                come before the insert it counts on, so that both start over.
     */
    private static final int MAX_ELEMENTS = Integer.MAX_VALUE - (1 << 20); // the rest: puts that look at the same time

    private final ElementStore<T> store;
    private final Count count;

    private BlockingPool(ElementStore<T> store, Fairness fairness, WaitQueue cells) {
        this.store = store;
        this.count = new Count(this, fairness, cells);
    }

    /**
     * Makes an empty pool that gives out the element that has lain longest, to takers in arrival order.
     *
     * @param <T> the elements
     * @return the pool
     */
    public static <T> BlockingPool<T> fifo() {
        return fifo(Fairness.FIFO);
    }

    /**
     * Makes an empty pool that gives out the element that has lain longest.
     *
     * @param <T> the elements
     * @param fairness the order of the takers
     * @return the pool
     */
    public static <T> BlockingPool<T> fifo(Fairness fairness) {
        return new BlockingPool<>(new QueueStore<>(), fairness, null);
    }

    /**
     * Makes an empty pool that gives out the element that was put last, to takers in arrival order.
     *
     * @param <T> the elements
     * @return the pool
     */
    public static <T> BlockingPool<T> lifo() {
        return lifo(Fairness.FIFO);
    }

    /**
     * Makes an empty pool that gives out the element that was put last.
     *
     * @param <T> the elements
     * @param fairness the order of the takers
     * @return the pool
     */
    public static <T> BlockingPool<T> lifo(Fairness fairness) {
        return new BlockingPool<>(new StackStore<>(), fairness, null);
    }

    /** For tests: small segments, and a store that waits for a stopped insert as long as told. */
    static <T> BlockingPool<T> fifo(Fairness fairness, int segmentSize, int spins) {
        return new BlockingPool<>(new QueueStore<>(segmentSize, spins), fairness, new WaitQueue(segmentSize));
    }

    /** For tests: small segments. */
    static <T> BlockingPool<T> lifo(Fairness fairness, int segmentSize) {
        return new BlockingPool<>(new StackStore<>(), fairness, new WaitQueue(segmentSize));
    }

    /**
     * Gives an element to the pool; the taker that has waited longest gets one.
     *
     * @param element not null
     * @throws NullPointerException if {@code element} is null; the pool is unchanged
     * @throws Error if there are too many elements; the pool is unchanged
     */
    public void put(T element) {
        Objects.requireNonNull(element, "element");
        if (count.epoch().permits() >= MAX_ELEMENTS) {
            throw new Error("Maximum number of elements exceeded");
        }
        Threads.reserveMoreStack(); // the release reserves some for itself
        store.insert(element);
        for (; ; ) { // ends: when there is memory; the element is stored and must be counted
            try {
                count.giveOne(); // LP
                return;
            } catch (OutOfMemoryError retried) {
                Threads.giveWay();
            }
        }
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
        Threads.reserveStack(); // for the fetch
        return count.takeFast() ? store.fetch() : poll(Deadline.NEVER); // LP: takeFast
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

    /** Takes an element in arrival order; null if the time was over. */
    T poll(Deadline deadline) throws InterruptedException {
        Threads.reserveStack(); // for the fetch
        if (count.barging()) {
            return count.take(1, deadline, true) ? store.fetch() : null;
        }
        ThreadTaker<T> me = new ThreadTaker<>(store);
        return count.take(1, me, deadline, true) ? me.element() : null;
    }

    /**
     * Takes an element if one is there, whoever waits. Never waits.
     *
     * @return the element, or null: at one moment during the call none was there
     */
    public T tryTake() {
        Threads.reserveStack(); // for the fetch
        return count.tryTake(1) ? store.fetch() : null;
    }

    /**
     * Takes an element without blocking.
     *
     * @return a future of the element. Any other completion of it ({@code cancel}, {@code orTimeout}, …) takes it out of
     *     the queue, unless an element was assigned to it already.
     */
    public CompletableFuture<T> takeAsync() {
        CompletableFuture<T> taken = new CompletableFuture<>(); // before an element is: sync 22
        Threads.reserveStack(); // for the fetch
        FutureTaker waiter = count.takeOrEnlist(1, FutureTaker::new);
        if (waiter != null) {
            return waiter;
        }
        taken.complete(store.fetch());
        return taken;
    }

    /** {@return how many elements are there to be taken, at one moment of the call} */
    public int size() {
        return Math.max(count.epoch().permits(), 0);
    }

    /** {@return the order in which takers are served} */
    public Fairness fairness() {
        return count.barging() ? Fairness.BARGING : Fairness.FIFO;
    }

    /** {@return the usual identification of an object, and the numbers of elements and of waiting takers} */
    @Override
    public String toString() {
        PermitQueue now = count.epoch();
        return super.toString() + "[Elements = " + Math.max(now.permits(), 0) + ", Waiting = " + now.waiters() + "]";
    }

    /** A future that waits for an element. */
    private final class FutureTaker extends PermitFuture<T> {
        FutureTaker() {
            super(1, null);
        }

        @Override
        public void granted() {
            grant(store.fetch());
        }
    }

    /** The calling thread, waiting for an element: it is fetched by whoever serves it, so in the order of the puts. */
    private static final class ThreadTaker<T> extends BulkWaiter {
        private final ElementStore<T> store;
        private T element; // published with the verdict in the cell

        ThreadTaker(ElementStore<T> store) {
            super(1);
            this.store = store;
        }

        /** What the calling thread, which was served, gets: without a wait it is still to be fetched. */
        T element() {
            return element != null ? element : store.fetch();
        }

        @Override
        public void granted() {
            element = store.fetch();
        }
    }

    /** Elements that are there for somebody: the permits. */
    private static final class Count extends SemaphoreCore {
        private final BlockingPool<?> pool;

        Count(BlockingPool<?> pool, Fairness fairness, WaitQueue cells) {
            super(0, fairness == Fairness.BARGING, cells, CALM_STEPS);
            this.pool = pool;
        }

        @Override
        Object blocker() {
            return pool;
        }
    }
}
