// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Overflow;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A channel with a limit whose sends never wait: at the limit an element is dropped, the oldest or the one to be sent.
 *
 * @param <E> the type of the elements
 */
public final class DroppingChannel<E> extends LossyChannel<E> {
    /* Implementation notes
     * Idea           A send is a trySend of the channel below. That fails only if the channel was full at one instant:
     *                that is the instant at which the new element is dropped, or the oldest is taken out.
     * Invariants     channels 7  what is dropped goes to the hook, once
     *                An eviction takes place at an instant at which the channel is full, so concurrent senders never take
     *                more out than they put in, and two or more places never look empty for it. A single place would:
     *                with the oldest dropped that is a ConflatedChannel.
     * Linearization  DROP_LATEST: the trySend, with success or without. DROP_OLDEST: the trySend that succeeds; an eviction
     *                belongs to the next send that takes the place, whoever's that is.
     * Progress       DROP_LATEST: that of trySend. DROP_OLDEST repeats only if another sender took the place that it made,
     *                or a receiver made room: lock-free as far as the channel below is. No reservations: if all room were
     *                reserved, there would be nothing to take out.
     */
    private final CellChannel<E> cells;
    private final boolean dropOldest;

    /**
     * An empty channel.
     *
     * @param policy not {@link Overflow#SUSPEND}
     * @param onUndelivered the hook, or null for none
     */
    public DroppingChannel(int capacity, Overflow policy, Consumer<? super E> onUndelivered) {
        this(new CellChannel<>(capacity, onUndelivered), policy, onUndelivered);
    }

    /** For tests: over a channel with small segments and the same hook. */
    DroppingChannel(CellChannel<E> cells, Overflow policy, Consumer<? super E> onUndelivered) {
        super(onUndelivered);
        this.cells = cells;
        this.dropOldest = policy == Overflow.DROP_OLDEST;
    }

    @Override
    public int capacity() {
        return cells.capacity();
    }

    // ---- send

    @Override
    public boolean trySend(E element) {
        if (!cells.trySend(element)) { // LP
            Throwable failed = dropOldest ? sendEvicting(element) : dropped(element, null);
            rethrow(failed);
        }
        return true;
    }

    /** The channel was full. Gives what the hook threw, or null. */
    private Throwable sendEvicting(E element) {
        Throwable failed = null;
        do { // ends: repeats only if another operation took the place
            E oldest = cells.evictIfFull();
            if (oldest != null) {
                failed = dropped(oldest, failed);
            }
        } while (!sent(element, failed)); // LP
        return failed;
    }

    private boolean sent(E element, Throwable failed) {
        try {
            return cells.trySend(element);
        } catch (ChannelClosedException closed) {
            if (failed != null) {
                closed.addSuppressed(failed);
            }
            throw closed;
        }
    }

    // ---- receive: as the channel below

    @Override
    public E receive() throws InterruptedException {
        return cells.receive();
    }

    @Override
    public E receiveUninterruptibly() {
        return cells.receiveUninterruptibly();
    }

    @Override
    public E receive(long timeout, TimeUnit unit) throws InterruptedException {
        return cells.receive(timeout, unit);
    }

    @Override
    public E tryReceive() {
        return cells.tryReceive();
    }

    @Override
    public CompletableFuture<E> receiveAsync() {
        return cells.receiveAsync();
    }

    // ---- select

    @Override
    public Object receiveFor(Selection<?> selection, Selection.Round round, int clause) {
        return cells.receiveFor(selection, round, clause);
    }

    // ---- end

    @Override
    public boolean close(Throwable cause) {
        return cells.close(cause);
    }

    @Override
    public boolean cancel(Throwable cause) {
        return cells.cancel(cause);
    }

    @Override
    public boolean isClosedForSend() {
        return cells.isClosedForSend();
    }

    @Override
    public boolean isClosedForReceive() {
        return cells.isClosedForReceive();
    }

    // ---- queries

    @Override
    public boolean isEmpty() {
        return cells.isEmpty();
    }

    @Override
    public int size() {
        return cells.size();
    }

    @Override
    public Place<E> oldest() {
        return cells.oldest();
    }

    @Override
    public int waitingReceivers() {
        return cells.waitingReceivers();
    }

    @Override
    public void discard(E element) {
        cells.discard(element);
    }

    /** What it is, what is in it, who waits, and whether it has ended; looks at each cell in use. */
    @Override
    public String toString() {
        Overflow policy = dropOldest ? Overflow.DROP_OLDEST : Overflow.DROP_LATEST;
        return described(cells.limitText(), policy, size(), 0, waitingReceivers(), cells.endText());
    }
}
