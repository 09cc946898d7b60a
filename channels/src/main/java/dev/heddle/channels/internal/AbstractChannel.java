// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Overflow;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What every channel does the same way, written over the operations of {@link Channel}: bulk operations, iteration, and
 * the hook for undelivered elements.
 *
 * @param <E> the type of the elements
 */
public abstract class AbstractChannel<E> implements Channel<E> {
    /* Implementation notes
     * The hook     is given an element when an operation that was offered it ends by an exception (closed, interrupted,
     *              cancelled future), and when the channel drops it (cancel, overflow). An operation that returns false
     *              has given its element back: no hook. What the hook throws comes out of the operation at its end, when
     *              all elements are reported; beside an exception of the operation itself it is a suppressed one.
     */
    private final Consumer<? super E> onUndelivered; // null: nobody asks

    /** A channel with this hook, or null for none. */
    protected AbstractChannel(Consumer<? super E> onUndelivered) {
        this.onUndelivered = onUndelivered;
    }

    // ---- the hook

    /** Whether somebody is to be given undelivered elements. */
    protected final boolean hasHook() {
        return onUndelivered != null;
    }

    /** Gives the element to the hook, if there is one; what that throws is added to {@code reason}, which is returned. */
    protected final <T extends Throwable> T undelivered(E element, T reason) {
        if (onUndelivered != null) {
            try {
                onUndelivered.accept(element);
            } catch (Throwable thrown) { // the reason stands; the hook's failure goes with it
                if (thrown != reason) {
                    reason.addSuppressed(thrown);
                }
            }
        }
        return reason;
    }

    /**
     * Gives an element that was dropped to the hook, if there is one. Never throws: what the hook throws is returned, as
     * suppressed by {@code earlier} if that is not null.
     *
     * @return null if neither this call nor an earlier one failed
     */
    protected final Throwable dropped(E element, Throwable earlier) {
        if (onUndelivered == null) {
            return earlier;
        }
        if (earlier != null) {
            return undelivered(element, earlier);
        }
        try {
            onUndelivered.accept(element);
            return null;
        } catch (Throwable thrown) { // reported by the caller, after it has dropped the others too
            return thrown;
        }
    }

    /** Throws what {@link #dropped} gave, if it is not null. */
    protected static void rethrow(Throwable thrown) {
        if (thrown != null) {
            AbstractChannel.<RuntimeException>sneak(thrown);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"
    }) // a hook throws nothing checked, unless it cheats too
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    // ---- bulk

    @Override
    public void sendAll(Iterable<? extends E> elements) throws InterruptedException {
        Iterator<? extends E> all = elements instanceof Collection<? extends E> collection
                ? Arrays.asList(withoutNulls(collection)).iterator()
                : elements.iterator(); // may be endless, or wait itself
        if (!all.hasNext()) {
            failIfInterrupted();
        }
        while (all.hasNext()) { // ends: with the elements
            send(all.next());
        }
    }

    /** The elements as they are now; fails before one of them is sent. */
    @SuppressWarnings("unchecked") // the array holds the elements only
    protected static <E> E[] withoutNulls(Collection<E> elements) {
        Object[] all = elements.toArray();
        for (Object each : all) {
            Objects.requireNonNull(each, "element");
        }
        return (E[]) all;
    }

    /** For what may wait: an interrupt counts though it does not have to. */
    protected static void failIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public int receiveMany(Collection<? super E> target, int max) throws InterruptedException {
        Objects.requireNonNull(target, "target");
        if (max < 0) {
            throw new IllegalArgumentException("max " + max + " is negative");
        }
        if (target instanceof ChannelQueue<?> view && view.channel == this) {
            throw new IllegalArgumentException("a channel can't be received into itself");
        }
        if (max == 0) {
            failIfInterrupted();
            return 0;
        }
        add(target, receive());
        int taken = 1;
        for (; taken < max; taken++) {
            E next = receiveIfPresent();
            if (next == null) {
                break;
            }
            add(target, next);
        }
        return taken;
    }

    /** As {@link #tryReceive}, but null from a closed channel too. */
    protected E receiveIfPresent() {
        try {
            return tryReceive();
        } catch (ChannelClosedException closed) {
            return null;
        }
    }

    /** Hands a received element to a collection of the user's; the hook gets it if that does not take it. */
    protected final void add(Collection<? super E> target, E element) {
        try {
            target.add(element);
        } catch (Throwable refused) { // the element has left the channel: it must not vanish
            undelivered(element, refused);
            throw refused;
        }
    }

    // ---- end

    @Override
    public boolean close() {
        return close(null);
    }

    @Override
    public boolean cancel() {
        return cancel(null);
    }

    /** An exception for an operation on a channel that has ended like this. */
    protected static ChannelClosedException closedBy(boolean cancel, Throwable cause) {
        return new ChannelClosedException(cancel ? "the channel was cancelled" : "the channel was closed", cause);
    }

    // ---- text

    /** The text of a channel, the same for all kinds. */
    protected final String described(
            String capacity, Overflow overflow, int elements, int senders, int receivers, String end) {
        StringBuilder text = new StringBuilder(Channel.class.getName());
        text.append('@').append(Integer.toHexString(hashCode()));
        text.append("[Capacity = ").append(capacity);
        if (overflow != Overflow.SUSPEND) {
            text.append(", Overflow = ").append(overflow);
        }
        text.append(", Elements = ").append(elements);
        text.append(", Waiting senders = ").append(senders);
        text.append(", Waiting receivers = ").append(receivers);
        return text.append(end.isEmpty() ? "" : ", ").append(end).append(']').toString();
    }

    /** What {@link #described} says of the end. */
    protected static String end(boolean closed, boolean cancelled) {
        return cancelled ? "CANCELLED" : closed ? "CLOSED" : "";
    }

    // ---- iteration

    @Override
    public final Iterator<E> iterator() {
        return new ChannelIterator<>(this);
    }

    @Override
    public final Stream<E> stream() {
        return new ChannelIterator<>(this).stream();
    }
}
