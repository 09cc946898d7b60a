// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import dev.heddle.channels.internal.ChannelPublisher;
import java.util.Collection;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The receiving side of a {@link Channel}.
 *
 * @param <E> the type of the elements
 */
public interface Receiver<E> extends Iterable<E> {
    /**
     * Receives the next element; waits while there is none.
     *
     * @return the element
     * @throws InterruptedException if the thread is interrupted on entry or while it waits; nothing was received then
     * @throws ChannelClosedException if the channel is closed and holds no element any more
     */
    E receive() throws InterruptedException;

    /**
     * As {@link #receive}, but an interrupt does not end it; the thread is interrupted again when it returns.
     *
     * @return the element
     * @throws ChannelClosedException if the channel is closed and holds no element any more
     */
    E receiveUninterruptibly();

    /**
     * Receives the next element if there is one before the time is over; a time of zero or less does not wait.
     *
     * @param timeout how long to wait at most
     * @param unit the unit of {@code timeout}
     * @return the element; null if the time was over
     * @throws InterruptedException if the thread is interrupted on entry or while it waits; nothing was received then
     * @throws ChannelClosedException if the channel is closed and holds no element any more
     */
    E receive(long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Receives the next element if there is one. Linearizable: null means that at one instant of the call there was no
     * element in the buffer and no sender waiting.
     *
     * @return the element; null if there was none
     * @throws ChannelClosedException if the channel is closed and holds no element any more
     */
    E tryReceive();

    /**
     * Receives the next element without blocking the caller. The future completes with it, or with a
     * {@link ChannelClosedException}. Cancelling or otherwise completing it before gives the place up; an element is
     * never lost by that.
     *
     * @return the future of the element
     */
    CompletableFuture<E> receiveAsync();

    /**
     * Waits for the first element like {@link #receive}, then takes the elements that are there without waiting.
     *
     * @param target gets the elements; those that it refuses go to the undelivered-element hook
     * @param max how many elements to take at most
     * @return how many elements were given to {@code target}; 0 only if {@code max} is 0
     * @throws IllegalArgumentException if {@code max} is negative, or {@code target} is a view of this channel
     * @throws InterruptedException if the thread is interrupted on entry or while it waits; nothing was received then
     * @throws ChannelClosedException if the channel is closed and holds no element any more
     */
    int receiveMany(Collection<? super E> target, int max) throws InterruptedException;

    /**
     * Closes the channel and drops what is in it: elements in the buffer and those of waiting senders go to the
     * undelivered-element hook, and the senders are told. A channel that was closed before keeps its cause.
     *
     * @return whether this call cancelled the channel; false if it was cancelled before
     */
    boolean cancel();

    /**
     * As {@link #cancel()}, with a cause for those that are told.
     *
     * @param cause becomes the cause of every {@link ChannelClosedException}; null for none
     * @return whether this call cancelled the channel; false if it was cancelled before
     */
    boolean cancel(Throwable cause);

    /**
     * Whether a receive that starts now fails. Linearizable.
     *
     * @return whether the channel is closed and no element is left, or it is cancelled
     */
    boolean isClosedForReceive();

    /**
     * Whether there is nothing to receive. Linearizable.
     *
     * @return whether there is no element in the buffer and no sender waiting
     */
    boolean isEmpty();

    /**
     * Counts the elements in the buffer, without those of senders that wait for room, by looking at each. Exact while nobody
     * sends or receives; else a number that was right at some moment for each cell it looked at.
     *
     * @return how many elements the buffer holds
     */
    int size();

    /**
     * Receives as it iterates: {@code hasNext} waits for an element and keeps it until {@code next}. Ends when the channel
     * is closed; if it was closed with a cause, {@code hasNext} throws {@link ChannelClosedException}. An interrupt makes
     * {@code hasNext} throw {@link java.util.concurrent.CancellationException}, with the interrupt flag set. Each iterator
     * is for one thread.
     *
     * @return an iterator that receives
     */
    @Override
    Iterator<E> iterator();

    /**
     * The elements as {@link #iterator()} gives them.
     *
     * @return a sequential stream, which never splits
     */
    Stream<E> stream();

    /**
     * The elements for subscribers that ask for them, in an executor of the JDK: the common pool, or a thread for each task
     * where there is none. As {@link #asPublisher(Executor)}.
     *
     * @return a publisher that receives on demand
     */
    default Flow.Publisher<E> asPublisher() {
        return asPublisher(new CompletableFuture<>().defaultExecutor());
    }

    /**
     * The elements for subscribers that ask for them. Each element goes to one subscriber, and is received only when that
     * one has demand. The end of the channel completes a subscriber, with an error if it was closed with a cause. A
     * subscriber without demand learns of an end after its subscription with its next request. A subscription that is
     * cancelled gives its place up; an element that it received and can't hand on goes to the undelivered-element hook.
     *
     * @param executor where subscribers are signalled; it may run tasks in the caller's thread, and then a sender calls them
     * @return a publisher that receives on demand
     */
    default Flow.Publisher<E> asPublisher(Executor executor) {
        return new ChannelPublisher<>(this, executor);
    }
}
