// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Overflow;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Covers channels 7, 11, 13, 22: what all kinds of channels do alike. */
class EveryChannelTest {
    /** The kinds, as users make them. */
    enum Kind {
        RENDEZVOUS("Capacity = 0", 0, Overflow.SUSPEND),
        BUFFERED("Capacity = 3", 3, Overflow.SUSPEND),
        UNLIMITED("Capacity = UNLIMITED", Channel.UNLIMITED, Overflow.SUSPEND),
        CONFLATED("Capacity = 1, Overflow = DROP_OLDEST", 1, Overflow.DROP_OLDEST),
        DROPPING_OLDEST("Capacity = 3, Overflow = DROP_OLDEST", 3, Overflow.DROP_OLDEST),
        DROPPING_LATEST("Capacity = 3, Overflow = DROP_LATEST", 3, Overflow.DROP_LATEST);

        private final String text;
        private final int capacity;
        private final Overflow overflow;

        Kind(String text, int capacity, Overflow overflow) {
            this.text = text;
            this.capacity = capacity;
            this.overflow = overflow;
        }
    }

    private final List<Integer> undelivered = new ArrayList<>();

    private Channel<Integer> open(Kind kind) {
        return Channel.<Integer>builder()
                .capacity(kind.capacity)
                .overflow(kind.overflow)
                .onUndelivered(undelivered::add)
                .build();
    }

    // ---- bulk

    @ParameterizedTest
    @EnumSource
    void sendAll_nullInCollection_sendsNothing(Kind kind) {
        Channel<Integer> channel = open(kind);
        assertThrows(NullPointerException.class, () -> channel.sendAll(Arrays.asList(1, null, 2)));
        assertTrue(channel.isEmpty());
        assertEquals(List.of(), undelivered);
    }

    @ParameterizedTest
    @EnumSource
    void sendAll_nullInIterable_sendsWhatIsBefore(Kind kind) {
        Channel<Integer> channel = open(kind);
        var receiver = kind == Kind.RENDEZVOUS ? Outcome.parked(ThreadKind.PLATFORM, channel::receive) : null;
        Iterable<Integer> elements = () -> Arrays.asList(1, null, 2).iterator();
        assertThrows(NullPointerException.class, () -> channel.sendAll(elements));
        assertEquals(1, receiver == null ? channel.tryReceive() : receiver.value());
        assertTrue(channel.isEmpty());
    }

