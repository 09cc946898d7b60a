// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import dev.heddle.channels.internal.CellChannel;
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

    /** A channel without a buffer: a send waits until its element is received. */
    static <E> Channel<E> rendezvous() {
        return Channel.<E>builder().capacity(0).build();
    }

    /**
     * A channel that holds up to {@code capacity} elements; with 0, a rendezvous channel.
     *
     * @throws IllegalArgumentException if {@code capacity} is negative
     */
    static <E> Channel<E> buffered(int capacity) {
        return Channel.<E>builder().capacity(capacity).build();
    }

    /** A channel that is never full. */
    static <E> Channel<E> unlimited() {
        return Channel.<E>builder().capacity(UNLIMITED).build();
    }

    /** A channel that holds the latest element only: a send replaces the one before and never waits. */
    static <E> Channel<E> conflated() {
        return Channel.<E>builder().capacity(1).overflow(Overflow.DROP_OLDEST).build();
    }

    /** A builder of channels; without more, of rendezvous channels. */
    static <E> Builder<E> builder() {
        return new Builder<>();
    }

    /** How many elements the buffer may hold; {@link #UNLIMITED} if there is no limit. */
    int capacity();

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

        /** The size of the buffer, {@link Channel#UNLIMITED} for one without a limit. */
        public Builder<E> capacity(int elements) {
            if (elements < 0) {
                throw new IllegalArgumentException("capacity " + elements + " is negative");
            }
            capacity = elements;
            return this;
        }

        /** What a send does that finds the buffer full. */
        public Builder<E> overflow(Overflow policy) {
            overflow = java.util.Objects.requireNonNull(policy, "policy");
            return this;
        }

        /** Who is given, once each, the elements that were offered to the channel and that no receiver will get. */
        public Builder<E> onUndelivered(Consumer<? super E> hook) {
            onUndelivered = hook;
            return this;
        }

        /** The channel. */
        public Channel<E> build() {
            return new CellChannel<>(capacity, onUndelivered);
        }
    }
}
