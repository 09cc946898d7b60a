// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One thing that a select may choose. Holds no state of a select, so it can be used in many, also at the same time.
 *
 * @param <R> the type of the result
 */
public abstract class SelectClause<R> {
    /** Not now. */
    static final Object NOTHING = CellState.TIMED_OUT;

    SelectClause() {}

    /** A result if the clause can be chosen now; CLOSED if only that can be said of its channel; or NOTHING. */
    Object attempt() {
        return NOTHING;
    }

    /** As {@link #attempt}, or the waiter that was left; NOTHING if there is nothing to leave. */
    Object register(Selection<?> selection, Selection.Round round, int index) {
        return NOTHING;
    }

    /** What the select gives when this clause was chosen with this result. */
    abstract R finish(Object result);

    /**
     * A clause that receives.
     *
     * @param <E> the type of the elements
     * @param <R> the type of the result
     */
    public static final class Receive<E, R> extends SelectClause<R> {
        final Selectable<E> channel;
        private final Function<? super E, ? extends R> function;

        /** A clause for a channel of this module. */
        @SuppressWarnings("unchecked") // what such a channel holds is said by its own type
        public Receive(Object channel, Function<? super E, ? extends R> function) {
            this.channel = (Selectable<E>) selectable(channel);
            this.function = Objects.requireNonNull(function, "function");
        }

        @Override
        Object attempt() {
            return channel.receiveAtOnce();
        }

        @Override
        Object register(Selection<?> selection, Selection.Round round, int index) {
            return channel.receiveFor(selection, round, index);
        }

        @Override
        @SuppressWarnings("unchecked") // no state: an element
        R finish(Object result) {
            if (result == CellState.CLOSED) {
                throw channel.refusal();
            }
            return function.apply((E) result);
        }
    }

    /**
     * A clause that sends.
     *
     * @param <E> the type of the elements
     * @param <R> the type of the result
     */
    public static final class Send<E, R> extends SelectClause<R> {
        final Selectable<E> channel;
        final E element;
        private final Supplier<? extends R> function;

        /** A clause for a channel of this module. */
        @SuppressWarnings("unchecked") // what such a channel holds is said by its own type
        public Send(Object channel, E element, Supplier<? extends R> function) {
            this.channel = (Selectable<E>) selectable(channel);
            this.element = Objects.requireNonNull(element, "element");
            this.function = Objects.requireNonNull(function, "function");
        }

        @Override
        Object attempt() {
            return channel.sendAtOnce(element);
        }

        @Override
        Object register(Selection<?> selection, Selection.Round round, int index) {
            return channel.sendFor(element, selection, round, index);
        }

        @Override
        R finish(Object result) {
            if (result == CellState.CLOSED) {
                throw channel.refusal(element);
            }
            if (result instanceof ChannelClosedException refused) {
                throw refused;
            }
            return function.get();
        }
    }

    /**
     * A clause for the end of a future.
     *
     * @param <T> the type of its value
     * @param <R> the type of the result
     */
    public static final class Future<T, R> extends SelectClause<R> {
        final FutureWaiters waiters;
        private final CompletableFuture<? extends T> future;
        private final Function<? super T, ? extends R> function;

        /** A clause for this future. */
        public Future(CompletableFuture<? extends T> future, Function<? super T, ? extends R> function) {
            this.future = Objects.requireNonNull(future, "future");
            this.function = Objects.requireNonNull(function, "function");
            this.waiters = new FutureWaiters(future);
        }

        @Override
        Object attempt() {
            return future.isDone() ? CellState.DONE : NOTHING;
        }

        @Override
        Object register(Selection<?> selection, Selection.Round round, int index) {
            return waiters.add(selection, index);
        }

        @Override
        R finish(Object result) {
            return function.apply(future.join());
        }
    }

    /**
     * A clause that is chosen when no other could be for some time.
     *
     * @param <R> the type of the result
     */
    public static final class Timeout<R> extends SelectClause<R> {
        final long nanos;
        private final Supplier<? extends R> function;

        /** A clause for so many nanoseconds from the beginning of the select. */
        public Timeout(long nanos, Supplier<? extends R> function) {
            this.nanos = nanos;
            this.function = Objects.requireNonNull(function, "function");
        }

        @Override
        R finish(Object result) {
            return function.get();
        }
    }

    /**
     * A clause that is chosen when no other can be at once.
     *
     * @param <R> the type of the result
     */
    public static final class Otherwise<R> extends SelectClause<R> {
        private final Supplier<? extends R> function;

        /** Such a clause. */
        public Otherwise(Supplier<? extends R> function) {
            this.function = Objects.requireNonNull(function, "function");
        }

        @Override
        R finish(Object result) {
            return function.get();
        }
    }

    private static Selectable<?> selectable(Object channel) {
        if (Objects.requireNonNull(channel, "channel") instanceof Selectable<?> known) {
            return known;
        }
        throw new IllegalArgumentException(channel.getClass() + " is not a channel that was made by Channel");
    }
}
