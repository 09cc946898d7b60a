// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.testkit.Await;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers channels 8, 9, 10, 11, 16, 23, 24. */
@Timeout(120)
class CellChannelTest {
    private static final String ALL = "dev.heddle.channels.internal.Shapes#all";
    private static final String BUFFERED = "dev.heddle.channels.internal.Shapes#buffered";
    private static final String WAITING = "dev.heddle.channels.internal.Shapes#waiting";

    @ParameterizedTest
    @MethodSource(BUFFERED)
    void send_roomLeft_receivedInOrder(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        int n = Shapes.fill(capacity);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < n; i++) {
                assertEquals(i, channel.size());
                channel.send(i);
                assertFalse(channel.isEmpty());
            }
            for (int i = 0; i < n; i++) {
                assertEquals(i, channel.receive());
            }
            assertTrue(channel.isEmpty());
            assertEquals(0, channel.size());
        }
    }

    @ParameterizedTest
    @MethodSource(WAITING)
    void trySend_full_failsAndBurnsNoTicket(int capacity, int segment) {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        for (int i = 0; i < capacity; i++) {
            assertTrue(channel.trySend(i));
        }
        for (int i = 0; i < 5; i++) {
            assertFalse(channel.trySend(99));
        }
        assertEquals(capacity, channel.sends);
        for (int i = 0; i < capacity; i++) {
            assertEquals(i, channel.tryReceive());
            assertTrue(channel.trySend(capacity + i));
            assertFalse(channel.trySend(99));
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void tryReceive_empty_isNullAndBurnsNoTicket(int capacity, int segment) {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        for (int i = 0; i < 5; i++) {
            assertNull(channel.tryReceive());
        }
        assertEquals(0, channel.receives);
        assertFalse(capacity == 0 && channel.trySend(1)); // channels 10
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void sendAsync_receiveAsync_meetInOrder(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            sends.add(channel.sendAsync(i));
            assertEquals(i < capacity, sends.get(i).isDone());
        }
        for (int i = 0; i < 100; i++) {
            assertFalse(channel.isEmpty());
            assertEquals(i, Await.value(channel.receiveAsync()));
            assertTrue(sends.get(Math.min(99, (int) Math.min(99L, (long) i + capacity)))
                    .isDone());
        }
        List<CompletableFuture<Integer>> receives = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            receives.add(channel.receiveAsync());
        }
        assertEquals(100, channel.waitingReceivers());
        for (int i = 0; i < 100; i++) {
            assertTrue(channel.trySend(i));
            assertEquals(i, Await.value(receives.get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void operations_nullElement_throwAndChangeNothing(int capacity, int segment) {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        assertThrows(NullPointerException.class, () -> channel.send(null));
        assertThrows(NullPointerException.class, () -> channel.sendUninterruptibly(null));
        assertThrows(NullPointerException.class, () -> channel.send(null, 1, TimeUnit.SECONDS));
        assertThrows(NullPointerException.class, () -> channel.trySend(null));
        assertThrows(NullPointerException.class, () -> channel.sendAsync(null));
        assertEquals(0, channel.sends);
        assertTrue(channel.isEmpty());
    }

    @Test
    void send_anyObject_travelsAsItIs() throws Exception {
        CellChannel<Object> channel = Shapes.channel(64, 2);
        List<Object> odd = List.of(
                Thread.currentThread(),
                new IllegalStateException(),
                new ChannelClosedException("", null),
                channel,
                channel.receiveAsync(),
                Void.class,
                new Object[0]);
        assertTrue(channel.trySend("for the future"));
        for (Object each : odd) {
            channel.send(each);
        }
        for (Object each : odd) {
            assertSame(each, channel.receive());
        }
        CompletableFuture<Object> waits = channel.receiveAsync();
        channel.send(waits);
        assertSame(waits, Await.value(waits));
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void close_elementsAndSendersLeft_areStillReceived(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        int n = Shapes.fill(capacity) + 3;
        for (int i = 0; i < n; i++) {
            CompletableFuture<Void> unused = channel.sendAsync(i);
        }
        Exception cause = new Exception("cause");
        assertFalse(channel.isClosedForSend());
        assertTrue(channel.close(cause));
        assertFalse(channel.close());
        assertTrue(channel.isClosedForSend());
        assertSame(
                cause,
                assertThrows(ChannelClosedException.class, () -> channel.send(1))
                        .getCause());
        assertSame(
                cause,
                assertThrows(ChannelClosedException.class, () -> channel.trySend(1))
                        .getCause());
        for (int i = 0; i < n; i++) {
            assertFalse(channel.isClosedForReceive());
            assertEquals(i, i % 2 == 0 ? channel.receive() : channel.tryReceive());
        }
        assertTrue(channel.isClosedForReceive());
        assertThrows(ChannelClosedException.class, channel::receive);
        assertThrows(ChannelClosedException.class, channel::receiveUninterruptibly);
        assertThrows(ChannelClosedException.class, channel::tryReceive);
        assertThrows(ChannelClosedException.class, () -> channel.receive(1, TimeUnit.SECONDS));
        var failed = assertThrows(ExecutionException.class, () -> Await.value(channel.receiveAsync()));
        assertSame(cause, failed.getCause().getCause());
        assertThrows(ExecutionException.class, () -> Await.value(channel.sendAsync(1)));
        assertTrue(channel.toString().contains(", CLOSED]"), channel::toString);
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void cancel_elementsAndSendersLeft_allGoToTheHook(int capacity, int segment) throws Exception {
        List<Integer> dropped = new ArrayList<>();
        CellChannel<Integer> channel = Shapes.channel(capacity, segment, dropped::add);
        int n = Shapes.fill(capacity) + 3;
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            sends.add(channel.sendAsync(i));
        }
        assertTrue(channel.close());
        assertTrue(channel.cancel());
        assertFalse(channel.cancel());
        assertEquals(IntStream.range(0, n).boxed().toList(), dropped);
        for (int i = 0; i < n; i++) {
            assertEquals(i >= capacity, sends.get(i).isCompletedExceptionally());
        }
        assertTrue(channel.isEmpty());
        assertTrue(channel.isClosedForReceive());
        assertThrows(ChannelClosedException.class, channel::receive);
        assertThrows(ChannelClosedException.class, channel::tryReceive);
        assertThrows(ChannelClosedException.class, () -> channel.send(n));
        assertEquals(n, dropped.get(n));
    }

    @Test
    void cancel_hookFails_othersAreReported() throws Exception {
        List<Integer> dropped = new ArrayList<>();
        CellChannel<Integer> channel = Shapes.channel(3, 2, e -> {
            dropped.add(e);
            throw new IllegalStateException("hook " + e);
        });
        channel.sendAll(List.of(1, 2, 3));
        var failure = assertThrows(IllegalStateException.class, channel::cancel);
        assertEquals("hook 1", failure.getMessage());
        assertEquals(2, failure.getSuppressed().length);
        assertEquals(List.of(1, 2, 3), dropped);
        var closed = assertThrows(ChannelClosedException.class, () -> channel.send(4));
        assertEquals(1, closed.getSuppressed().length);
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void timed_timeOver_nothingHappens(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        for (long time : new long[] {-1, 0, 1}) {
            assertNull(channel.receive(time, TimeUnit.MICROSECONDS));
        }
        int n = Shapes.fill(capacity);
        for (int i = 0; i < n; i++) {
            assertTrue(channel.send(i, 1, TimeUnit.DAYS));
        }
        if (capacity != Shapes.UNLIMITED) {
            for (long time : new long[] {-1, 0, 1}) {
                assertFalse(channel.send(99, time, TimeUnit.MICROSECONDS));
            }
        }
        for (int i = 0; i < n; i++) {
            assertEquals(i, channel.receive(1, TimeUnit.DAYS));
        }
        assertNull(channel.tryReceive());
    }

    @Test
    void operations_interruptedOnEntry_throwAndReport() throws Exception {
        List<Integer> dropped = new ArrayList<>();
        CellChannel<Integer> channel = Shapes.channel(5, 2, dropped::add);
        channel.send(0);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> channel.send(1));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> channel.send(2, 1, TimeUnit.SECONDS));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, channel::receive);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> channel.receive(1, TimeUnit.SECONDS));
        Thread.currentThread().interrupt();
        channel.sendUninterruptibly(3);
        assertEquals(0, channel.receiveUninterruptibly());
        assertTrue(Thread.interrupted());
        assertEquals(List.of(1, 2), dropped);
        assertEquals(1, channel.size());
    }

    @Test
    void iterator_hasNextTwice_losesNothing() throws Exception {
        CellChannel<Integer> channel = Shapes.channel(64, 2);
        channel.sendAll(List.of(1, 2, 3));
        channel.close();
        Iterator<Integer> all = channel.iterator();
        assertTrue(all.hasNext());
        assertTrue(all.hasNext());
        assertEquals(1, all.next());
        assertEquals(2, all.next());
        assertEquals(3, all.next());
        assertFalse(all.hasNext());
        assertThrows(NoSuchElementException.class, all::next);
    }

    @Test
    void spliterator_noAction_losesNothing() throws Exception {
        CellChannel<Integer> channel = Shapes.channel(64, 2);
        channel.send(1);
        var all = channel.stream().spliterator();
        assertThrows(NullPointerException.class, () -> all.tryAdvance(null));
        assertThrows(NullPointerException.class, () -> all.forEachRemaining(null));
        assertEquals(1, channel.tryReceive());
    }

    @Test
    void iterator_closedWithCauseOrInterrupted_throws() {
        CellChannel<Integer> channel = Shapes.channel(64, 2);
        Iterator<Integer> all = channel.iterator();
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, all::hasNext);
        assertTrue(Thread.interrupted());
        channel.close(new Exception("cause"));
        assertThrows(ChannelClosedException.class, all::hasNext);
    }

    @Test
    void stream_limited_takesNoMoreThanItGives() throws Exception {
        CellChannel<Integer> channel = Shapes.channel(64, 2);
        channel.sendAll(IntStream.range(0, 20).boxed().toList());
        assertEquals(List.of(0, 1, 2), channel.stream().limit(3).collect(Collectors.toList()));
        channel.close();
        assertEquals(17, channel.stream().parallel().count());
    }

    @Test
    void receiveMany_someThere_takesThoseOnly() throws Exception {
        CellChannel<Integer> channel = Shapes.channel(64, 2);
        channel.sendAll(IntStream.range(0, 20).boxed().toList());
        List<Integer> got = new ArrayList<>();
        assertEquals(0, channel.receiveMany(got, 0));
        assertEquals(5, channel.receiveMany(got, 5));
        assertEquals(15, channel.receiveMany(got, 50));
        assertEquals(IntStream.range(0, 20).boxed().toList(), got);
        assertThrows(IllegalArgumentException.class, () -> channel.receiveMany(got, -1));
        assertThrows(NullPointerException.class, () -> channel.receiveMany(null, 1));
        channel.send(1);
        channel.close();
        assertEquals(1, channel.receiveMany(got, 2));
        assertThrows(ChannelClosedException.class, () -> channel.receiveMany(got, 1));
    }

    @Test
    void receiveMany_collectionRefuses_elementGoesToTheHook() throws Exception {
        List<Integer> dropped = new ArrayList<>();
        CellChannel<Integer> channel = Shapes.channel(64, 2, dropped::add);
        channel.sendAll(List.of(1, 2));
        assertThrows(UnsupportedOperationException.class, () -> channel.receiveMany(List.of(), 2));
        assertEquals(List.of(1), dropped);
        assertEquals(1, channel.size());
    }

    @ParameterizedTest
    @MethodSource(BUFFERED)
    void place_removed_makesRoomAndIsNotReceived(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        int n = Shapes.fill(capacity);
        for (int i = 0; i < n; i++) {
            channel.send(i);
        }
        List<Integer> left = new ArrayList<>();
        Buffered.Place<Integer> place = channel.oldest();
        for (int i = 0; i < n; i++) {
            assertEquals(i, place.element());
            if (i % 3 == 0) {
                assertTrue(place.remove());
                assertFalse(place.remove());
            } else {
                left.add(i);
            }
            place = place.next();
        }
        assertNull(place);
        assertEquals(left.size(), channel.size());
        if (capacity != Shapes.UNLIMITED) {
            for (int i = left.size(); i < n; i++) {
                assertTrue(channel.trySend(100 + i));
                left.add(100 + i);
            }
            assertFalse(channel.trySend(1));
        }
        for (int each : left) {
            assertEquals(each, channel.tryReceive());
        }
        assertTrue(channel.isEmpty());
        assertDoesNotThrow(() -> channel.send(1));
        assertEquals(1, channel.receive());
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#bounded")
    void evictIfFull_full_givesTheOldest(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        for (int i = 0; i < 200; i++) {
            Integer evicted = i < capacity ? null : Integer.valueOf(i - capacity);
            assertEquals(evicted, channel.evictIfFull());
            assertTrue(channel.trySend(i));
        }
        assertTrue(channel.oldest().next() == null || channel.oldest().next().remove());
        assertEquals(capacity == 1 ? 199 : null, channel.evictIfFull());
    }
}
