// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

/**
 * Room for one element in a bounded channel, kept for whoever holds this. Either {@link #send} uses it, once, or
 * {@link #close} gives it back; a reservation that is forgotten takes room from the channel for ever.
 *
 * @param <E> the type of the elements
 */
public interface Reservation<E> extends AutoCloseable {
    /**
     * Sends an element without waiting. Its place in the order of the channel is the moment of this call.
     *
     * @param element what to send
     * @throws NullPointerException if the element is null
     * @throws IllegalStateException if this reservation was used or given back
     * @throws ChannelClosedException if the channel is closed
     */
    void send(E element);

    /** Gives the room back; without effect after {@link #send} or an earlier close. */
    @Override
    void close();
}
