// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A channel as the JDK's queues are: the elements of the collection are those in the buffer.
 *
 * @param <E> the type of the elements
 */
public class ChannelQueue<E> extends AbstractQueue<E> implements BlockingQueue<E> {
    /* Implementation notes
     * Not in the JDK    a closed channel: what inserts throws ChannelClosedException, an IllegalStateException; take throws
     *                   it too, poll and what is built on it find nothing.
     * Waiting senders   are no part of the collection. clear() takes what lies in the buffer when it is called and no more,
     *                   else it would go on as long as somebody sends.
     */
    final Channel<E> channel;
    final Buffered<E> buffered;

    ChannelQueue(Channel<E> channel) {
        this.channel = channel;
        this.buffered = buffered(channel);
    }

    /** A view of the channel. */
    public static <E> BlockingQueue<E> of(Channel<E> channel) {
        return new ChannelQueue<>(channel);
    }

    @SuppressWarnings("unchecked") // a channel of E has elements of E in its buffer
    private static <E> Buffered<E> buffered(Channel<E> channel) {
        if (channel instanceof Buffered<?> known) {
            return (Buffered<E>) known;
        }
        throw new UnsupportedOperationException("not a channel of this library: " + channel);
    }

    // ---- in

    @Override
    public boolean offer(E element) {
        return channel.trySend(element);
    }

    @Override
    public void put(E element) throws InterruptedException {
        channel.send(element);
    }

    @Override
    public boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        return channel.send(element, timeout, unit);
    }

    @Override
    public boolean addAll(Collection<? extends E> elements) {
        Objects.requireNonNull(elements, "elements");
        if (isView(elements)) {
            throw new IllegalArgumentException("a channel can't be added to itself");
        }
        return super.addAll(elements);
    }

    private boolean isView(Collection<?> collection) {
        return collection instanceof ChannelQueue<?> other && other.channel == channel;
    }

    // ---- out

    @Override
    public E poll() {
        try {
            return channel.tryReceive();
        } catch (ChannelClosedException end) {
            return null;
        }
    }

    @Override
    public E take() throws InterruptedException {
        return channel.receive();
    }

    @Override
    public E poll(long timeout, TimeUnit unit) throws InterruptedException {
        try {
            return channel.receive(timeout, unit);
        } catch (ChannelClosedException end) {
            return null;
        }
    }

    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    @Override
    public int drainTo(Collection<? super E> target, int max) {
        Objects.requireNonNull(target, "target");
        if (isView(target)) {
            throw new IllegalArgumentException("a channel can't be drained to itself");
        }
        int most = channel.capacity() == 0 ? max : Math.min(max, size());
        for (int taken = 0; taken < most; taken++) {
            E element = poll();
            if (element == null) {
                return taken;
            }
            hand(element, target);
        }
        return Math.max(most, 0);
    }

    private void hand(E element, Collection<? super E> target) {
        try {
            target.add(element);
        } catch (Throwable refused) { // the element has left the channel: it must not vanish
            try {
                buffered.discard(element);
            } catch (Throwable failed) {
                refused.addSuppressed(failed);
            }
            throw refused;
        }
    }

    @Override
    public void clear() {
        for (int left = size(); left > 0 && poll() != null; left--) {} // ends: counts down
    }

    // ---- the elements in the buffer

    @Override
    public E peek() {
        Buffered.Place<E> oldest = buffered.oldest();
        return oldest == null ? null : oldest.element();
    }

    @Override
    public boolean isEmpty() {
        return buffered.oldest() == null;
    }

    @Override
    public int size() {
        return channel.size();
    }

    @Override
    public int remainingCapacity() {
        int capacity = channel.capacity();
        return capacity == Channel.UNLIMITED ? Integer.MAX_VALUE : Math.max(capacity - size(), 0);
    }

    @Override
    public boolean contains(Object wanted) {
        return wanted != null && find(wanted, false);
    }

    @Override
    public boolean remove(Object wanted) {
        return wanted != null && find(wanted, true);
    }

    private boolean find(Object wanted, boolean remove) {
        for (Buffered.Place<E> p = buffered.oldest(); p != null; p = p.next()) {
            if (wanted.equals(p.element()) && (!remove || p.remove())) {
                return true;
            }
        }
        return false;
    }

    // An element that somebody else takes between the look and the removal is not removed here.

    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        Objects.requireNonNull(filter, "filter");
        boolean removed = false;
        for (Buffered.Place<E> p = buffered.oldest(); p != null; p = p.next()) {
            removed |= filter.test(p.element()) && p.remove();
        }
        return removed;
    }

    @Override
    public boolean removeAll(Collection<?> unwanted) {
        Objects.requireNonNull(unwanted, "unwanted");
        return removeIf(unwanted::contains);
    }

    @Override
    public boolean retainAll(Collection<?> wanted) {
        Objects.requireNonNull(wanted, "wanted");
        return removeIf(e -> !wanted.contains(e));
    }

    @Override
    public Iterator<E> iterator() {
        return new Elements<>(buffered.oldest());
    }

    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliteratorUnknownSize(
                iterator(), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.CONCURRENT);
    }

    /** Weakly consistent. */
    private static final class Elements<E> implements Iterator<E> {
        private Buffered.Place<E> next;
        private Buffered.Place<E> last; // null: nothing to remove

        Elements(Buffered.Place<E> first) {
            next = first;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public E next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            last = next;
            next = last.next();
            return last.element();
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("next was not called, or the element is removed");
            }
            last.remove();
            last = null;
        }
    }
}
