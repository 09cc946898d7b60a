// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Overflow;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers channels 7, 9: overflow policies. */
@Timeout(120)
class DroppingChannelTest {
    private final List<Object> dropped = new ArrayList<>();

    private Channel<Integer> channel(int capacity, Overflow policy) {
        return Channel.<Integer>builder()
                .capacity(capacity)
                .overflow(policy)
                .onUndelivered(dropped::add)
                .build();
    }

    private static List<Integer> drain(Channel<Integer> channel) {
        List<Integer> all = new ArrayList<>();
        channel.asBlockingQueue().drainTo(all);
        return all;
    }

    // ---- the builder

    @Test
    void build_choosesTheClass() {
        assertInstanceOf(ConflatedChannel.class, channel(1, Overflow.DROP_OLDEST));
        assertInstanceOf(ConflatedChannel.class, Channel.conflated());
        assertInstanceOf(DroppingChannel.class, channel(2, Overflow.DROP_OLDEST));
        assertInstanceOf(DroppingChannel.class, channel(1, Overflow.DROP_LATEST));
        assertInstanceOf(CellChannel.class, channel(1, Overflow.SUSPEND));
        assertInstanceOf(CellChannel.class, channel(Channel.UNLIMITED, Overflow.DROP_OLDEST));
        assertInstanceOf(CellChannel.class, Channel.rendezvous());
        assertEquals(7, channel(7, Overflow.DROP_OLDEST).capacity());
        assertEquals(Channel.UNLIMITED, Channel.unlimited().capacity());
        assertEquals(3, Channel.buffered(3).capacity());
    }

    @Test
    void build_nonsense_isRejected() {
        assertThrows(IllegalArgumentException.class, () -> channel(0, Overflow.DROP_OLDEST));
        assertThrows(IllegalArgumentException.class, () -> channel(0, Overflow.DROP_LATEST));
        var negative = assertThrows(IllegalArgumentException.class, () -> Channel.buffered(-5));
        assertTrue(negative.getMessage().contains("-5"), negative::getMessage);
        assertThrows(NullPointerException.class, () -> channel(1, null));
    }

    // ---- dropping

    @Test
    void dropOldest_full_oldestGoes() throws InterruptedException {
        Channel<Integer> channel = channel(3, Overflow.DROP_OLDEST);
        channel.send(1);
        assertTrue(channel.trySend(2));
        channel.sendUninterruptibly(3);
        assertTrue(channel.send(4, 0, TimeUnit.SECONDS));
        assertNull(channel.sendAsync(5).join());
        channel.sendAll(List.of(6, 7));
        assertEquals(List.of(1, 2, 3, 4), dropped);
        assertEquals(3, channel.size());
        assertEquals(List.of(5, 6, 7), drain(channel));
        assertTrue(channel.isEmpty());
    }

