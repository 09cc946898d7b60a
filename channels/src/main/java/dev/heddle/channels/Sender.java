// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The sending side of a {@link Channel}. Every operation throws {@code NullPointerException} for a null element and
 * leaves the channel unchanged then.
 *
 * <p>What a thread did before it sent an element happens before what a thread does after it has received that element.
 *
 * @param <E> the type of the elements
 */
public interface Sender<E> {
    /**
     * Sends an element; waits while the channel is full, or, without a buffer, until it is received.
     *
     * @param element what to send
     * @throws InterruptedException if the thread is interrupted on entry or while it waits; nothing was sent then
     * @throws ChannelClosedException if the channel is closed for sending
     */
    void send(E element) throws InterruptedException;

    /**
     * As {@link #send}, but an interrupt does not end it; the thread is interrupted again when it returns.
     *
     * @param element what to send
     * @throws ChannelClosedException if the channel is closed for sending
     */
    void sendUninterruptibly(E element);

    /**
     * Sends an element if that is possible before the time is over; a time of zero or less does not wait.
     *
     * @param element what to send
     * @param timeout how long to wait at most
     * @param unit the unit of {@code timeout}
     * @return false if the time was over; nothing was sent then
     * @throws InterruptedException if the thread is interrupted on entry or while it waits; nothing was sent then
     * @throws ChannelClosedException if the channel is closed for sending
     */
    boolean send(E element, long timeout, TimeUnit unit) throws InterruptedException;

    /**
     * Sends an element if that is possible without waiting. Linearizable: false means that at one instant of the call
     * the buffer held as many elements as it may, or, without a buffer, that no receiver was waiting. A receiver that
     * another sender is on its way to does not count as waiting; if it gives up before that one gets there, it counts as
     * if it had never waited.
     *
     * @param element what to send
     * @return whether it was sent; if not, the undelivered-element hook is not asked
     * @throws ChannelClosedException if the channel is closed for sending
     */
    boolean trySend(E element);

    /**
     * Sends an element without blocking the caller. The future completes when the element is in the buffer or received,
     * or with a {@link ChannelClosedException}. Cancelling or otherwise completing it before takes the element back: it
     * is delivered, or the cancel succeeds, and never both.
     *
     * @param element what to send
     * @return the future of the end of this send
     */
    CompletableFuture<Void> sendAsync(E element);

    /**
     * Sends the elements in the order of iteration; waits like {@link #send}. No element of another sender comes between
     * two of them unless this call had to wait, or a receiver was faster than it.
     *
     * @param elements what to send; a collection is sent in runs of as many elements as there is room for, or not at all if
     *     one of its elements is null. Of other iterables the elements before a null are sent
     * @throws InterruptedException if the thread is interrupted on entry or while it waits; the elements before the one
     *     that had to wait are sent then, the others are not
     * @throws ChannelClosedException if the channel is closed for sending before all are sent; of those that are not, the
     *     undelivered-element hook is given the first, and none that lies behind it
     */
    void sendAll(Iterable<? extends E> elements) throws InterruptedException;

    /**
     * Waits for room for one element and keeps it.
     *
     * @return what keeps it
     * @throws UnsupportedOperationException if the channel has no buffer of its own size: rendezvous, conflated
     * @throws InterruptedException if the thread is interrupted on entry or while it waits
     * @throws ChannelClosedException if the channel is closed for sending
     */
    Reservation<E> reserve() throws InterruptedException;

    /**
     * Closes the channel for sending. What was sent before, and the sends that wait, are still received; then receivers
     * are told.
     *
     * @return whether this call closed it
     */
    boolean close();

    /**
     * As {@link #close()}, with a cause for those that are told.
     *
     * @param cause becomes the cause of every {@link ChannelClosedException}; null for none
     * @return whether this call closed it
     */
    boolean close(Throwable cause);

    /**
     * Whether a send that starts now fails.
     *
     * @return whether the channel was closed or cancelled
     */
    boolean isClosedForSend();
}
