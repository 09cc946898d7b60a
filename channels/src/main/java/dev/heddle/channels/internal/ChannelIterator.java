// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Receiver;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The elements of a receiver, received as they are asked for. For one thread at a time. */
final class ChannelIterator<E> implements Iterator<E>, Spliterator<E> {
    private final Receiver<E> source;
    private E kept; // received by hasNext, not yet handed out
    private boolean ended;

    ChannelIterator(Receiver<E> source) {
        this.source = source;
    }

    Stream<E> stream() {
        return StreamSupport.stream(this, false);
    }

    @Override
    public boolean hasNext() {
        if (kept == null && !ended) {
            kept = receiveOrEnd();
        }
        return kept != null;
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the channel is closed");
        }
        E element = kept;
        kept = null;
        return element;
    }

    private E receiveOrEnd() {
        try {
            return source.receive();
        } catch (ChannelClosedException closed) {
            if (closed.getCause() != null) {
                throw closed;
            }
            ended = true;
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            CancellationException cancelled = new CancellationException("interrupted while waiting for an element");
            cancelled.initCause(interrupted);
            throw cancelled;
        }
    }

    @Override
    public void forEachRemaining(Consumer<? super E> action) {
        while (tryAdvance(action)) {} // ends: with the channel, or by an exception
    }

    @Override
    public boolean tryAdvance(Consumer<? super E> action) {
        Objects.requireNonNull(action, "action"); // before an element is received for it
        if (!hasNext()) {
            return false;
        }
        action.accept(next());
        return true;
    }

    /** Never: two halves of a queue would have no order. */
    @Override
    public Spliterator<E> trySplit() {
        return null;
    }

    @Override
    public long estimateSize() {
        return Long.MAX_VALUE;
    }

    @Override
    public int characteristics() {
        return ORDERED | NONNULL;
    }
}
