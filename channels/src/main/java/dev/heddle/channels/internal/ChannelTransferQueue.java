// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Channel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;

/**
 * A channel without a buffer as a queue whose senders wait for their receivers: every send is a transfer.
 *
 * @param <E> the type of the elements
 */
public final class ChannelTransferQueue<E> extends ChannelQueue<E> implements TransferQueue<E> {
    private ChannelTransferQueue(Channel<E> channel) {
        super(channel);
        if (channel.capacity() != 0) {
            throw new UnsupportedOperationException("no transfers on a channel of capacity " + channel.capacity());
        }
    }

    /** A view of the channel. */
    public static <E> TransferQueue<E> of(Channel<E> channel) {
        return new ChannelTransferQueue<>(channel);
    }

    @Override
    public void transfer(E element) throws InterruptedException {
        put(element);
    }

    @Override
    public boolean tryTransfer(E element) {
        return offer(element);
    }

    @Override
    public boolean tryTransfer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        return offer(element, timeout, unit);
    }

    @Override
    public boolean hasWaitingConsumer() {
        return getWaitingConsumerCount() > 0;
    }

    @Override
    public int getWaitingConsumerCount() {
        return buffered.waitingReceivers();
    }
}