    @Test
    void dropLatest_full_newestGoes() throws InterruptedException {
        Channel<Integer> channel = channel(2, Overflow.DROP_LATEST);
        channel.send(1);
        channel.send(2);
        assertTrue(channel.trySend(3));
        channel.send(4);
        assertTrue(channel.send(5, 1, TimeUnit.DAYS));
        assertNull(channel.sendAsync(6).join());
        channel.sendUninterruptibly(7);
        assertEquals(List.of(3, 4, 5, 6, 7), dropped);
        assertEquals(1, channel.receive());
        assertTrue(channel.trySend(8));
        assertEquals(List.of(2, 8), drain(channel));
        assertEquals(5, dropped.size());
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST"})
    void receiverWaits_getsTheElement(Overflow policy) {
        Channel<Integer> channel = channel(2, policy);
        CompletableFuture<Integer> future = channel.receiveAsync();
        var thread = Outcome.parked(ThreadKind.PLATFORM, channel::receive);
        var unlikely = Outcome.parked(ThreadKind.PLATFORM, channel::receiveUninterruptibly);
        var timed = Outcome.parked(ThreadKind.PLATFORM, () -> channel.receive(1, TimeUnit.DAYS));
        for (int i = 1; i <= 4; i++) {
            channel.trySend(i);
        }
        assertEquals(1, future.join());
        assertEquals(2, thread.value());
        assertEquals(3, unlikely.value());
        assertEquals(4, timed.value());
        assertEquals(List.of(), dropped);
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST"})
    void hook_throws_theSendHasHappened(Overflow policy) {
        Channel<Integer> channel = Channel.<Integer>builder()
                .capacity(2)
                .overflow(policy)
                .onUndelivered(e -> {
                    throw new IllegalArgumentException("hook " + e);
                })
                .build();
        channel.trySend(1);
        channel.trySend(2);
        var thrown = assertThrows(IllegalArgumentException.class, () -> channel.trySend(3));
        boolean oldest = policy == Overflow.DROP_OLDEST;
        assertEquals(oldest ? "hook 1" : "hook 3", thrown.getMessage());
        assertEquals(oldest ? List.of(2, 3) : List.of(1, 2), drain(channel));
    }

    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST"})
    void badInput_nothingHappens(Overflow policy) {
        Channel<Integer> channel = channel(2, policy);
        assertThrows(NullPointerException.class, () -> channel.send(null));
        assertThrows(NullPointerException.class, () -> channel.trySend(null));
        assertThrows(NullPointerException.class, () -> channel.sendAsync(null));
        assertThrows(NullPointerException.class, () -> channel.send(1, 1, null));
        assertThrows(UnsupportedOperationException.class, channel::reserve);
        var interrupted = Outcome.start(ThreadKind.PLATFORM, () -> {
            Thread.currentThread().interrupt();
            channel.send(1);
            return null;
        });
        assertInstanceOf(InterruptedException.class, interrupted.failure());
        assertEquals(List.of(1), dropped);
        assertTrue(channel.isEmpty());
        assertTrue(channel.toString().contains("Overflow = " + policy + ", "), channel::toString);
    }

    // ---- the end

    @ParameterizedTest
    @EnumSource(names = {"DROP_OLDEST", "DROP_LATEST"})
    void close_fullChannel_isDrained(Overflow policy) {
        Channel<Integer> channel = channel(2, policy);
        channel.trySend(1);
        channel.trySend(2);
        var cause = new IllegalArgumentException("why");
        assertTrue(channel.close(cause));
        assertTrue(channel.isClosedForSend());
        assertFalse(channel.isClosedForReceive());
        assertSame(
                cause,
                assertThrows(ChannelClosedException.class, () -> channel.trySend(3))
                        .getCause());
        var failed = assertThrows(
                CompletionException.class, () -> channel.sendAsync(4).join());
        assertInstanceOf(ChannelClosedException.class, failed.getCause());
        assertEquals(List.of(3, 4), dropped);
        assertEquals(1, channel.tryReceive());
        assertEquals(2, channel.tryReceive());
        assertTrue(channel.isClosedForReceive());
        assertThrows(ChannelClosedException.class, channel::tryReceive);
    }

    @Test
    void cancel_dropsAll() {
        Channel<Integer> channel = channel(2, Overflow.DROP_LATEST);
        channel.trySend(1);
        channel.trySend(2);
        assertTrue(channel.cancel());
        assertEquals(List.of(1, 2), dropped);
        assertTrue(channel.isClosedForReceive());
    }

    // ---- the view

    @Test
    void queue_fullChannel_takesEverything() {
        Channel<Integer> channel = channel(2, Overflow.DROP_OLDEST);
        var queue = channel.asBlockingQueue();
        assertTrue(queue.addAll(List.of(1, 2, 3)));
        assertEquals("[2, 3]", queue.toString());
        assertEquals(0, queue.remainingCapacity());
        assertTrue(queue.remove(2));
        assertEquals(3, queue.peek());
        assertThrows(UnsupportedOperationException.class, channel::asTransferQueue);
    }

    // ---- many threads

    /** Sent = received + dropped, nothing twice, and in the order of the sender. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 64})
    void dropOldest_storm_conserves(int capacity) {
        storm(capacity, Overflow.DROP_OLDEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void dropLatest_storm_conserves(int capacity) {
        storm(capacity, Overflow.DROP_LATEST);
    }

    private static void storm(int capacity, Overflow policy) {
        int senders = 3;
        int each = 10_000;
        ConcurrentLinkedQueue<Integer> lost = new ConcurrentLinkedQueue<>();
        Channel<Integer> channel = Channel.<Integer>builder()
                .capacity(capacity)
                .overflow(policy)
                .onUndelivered(lost::add)
                .build();
        List<Outcome<Object>> sending = new ArrayList<>();
        for (int s = 0; s < senders; s++) {
            int sender = s;
            sending.add(Outcome.start(ThreadKind.PLATFORM, () -> {
                for (int i = 0; i < each; i++) {
                    channel.send(i * senders + sender);
                }
                return null;
            }));
        }
        var receiving =
                Outcome.start(ThreadKind.PLATFORM, () -> channel.stream().toList());
        sending.forEach(Outcome::value);
        channel.close();
        List<Integer> received = receiving.value();
        int[] last = {-1, -1, -1};
        for (int e : received) {
            assertTrue(last[e % senders] < e, "an older element came later");
            last[e % senders] = e;
        }
        List<Integer> out = new ArrayList<>(received);
        out.addAll(lost);
        assertEquals(senders * each, out.size());
        assertEquals(out.size(), out.stream().distinct().count());
    }
}