    @ParameterizedTest
    @EnumSource
    void bulk_nothingToDoButInterrupted_throws(Kind kind) throws InterruptedException {
        Channel<Integer> channel = open(kind);
        Iterable<Integer> noCollection = Collections::emptyIterator;
        for (Iterable<Integer> nothing : List.of(List.<Integer>of(), noCollection)) {
            Thread.currentThread().interrupt();
            assertThrows(InterruptedException.class, () -> channel.sendAll(nothing));
            assertFalse(Thread.interrupted());
            channel.sendAll(nothing);
        }
        List<Integer> target = new ArrayList<>();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> channel.receiveMany(target, 0));
        assertFalse(Thread.interrupted());
        assertEquals(0, channel.receiveMany(target, 0));
    }

    /** The elements that an interrupted sender was given are not all offered: only the one that it could not send. */
    @ParameterizedTest
    @EnumSource
    void sendAll_interrupted_reportsTheFirst(Kind kind) {
        Channel<Integer> channel = open(kind);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> channel.sendAll(List.of(1, 2)));
        assertTrue(channel.isEmpty());
        assertEquals(List.of(1), undelivered);
    }

    /** It would never come to its end. */
    @ParameterizedTest
    @EnumSource
    void receiveMany_intoTheChannelItself_isRefused(Kind kind) throws InterruptedException {
        Channel<Integer> channel = open(kind);
        List<Supplier<? extends Collection<Integer>>> views = new ArrayList<>();
        views.add(channel::asBlockingQueue);
        if (kind == Kind.RENDEZVOUS || kind == Kind.UNLIMITED) {
            views.add(channel::asTransferQueue);
        }
        boolean holds = kind != Kind.RENDEZVOUS && channel.trySend(1);
        for (var view : views) {
            assertThrows(IllegalArgumentException.class, () -> channel.receiveMany(view.get(), 2));
        }
        assertEquals(holds ? 1 : 0, channel.size());
        Channel<Integer> other = Channel.unlimited();
        other.send(7);
        assertEquals(1, other.receiveMany(open(Kind.UNLIMITED).asBlockingQueue(), 5));
    }

    // ---- the end

    @ParameterizedTest
    @EnumSource
    void cancel_afterClose_tellsWhetherItCancelled(Kind kind) {
        Channel<Integer> channel = open(kind);
        var cause = new IllegalStateException("why");
        assertTrue(channel.close(cause));
        var closed = assertThrows(ChannelClosedException.class, channel::tryReceive);
        assertEquals("the channel was closed", closed.getMessage());
        assertTrue(channel.cancel(new IllegalStateException("too late")));
        assertFalse(channel.cancel());
        assertFalse(channel.close());
        var cancelled = assertThrows(ChannelClosedException.class, channel::tryReceive);
        assertEquals("the channel was cancelled", cancelled.getMessage());
        assertSame(cause, cancelled.getCause());
    }

    // ---- text and stream

    @ParameterizedTest
    @EnumSource
    void toString_tellsKindContentWaitersAndEnd(Kind kind) throws InterruptedException {
        Channel<Integer> channel = open(kind);
        assertEquals(text(channel, kind, "Elements = 0, Waiting senders = 0, Waiting receivers = 0"), "" + channel);
        var receiver = channel.receiveAsync();
        assertEquals(text(channel, kind, "Elements = 0, Waiting senders = 0, Waiting receivers = 1"), "" + channel);
        channel.send(1);
        assertEquals(1, receiver.join());
        int sent = Math.min(kind.capacity, 3);
        for (int i = 0; i < sent; i++) {
            channel.send(i);
        }
        boolean waits = kind.overflow == Overflow.SUSPEND && kind.capacity < Channel.UNLIMITED;
        var sender = waits ? channel.sendAsync(9) : null;
        String content = "Elements = " + sent + ", Waiting senders = " + (waits ? 1 : 0) + ", Waiting receivers = 0";
        assertEquals(text(channel, kind, content), "" + channel);
        channel.close();
        assertEquals(text(channel, kind, content + ", CLOSED"), "" + channel);
        channel.cancel();
        String end = "Elements = 0, Waiting senders = 0, Waiting receivers = 0, CANCELLED";
        assertEquals(text(channel, kind, end), "" + channel);
        assertTrue(sender == null || sender.isCompletedExceptionally());
    }

    private static String text(Channel<Integer> channel, Kind kind, String content) {
        return "dev.heddle.channels.Channel@" + Integer.toHexString(channel.hashCode()) + "[" + kind.text + ", "
                + content + "]";
    }

    @ParameterizedTest
    @EnumSource
    void stream_givesElementsUntilTheEnd(Kind kind) {
        Channel<Integer> channel = open(kind);
        var sum = Outcome.parked(
                ThreadKind.PLATFORM, () -> channel.stream().mapToInt(e -> e).sum());
        int elements = kind.overflow == Overflow.SUSPEND ? 100 : 1; // others may drop some
        for (int i = 1; i <= elements; i++) {
            channel.sendUninterruptibly(i);
        }
        channel.close();
        assertEquals(elements * (elements + 1) / 2, sum.value());
        assertEquals(List.of(), channel.stream().toList());
        assertEquals(List.of(), undelivered);
    }

    /** What a stream has not asked for stays in the channel. */
    @Test
    void stream_shortCircuit_leavesTheOthers() {
        Channel<Integer> channel = open(Kind.UNLIMITED);
        Stream.of(1, 2, 3, 4).forEach(channel::trySend);
        assertEquals(List.of(1, 2), channel.stream().limit(2).toList());
        assertEquals(3, channel.tryReceive());
        assertEquals(4, channel.stream().findFirst().orElseThrow());
        assertTrue(channel.isEmpty());
    }

    @Test
    void stream_closedWithCause_endsByIt() {
        Channel<Integer> channel = open(Kind.BUFFERED);
        var cause = new IllegalStateException("why");
        channel.trySend(1);
        channel.close(cause);
        List<Integer> seen = new ArrayList<>();
        var thrown = assertThrows(
                ChannelClosedException.class, () -> channel.stream().forEach(seen::add));
        assertSame(cause, thrown.getCause());
        assertEquals(List.of(1), seen);
    }
}
