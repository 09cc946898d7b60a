// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Reservation;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.Reach;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers channels 5, 7, 11, 18, 22. */
@Timeout(120)
class CellChannelClosingTest {
    private static final int ELEMENTS = 1_000_000;
    private static final int WAITERS = 300_000;

    @Test
    void cancel_manyElements_reportsEachOnce() throws Exception {
        AtomicInteger next = new AtomicInteger();
        Channel<Integer> channel = new CellChannel<>(Channel.UNLIMITED, e -> assertEquals(next.getAndIncrement(), e));
        for (int i = 0; i < ELEMENTS; i++) {
            channel.send(i);
        }
        assertEquals(ELEMENTS, channel.size());
        assertTrue(channel.cancel());
        assertEquals(ELEMENTS, next.get());
    }

    @Test
    void close_manyElements_allAreStillThere() throws Exception {
        Channel<Integer> channel = new CellChannel<>(Channel.UNLIMITED, null);
        for (int i = 0; i < ELEMENTS; i++) {
            channel.send(i);
        }
        assertTrue(channel.close());
        assertEquals(ELEMENTS, channel.stream().count());
    }

    @Test
    void receive_closedWhileRoomIsKept_linksNoSegments() throws Exception {
        Channel<Integer> channel = new CellChannel<>(1, 1, null);
        try (Reservation<Integer> kept = channel.reserve()) {
            channel.close();
            for (int i = 0; i < 1000; i++) {
                assertThrows(ChannelClosedException.class, channel::receive);
            }
            int segments = Reach.segments(channel);
            assertTrue(segments <= Reach.FEW, () -> segments + " segments kept");
            assertThrows(ChannelClosedException.class, () -> kept.send(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Channel.UNLIMITED})
    void close_manyReceivers_allAreTold(int capacity) {
        Channel<Integer> channel = new CellChannel<>(capacity, null);
        AtomicInteger told = new AtomicInteger();
        for (int i = 0; i < WAITERS; i++) {
            CompletableFuture<Void> unused = channel.receiveAsync().handle((element, failure) -> {
                assertInstanceOf(ChannelClosedException.class, failure);
                told.getAndIncrement();
                return null;
            });
        }
        assertTrue(channel.close());
        assertEquals(WAITERS, told.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void cancel_manySenders_allAreTold(int capacity) {
        AtomicInteger told = new AtomicInteger();
        AtomicInteger dropped = new AtomicInteger();
        Channel<Integer> channel = new CellChannel<>(capacity, e -> dropped.getAndIncrement());
        for (int i = 0; i < WAITERS + capacity; i++) {
            CompletableFuture<Void> unused = channel.sendAsync(i).handle((nothing, failure) -> {
                told.getAndIncrement();
                return null;
            });
        }
        assertEquals(capacity, told.get());
        assertTrue(channel.cancel());
        assertEquals(WAITERS + capacity, told.get());
        assertEquals(WAITERS + capacity, dropped.get());
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void close_threadsWait_allAreTold(ThreadKind kind) throws Exception {
        for (int capacity : new int[] {0, 1, Channel.UNLIMITED}) {
            CellChannel<Integer> channel = Shapes.channel(capacity, 2);
            List<Thread> receivers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                receivers.add(kind.unstarted(() -> assertThrows(ChannelClosedException.class, channel::receive)));
                receivers.get(i).start();
            }
            Await.until(() -> channel.waitingReceivers() == 5);
            assertTrue(channel.close());
            Await.ended(receivers);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void cancel_threadsWaitToSend_areToldAndReportTheirElement(ThreadKind kind) throws Exception {
        for (int capacity : new int[] {0, 1, 2}) {
            AtomicInteger dropped = new AtomicInteger();
            CellChannel<Integer> channel = Shapes.channel(capacity, 2, e -> dropped.getAndIncrement());
            for (int i = 0; i < capacity; i++) {
                channel.send(i);
            }
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                senders.add(kind.unstarted(() -> assertThrows(ChannelClosedException.class, () -> channel.send(9))));
                senders.get(i).start();
            }
            Await.until(() -> channel.waitingSenders() == 5);
            assertTrue(channel.cancel(new Exception("cause")));
            Await.ended(senders);
            assertEquals(capacity + 5, dropped.get());
        }
    }

    @Test
    void dependents_useTheSameChannel() throws Exception {
        for (int capacity : new int[] {0, 1, 2, Channel.UNLIMITED}) {
            Channel<Integer> channel = new CellChannel<>(capacity, null);
            AtomicInteger sum = new AtomicInteger();
            for (int i = 0; i < 20_000; i++) {
                CompletableFuture<Void> unused = channel.receiveAsync().thenAccept(element -> {
                    sum.getAndAdd(1);
                    if (element < 20_000) {
                        CompletableFuture<Void> next = channel.sendAsync(element + 1); // serves the next in line
                    }
                });
            }
            channel.send(1);
            assertEquals(20_000, sum.get());
            CompletableFuture<Integer> last = channel.receiveAsync();
            CompletableFuture<Boolean> closedBy = last.handle((element, failure) -> channel.cancel());
            assertTrue(channel.close());
            assertTrue(Await.value(closedBy));
            assertFalse(channel.cancel());
        }
    }

    @Test
    void hook_usesTheSameChannel() throws Exception {
        List<Integer> dropped = new ArrayList<>();
        AtomicInteger failed = new AtomicInteger();
        Channel<?>[] self = new Channel<?>[1];
        Channel<Integer> channel = new CellChannel<>(3, e -> {
            dropped.add(e);
            if (self[0].isClosedForSend() && self[0].isClosedForReceive() && self[0].isEmpty()) {
                failed.getAndIncrement();
            }
        });
        self[0] = channel;
        channel.sendAll(List.of(1, 2, 3));
        assertTrue(channel.cancel());
        assertEquals(List.of(1, 2, 3), dropped);
        assertEquals(3, failed.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, Shapes.UNLIMITED})
    void isEmpty_closedWithASenderInFlight_thatDoesNotSend(int capacity) {
        CellChannel<Integer> channel = Shapes.channel(capacity, 2);
        var start = channel.start(CellWords.SEND);
        long ticket = channel.takeSend();
        channel.close();
        assertTrue(channel.isEmpty());
        assertEquals(CellState.CLOSED, channel.sendSlow(start, ticket, 1, Thread.currentThread()));
        assertTrue(channel.isEmpty());
        assertTrue(channel.isClosedForReceive());
    }
}
