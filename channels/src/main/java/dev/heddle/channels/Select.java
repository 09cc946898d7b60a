// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import dev.heddle.channels.internal.AsyncSelection;
import dev.heddle.channels.internal.BlockingSelection;
import dev.heddle.channels.internal.Clauses;
import dev.heddle.channels.internal.SelectClause;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Waits for several things at once and does exactly one of them: receives from one of several channels, sends to one, or
 * takes note of a future, of the time, or of the fact that nothing else can be done.
 *
 * <pre>{@code
 * String what = Select.first(
 *         Select.receive(orders, order -> "order " + order),
 *         Select.send(results, result, () -> "sent"),
 *         Select.timeout(Duration.ofSeconds(1), () -> "nothing to do"));
 * }</pre>
 *
 * <p>The operation of one clause takes effect; the others take, give and change nothing. The function of the clause runs
 * afterwards, in the thread that selects, or, for the asynchronous forms, like a dependent of the future; the select gives
 * its result, or throws what it throws. The same channel may stand in several clauses, and in both directions; a select
 * never sends to itself. The values of clauses that send and are not chosen stay with the caller; the undelivered-element
 * hook does not get them.
 *
 * <p><b>Order.</b> {@link #first} chooses the first clause, in the order given, that needs no wait when it is looked at;
 * {@link #any} looks at them in random order. If none is ready, the select waits for all, in the queue of each channel;
 * it takes its places one after the other, and anew if another thread disturbs it while it does, so it may be overtaken then.
 * Two selects that take their places at the same time, on each other's channels, may disturb each other more than once.
 *
 * <p><b>Closed channels.</b> A clause whose channel is closed for its operation is ready: if it is chosen, the select throws
 * {@link ChannelClosedException}, as the operation would (the hook gets the value of a send). {@code first} chooses it in
 * its turn, {@code any} only if no other clause but {@code otherwise} and {@code timeout} is ready.
 *
 * <p><b>Try-operations.</b> A select is no certain partner: while another operation is on its way to it, it may choose another
 * clause. So {@code tryReceive} may find nothing, and {@code isEmpty} be true, although a select waits to send, if a receiver
 * is on its way to it; and, on a channel without a buffer, {@code trySend} may fail although a select waits to receive, if
 * a sender is on its way to it. A select that waits to send and to receive on the same channel without a buffer is not
 * counted by it as one who waits. While all room of a channel is reserved, a select that waits to send and to receive there
 * looks again and again, with pauses.
 *
 * <p>Clauses hold no state of a select: they can be used again, and by several threads. A clause for a future that lives
 * longer than the select should be: each clause object leaves one dependent at the future when it is first waited for.
 */
public final class Select {
    private Select() {}

    /**
     * Something that a select may choose.
     *
     * @param <R> the type of the result
     */
    public static final class Clause<R> {
        private final SelectClause<R> body;

        private Clause(SelectClause<R> body) {
            this.body = body;
        }
    }

    // ---- clauses

    /**
     * Receives an element; the function gets it.
     *
     * @param channel where from
     * @param then makes the result
     * @param <E> the type of the elements
     * @param <R> the type of the result
     * @return the clause
     * @throws IllegalArgumentException if this is not a channel made by {@link Channel.Builder}
     */
    public static <E, R> Clause<R> receive(Receiver<E> channel, Function<? super E, ? extends R> then) {
        return new Clause<>(new SelectClause.Receive<E, R>(channel, then));
    }

    /**
     * Sends an element.
     *
     * @param channel where to
     * @param element what is sent if this clause is chosen
     * @param then makes the result
     * @param <E> the type of the elements
     * @param <R> the type of the result
     * @return the clause
     * @throws IllegalArgumentException if this is not a channel made by {@link Channel.Builder}
     */
    public static <E, R> Clause<R> send(Sender<E> channel, E element, Supplier<? extends R> then) {
        return new Clause<>(new SelectClause.Send<E, R>(channel, element, then));
    }

    /**
     * Waits for a future; the function gets its value. If the future has failed and this clause is chosen, the select throws
     * what {@link CompletableFuture#join} throws.
     *
     * @param future what is waited for; it is not changed
     * @param then makes the result
     * @param <T> the type of the future's value
     * @param <R> the type of the result
     * @return the clause
     */
    public static <T, R> Clause<R> future(
            CompletableFuture<? extends T> future, Function<? super T, ? extends R> then) {
        return new Clause<>(new SelectClause.Future<T, R>(future, then));
    }

    /**
     * Is chosen if no other clause could be for so long, counted from the call of the select; at once, if the time is zero or
     * less. Of several the shortest counts.
     *
     * @param time how long
     * @param then makes the result
     * @param <R> the type of the result
     * @return the clause
     */
    public static <R> Clause<R> timeout(Duration time, Supplier<? extends R> then) {
        return new Clause<>(new SelectClause.Timeout<R>(nanos(time), then));
    }

    private static long nanos(Duration time) {
        try {
            return time.toNanos();
        } catch (ArithmeticException tooLong) {
            return time.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }

    /**
     * Is chosen if each other clause was seen to need a wait; they are looked at one after the other.
     *
     * @param then makes the result
     * @param <R> the type of the result
     * @return the clause
     */
    public static <R> Clause<R> otherwise(Supplier<? extends R> then) {
        return new Clause<>(new SelectClause.Otherwise<R>(then));
    }

    // ---- selects

    /**
     * Chooses the first clause that is ready, in the order given, and gives the result of its function; waits for one if
     * none is.
     *
     * @param clauses one or more; in several places there may be the same
     * @param <R> the type of the result
     * @return the result of the chosen clause's function
     * @throws InterruptedException if the thread is interrupted on entry or while it waits; no clause was chosen then
     * @throws ChannelClosedException if the chosen clause is for a closed channel
     * @throws IllegalArgumentException if there is no clause
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <R> R first(Clause<? extends R>... clauses) throws InterruptedException {
        return BlockingSelection.select(new Clauses<R>(bodies(clauses), false));
    }

    /**
     * Chooses a clause that is ready, each with the same probability, and gives the result of its function; waits for one if
     * none is.
     *
     * @param clauses one or more; in several places there may be the same
     * @param <R> the type of the result
     * @return the result of the chosen clause's function
     * @throws InterruptedException if the thread is interrupted on entry or while it waits; no clause was chosen then
     * @throws ChannelClosedException if the chosen clause is for a closed channel
     * @throws IllegalArgumentException if there is no clause
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <R> R any(Clause<? extends R>... clauses) throws InterruptedException {
        return BlockingSelection.select(new Clauses<R>(bodies(clauses), true));
    }

    /**
     * As {@link #first}, without blocking the caller. The future completes with the result of the clause's function, or with
     * what that, or the select, has thrown. Cancelling or otherwise completing it before gives the select up: a clause is
     * chosen, or the cancel succeeds, and never both.
     *
     * @param clauses one or more; in several places there may be the same
     * @param <R> the type of the result
     * @return the future
     * @throws IllegalArgumentException if there is no clause
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <R> CompletableFuture<R> firstAsync(Clause<? extends R>... clauses) {
        return AsyncSelection.select(new Clauses<R>(bodies(clauses), false));
    }

    /**
     * As {@link #any}, without blocking the caller; the future is that of {@link #firstAsync}.
     *
     * @param clauses one or more; in several places there may be the same
     * @param <R> the type of the result
     * @return the future
     * @throws IllegalArgumentException if there is no clause
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    public static <R> CompletableFuture<R> anyAsync(Clause<? extends R>... clauses) {
        return AsyncSelection.select(new Clauses<R>(bodies(clauses), true));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static <R> SelectClause<? extends R>[] bodies(Clause<? extends R>[] clauses) {
        SelectClause[] bodies = new SelectClause[clauses.length];
        for (int i = 0; i < bodies.length; i++) {
            bodies[i] = clauses[i].body;
        }
        return bodies;
    }
}
