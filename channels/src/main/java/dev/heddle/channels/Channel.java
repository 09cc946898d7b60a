// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import dev.heddle.channels.internal.CellChannel;
import dev.heddle.channels.internal.ChannelQueue;
import dev.heddle.channels.internal.ChannelTransferQueue;
import dev.heddle.channels.internal.ConflatedChannel;
import dev.heddle.channels.internal.DroppingChannel;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TransferQueue;
import java.util.function.Consumer;

/**
 * A first-in-first-out queue on which senders and receivers wait for each other. Threads, virtual threads and futures wait
 * in one queue, each side served in order of arrival; every wait can be given up at constant cost.
 *
 * @param <E> the type of the elements
 */
public interface Channel<E> extends Sender<E>, Receiver<E> {
    /** What {@link #capacity()} gives for a channel that is never full. */
    int UNLIMITED = Integer.MAX_VALUE;

    /**
     * A channel without a buffer: a send waits until its element is received.
     *
     * @param <E> the type of the elements
     * @return the channel
     */
    static <E> Channel<E> rendezvous() {
        return Channel.<E>builder().capacity(0).build();
    }

    /**
     * A channel that holds up to {@code capacity} elements; with 0, a rendezvous channel.
     *
     * @param <E> the type of the elements
     * @param capacity how many elements the buffer may hold
     * @return the channel
     * @throws IllegalArgumentException if {@code capacity} is negative
     */
    static <E> Channel<E> buffered(int capacity) {
        return Channel.<E>builder().capacity(capacity).build();
    }

    /**
     * A channel that is never full.
     *
     * @param <E> the type of the elements
     * @return the channel
     */
    static <E> Channel<E> unlimited() {
        return Channel.<E>builder().capacity(UNLIMITED).build();
    }

    /**
     * A channel that holds the latest element only: a send replaces the one before and never waits.
     *
     * @param <E> the type of the elements
     * @return the channel
     */
    static <E> Channel<E> conflated() {
        return Channel.<E>builder().capacity(1).overflow(Overflow.DROP_OLDEST).build();
    }

    /**
     * A builder of channels; without more, of rendezvous channels.
     *
     * @param <E> the type of the elements
     * @return the builder
     */
    static <E> Builder<E> builder() {
        return new Builder<>();
    }

    /**
     * How many elements the buffer may hold.
     *
     * @return the capacity; {@link #UNLIMITED} if there is no limit
     */
    int capacity();

    /**
     * This channel as a queue of the JDK: the elements of the collection are those in the buffer, without those of waiting
     * senders. Its iterators are weakly consistent and may remove. On a closed channel, what inserts throws
     * {@link ChannelClosedException} (an {@code IllegalStateException}), {@code take} throws it when nothing is left, and
     * {@code poll} gives null then. Removed and drained elements are not given to the undelivered-element hook. Not
     * serializable.
     *
     * @return a view of this channel
     * @throws UnsupportedOperationException if this is not a channel made by {@link Builder}
     */
    default BlockingQueue<E> asBlockingQueue() {
        return ChannelQueue.of(this);
    }

    /**
     * This channel, if it has no buffer or no limit, as a queue whose senders may wait until their element is taken; else
     * as {@link #asBlockingQueue}. Without a buffer every insertion is a transfer.
     *
     * <p>Without a limit an element that is being transferred is one of the collection, and of {@link #size()}: it can be
     * seen, polled, drained and removed, and each of these but the first ends the transfer as if it were received. A
     * transfer that waits when the channel is closed is still received; a cancel ends it by
     * {@link ChannelClosedException}. {@code tryTransfer} follows {@link #trySend} on a channel without a buffer.
     *
     * @return a view of this channel
     * @throws UnsupportedOperationException if this channel has a buffer with a limit
     */
    default TransferQueue<E> asTransferQueue() {
        return ChannelTransferQueue.of(this);
    }

    /**
     * Collects what a channel is to be.
     *
     * @param <E> the type of the elements
     */
    final class Builder<E> {
        private int capacity;
        private Overflow overflow = Overflow.SUSPEND;
        private Consumer<? super E> onUndelivered;

        private Builder() {}

        /**
         * The size of the buffer; without more, 0.
         *
         * @param elements how many it may hold, {@link Channel#UNLIMITED} for no limit
         * @return this builder
         * @throws IllegalArgumentException if {@code elements} is negative
         */
        public Builder<E> capacity(int elements) {
            if (elements < 0) {
                throw new IllegalArgumentException("capacity " + elements + " is negative");
            }
            capacity = elements;
            return this;
        }

        /**
         * What a send does that finds the buffer full; without more, it waits.
         *
         * @param policy what it does
         * @return this builder
         */
        public Builder<E> overflow(Overflow policy) {
            overflow = Objects.requireNonNull(policy, "policy");
            return this;
        }

        /**
         * Who is given, once each, the elements that were offered to the channel and that no receiver will get; without
         * more, nobody.
         *
         * @param hook is given them, by whatever thread finds out; null for none
         * @return this builder
         */
        public Builder<E> onUndelivered(Consumer<? super E> hook) {
            onUndelivered = hook;
            return this;
        }

        /**
         * The channel. Without a limit the overflow policy never applies.
         *
         * @return a new channel
         * @throws IllegalArgumentException if elements are to be dropped from a buffer of capacity 0
         */
        public Channel<E> build() {
            if (overflow == Overflow.SUSPEND || capacity == UNLIMITED) {
                return new CellChannel<>(capacity, onUndelivered);
            }
            if (capacity == 0) {
                throw new IllegalArgumentException(overflow + " needs a buffer, but the capacity is 0");
            }
            return capacity == 1 && overflow == Overflow.DROP_OLDEST
                    ? new ConflatedChannel<>(onUndelivered)
                    : new DroppingChannel<>(capacity, overflow, onUndelivered);
        }
    }
}
