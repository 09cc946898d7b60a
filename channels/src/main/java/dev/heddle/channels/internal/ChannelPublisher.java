// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Receiver;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The elements of a receiver for the subscribers that ask for them; each element goes to one of them.
 *
 * @param <E> the type of the elements
 */
public final class ChannelPublisher<E> implements Flow.Publisher<E> {
    private final Receiver<E> receiver;
    private final Executor executor;

    /** A publisher that signals in the executor. */
    public ChannelPublisher(Receiver<E> receiver, Executor executor) {
        this.receiver = receiver;
        this.executor = Objects.requireNonNull(executor, "executor");
    }

    @Override
    public void subscribe(Flow.Subscriber<? super E> subscriber) {
        Objects.requireNonNull(subscriber, "subscriber");
        new Subscription<>(receiver, executor, subscriber).poke();
    }

    /** What links one subscriber with the receiver. */
    private static final class Subscription<E> implements Flow.Subscription, Runnable {
        /* Implementation notes
         * Idea          Whatever happens (demand, an element, a cancel) adds to the word "work"; who adds the first starts the
         *               loop, which runs until it has seen all of it. So signals are serial, and none is given inside
         *               another one: a request from within onNext only adds work.
         * Owned         by the loop: the fields that are neither final nor volatile
         * Demand        an element is received only when there is demand for it, and by one receive at a time
         * Cancel        runs the loop in the caller's thread if nobody else does: a cancelled subscription gives no signal,
         *               and its receive must leave the channel at once
         * Rules         of Reactive Streams: 1.1 demand, 1.3 serial, 1.4 and 1.5 end, 2.13 a subscriber that throws has
         *               cancelled, 3.3 no recursion, 3.9 bad demand, 3.13 drop the subscriber
         */
        private final Receiver<E> receiver;
        private final Executor executor;
        private final AtomicInteger work = new AtomicInteger();
        private final AtomicLong demand = new AtomicLong();
        private volatile boolean cancelled;
        private volatile IllegalArgumentException badDemand;
        private Flow.Subscriber<? super E> subscriber; // null: no more signals
        private boolean begun;
        private Throwable refused; // by the executor
        private CompletableFuture<E> pending; // the receive that is under way, or null

        Subscription(Receiver<E> receiver, Executor executor, Flow.Subscriber<? super E> subscriber) {
            this.receiver = receiver;
            this.executor = executor;
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                badDemand =
                        new IllegalArgumentException("request of " + n + " elements, rule 3.9 asks for more than 0");
            } else {
                demand.accumulateAndGet(n, (a, b) -> a + b < 0 ? Long.MAX_VALUE : a + b);
            }
            poke();
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (work.getAndIncrement() == 0) {
                run();
            }
        }

        private void poke() {
            if (work.getAndIncrement() == 0) {
                try {
                    executor.execute(this);
                } catch (Throwable thrown) { // no thread to signal in: the loop is ours, the subscriber must know
                    refused = thrown;
                    run();
                }
            }
        }

        @Override
        public void run() {
            int seen = work.get();
            do { // ends: when nothing has happened since the last look
                proceed();
                seen = work.addAndGet(-seen);
            } while (seen != 0);
        }

        private void proceed() {
            try {
                if (!begun && subscriber != null) {
                    begun = true;
                    subscriber.onSubscribe(this);
                }
                while (subscriber != null && step()) {} // ends: without demand, without an element, or for good
            } catch (Throwable thrown) { // by the subscriber: rule 2.13
                leave();
                Thread thread = Thread.currentThread(); // perhaps that of a sender, who must not suffer from it
                thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
            }
        }

        /** One signal; false if there is nothing to signal now. */
        private boolean step() {
            if (cancelled) {
                leave();
                return false;
            }
            Throwable failure = refused != null ? refused : badDemand;
            if (failure != null) {
                end(failure);
                return false;
            }
            try {
                E element = next();
                if (element == null) {
                    return false;
                }
                if (demand.get() != Long.MAX_VALUE) {
                    demand.decrementAndGet();
                }
                subscriber.onNext(element);
                return true;
            } catch (Ended ended) {
                end(ended.cause);
                return false;
            }
        }

        /** The next element if there is demand; null if there is none, or it is still to come. */
        private E next() throws Ended {
            try {
                if (pending == null) {
                    if (demand.get() == 0) {
                        return receiver.isClosedForReceive() ? receiver.tryReceive() : null; // throws, if closed
                    }
                    E there = receiver.tryReceive();
                    if (there != null) {
                        return there;
                    }
                    pending = receiver.receiveAsync();
                    CompletableFuture<E> unused = pending.whenComplete((element, failure) -> poke());
                }
                if (!pending.isDone()) {
                    return null;
                }
                CompletableFuture<E> done = pending;
                pending = null;
                return done.join();
            } catch (ChannelClosedException closed) {
                throw new Ended(closed.getCause());
            } catch (CompletionException failed) {
                Throwable why = failed.getCause();
                throw new Ended(why instanceof ChannelClosedException ? why.getCause() : why);
            }
        }

        private void end(Throwable cause) {
            Flow.Subscriber<? super E> s = subscriber;
            leave();
            if (cause == null) {
                s.onComplete();
            } else {
                s.onError(cause);
            }
        }

        /** No more signals; a receive under way gives up, or its element is reported. */
        private void leave() {
            subscriber = null;
            CompletableFuture<E> receive = pending;
            pending = null;
            if (receive != null && !receive.cancel(false)) {
                CompletableFuture<Void> unused = receive.thenAccept(this::discard);
            }
        }

        @SuppressWarnings("unchecked") // a receiver of E has elements of E in its buffer
        private void discard(E element) {
            if (receiver instanceof Buffered<?> known) {
                ((Buffered<E>) known).discard(element);
            }
        }
    }

    /** The receiver has no more elements. */
    private static final class Ended extends Exception {
        private static final long serialVersionUID = 1L;
        private final Throwable cause;

        Ended(Throwable cause) {
            super(null, null, false, false);
            this.cause = cause;
        }
    }
}
