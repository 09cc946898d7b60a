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
abstract class LossyChannel<E> extends AbstractChannel<E> implements Buffered<E>, Selectable<E> {
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

    // ---- select: a send clause needs no waiter

    @Override
    public final Object receiveAtOnce() {
        try {
            E element = tryReceive();
            return element == null ? CellState.TIMED_OUT : element;
        } catch (ChannelClosedException closed) {
            return CellState.CLOSED;
        }
    }

    @Override
    public final Object sendAtOnce(E element) {
        if (isClosedForSend()) {
            return CellState.CLOSED;
        }
        try {
            trySend(element);
            return CellState.DONE;
        } catch (ChannelClosedException closed) { // since then; the hook has the element
            return closed;
        }
    }

    @Override
    public final Object sendFor(E element, Selection<?> selection, Selection.Round round, int clause) {
        return sendAtOnce(element);
    }

    @Override
    public final RuntimeException refusal() {
        try {
            tryReceive();
        } catch (ChannelClosedException closed) {
            return closed;
        }
        throw new AssertionError("a channel that was closed and empty is not"); // closed is for ever
    }

    @Override
    public final RuntimeException refusal(E element) {
        try {
            trySend(element);
        } catch (ChannelClosedException closed) {
            return closed;
        }
        throw new AssertionError("a channel that was closed is not");
    }
}
