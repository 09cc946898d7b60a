// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Channel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;

/**
 * A channel as a queue whose senders may wait for their receivers. Without a buffer they all do: every send is a transfer.
 * Without a limit only transfers wait, and their elements are elements of the collection.
 *
 * @param <E> the type of the elements
 */
public final class ChannelTransferQueue<E> extends ChannelQueue<E> implements TransferQueue<E> {
    private final CellChannel<E> cells;

    private ChannelTransferQueue(CellChannel<E> cells) {
        super(cells);
        this.cells = cells;
    }

    /** A view of the channel. */
    public static <E> TransferQueue<E> of(Channel<E> channel) {
        int capacity = channel.capacity();
        if (channel instanceof CellChannel<E> cells && (capacity == 0 || capacity == Channel.UNLIMITED)) {
            return new ChannelTransferQueue<>(cells);
        }
        throw new UnsupportedOperationException("no transfers on " + channel + " of capacity " + capacity);
    }

    @Override
    public void transfer(E element) throws InterruptedException {
        cells.transfer(element);
    }

    @Override
    public boolean tryTransfer(E element) {
        return cells.tryTransfer(element);
    }

    @Override
    public boolean tryTransfer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        return cells.transfer(element, timeout, unit);
    }

    @Override
    public boolean hasWaitingConsumer() {
        return getWaitingConsumerCount() > 0;
    }

    @Override
    public int getWaitingConsumerCount() {
        return cells.waitingReceivers();
    }
}
