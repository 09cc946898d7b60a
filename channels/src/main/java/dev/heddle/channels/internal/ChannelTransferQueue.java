// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Channel;
import dev.heddle.sync.internal.Deadline;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;

/**
 * A channel without a buffer, or without a limit, as a queue whose senders may wait for their receivers.
 *
 * @param <E> the type of the elements
 */
public final class ChannelTransferQueue<E> extends ChannelQueue<E> implements TransferQueue<E> {
    private final Transfers<E> transfers;

    private ChannelTransferQueue(Channel<E> channel) {
        super(channel);
        this.transfers = transfers(channel);
    }

    /** A view of the channel. */
    public static <E> TransferQueue<E> of(Channel<E> channel) {
        return new ChannelTransferQueue<>(channel);
    }

    @SuppressWarnings("unchecked") // a channel of E transfers E
    private static <E> Transfers<E> transfers(Channel<E> channel) {
        if (channel.capacity() == 0) {
            return new Rendezvous<>(channel);
        }
        if (channel.capacity() == Channel.UNLIMITED && channel instanceof Transfers<?> known) {
            return (Transfers<E>) known;
        }
        throw new UnsupportedOperationException("no transfers on a channel of capacity " + channel.capacity());
    }

    @Override
    public void transfer(E element) throws InterruptedException {
        transfers.transfer(Objects.requireNonNull(element, "element"), Deadline.NEVER);
    }

    @Override
    public boolean tryTransfer(E element) {
        return transfers.tryTransfer(Objects.requireNonNull(element, "element"));
    }

    @Override
    public boolean tryTransfer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        return transfers.transfer(element, Deadline.after(unit.toNanos(timeout)));
    }

    @Override
    public boolean hasWaitingConsumer() {
        return getWaitingConsumerCount() > 0;
    }

    @Override
    public int getWaitingConsumerCount() {
        return buffered.waitingReceivers();
    }

    /** Without a buffer every send is a transfer. */
    private static final class Rendezvous<E> implements Transfers<E> {
        private final Channel<E> channel;

        Rendezvous(Channel<E> channel) {
            this.channel = channel;
        }

        @Override
        public boolean transfer(E element, Deadline deadline) throws InterruptedException {
            if (deadline == Deadline.NEVER) {
                channel.send(element);
                return true;
            }
            return channel.send(element, deadline.remaining(), TimeUnit.NANOSECONDS);
        }

        @Override
        public boolean tryTransfer(E element) {
            return channel.trySend(element);
        }
    }
}
