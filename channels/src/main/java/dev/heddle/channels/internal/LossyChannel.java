// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Reservation;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A channel that drops an element where others make the sender wait: every way to send is a {@code trySend}.
 *
 * @param <E> the type of the elements
 */
abstract class LossyChannel<E> extends AbstractChannel<E> implements Buffered<E> {
    LossyChannel(Consumer<? super E> onUndelivered) {
        super(onUndelivered);
    }

    @Override
    public final void send(E element) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        if (Thread.interrupted()) {
            throw undelivered(element, new InterruptedException());
        }
        trySend(element);
    }

    @Override
    public final void sendUninterruptibly(E element) {
        trySend(element);
    }

    @Override
    public final boolean send(E element, long timeout, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(unit, "unit");
        send(element);
        return true;
    }

    @Override
    public final CompletableFuture<Void> sendAsync(E element) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        try {
            trySend(element);
            sent.complete(null);
        } catch (ChannelClosedException closed) {
            sent.completeExceptionally(closed);
        }
        return sent;
    }

    @Override
    public final Reservation<E> reserve() {
        throw new UnsupportedOperationException("a channel that drops elements has no room to keep");
    }
}
