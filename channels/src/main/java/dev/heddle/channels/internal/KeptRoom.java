// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Reservation;
import dev.heddle.sync.internal.Threads;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/** A place in the buffer of a {@link CellChannel}. */
final class KeptRoom<E> implements Reservation<E> {
    private final CellReservations<E> channel;
    private final AtomicBoolean used = new AtomicBoolean();

    KeptRoom(CellReservations<E> channel) {
        this.channel = channel;
    }

    @Override
    public void send(E element) {
        Objects.requireNonNull(element, "element");
        Threads.reserveMoreStack();
        KeptSend<E> waiter = new KeptSend<>(element, channel); // alloc: before anything has changed
        if (!used.compareAndSet(false, true)) {
            throw new IllegalStateException("this reservation was used or given back");
        }
        channel.sendIntoKept(element, waiter);
    }

    @Override
    public void close() {
        Threads.reserveMoreStack();
        if (used.compareAndSet(false, true)) {
            channel.giveBack();
        }
    }
}
