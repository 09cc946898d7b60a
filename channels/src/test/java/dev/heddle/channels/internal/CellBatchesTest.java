// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.sync.internal.Segment;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.Reach;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers channels 7, 8, 24. */
@Timeout(120)
class CellBatchesTest {
    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#all")
    void sendAll_moreThanTheCapacity_receivedInOrder(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        for (int round = 0; round < 30; round++) {
            List<Integer> all = IntStream.range(0, 200 + round).boxed().toList();
            Thread sender = new Thread(() -> assertDoesNotThrow(() -> channel.sendAll(all)));
            sender.start();
            List<Integer> got = new ArrayList<>();
            while (got.size() < all.size()) {
                channel.receiveMany(got, Math.min(1 + round * 3, all.size() - got.size()));
            }
            Await.ended(sender);
            assertEquals(all, got);
        }
        assertEquals(capacity == Shapes.UNLIMITED || capacity > 0, channel.trySend(1));
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#all")
    void sendAll_someReceiversGaveUp_othersGetTheElementsInOrder(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        List<CompletableFuture<Integer>> receives = new ArrayList<>();
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            CompletableFuture<Integer> future = channel.receiveAsync();
            if (i % 3 == 0 || (i > 40 && i < 80)) {
                assertTrue(future.cancel(false));
            } else {
                receives.add(future);
                all.add(i);
            }
        }
        channel.sendAll(all);
        for (int i = 0; i < all.size(); i++) {
            assertEquals(all.get(i), Await.value(receives.get(i)));
        }
        assertTrue(channel.isEmpty());
    }

    /** Tickets of a run, taken as {@code receiveMany} does, with the segment that it would start from. */
    private record Run(CellChannel<Integer> channel, Segment start, long first, long end) {
        static Run take(CellChannel<Integer> channel, int tickets) {
            Segment start = channel.start(CellWords.RECEIVE);
            long first = channel.next();
            assertTrue(channel.casReceives(first, first + tickets));
            return new Run(channel, start, first, first + tickets);
        }

        List<Object> empty() {
            Object[] into = new Object[(int) (end - first)];
            return Arrays.asList(into).subList(0, channel.empty(start, first, end, into));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, CellChannel.SEGMENT_SIZE})
    void run_sendersWait_areAdmitted(int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(2, segment);
        channel.sendAll(List.of(0, 1));
        List<CompletableFuture<Void>> waiting = List.of(channel.sendAsync(2), channel.sendAsync(3));
        assertEquals(List.of(0, 1), Run.take(channel, 2).empty());
        waiting.forEach(send -> assertTrue(send.isDone()));
        assertEquals(List.of(2, 3), Run.take(channel, 2).empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, CellChannel.SEGMENT_SIZE})
    void run_sendersInFlight_othersAreReceived(int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(8, segment);
        channel.send(0);
        channel.takeSend(); // and its thread is not seen again
        channel.send(2);
        channel.takeSend();
        channel.send(4);
        Run run = Run.take(channel, 5);
        Segment passed = channel.findSurely(run.start(), 3);
        passed.setCell(passed.offsetOf(3), CellState.BROKEN); // by somebody who counted
        assertEquals(List.of(0, 2, 4), run.empty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, CellChannel.SEGMENT_SIZE})
    void run_othersHavePassedIt_letsGoOfItsSegments(int segment) throws Exception {
        int many = 100 * segment;
        CellChannel<Integer> channel = Shapes.channel(Shapes.UNLIMITED, segment);
        channel.sendAll(List.of(0, 1));
        Run run = Run.take(channel, 2);
        for (int i = 0; i < many; i++) {
            channel.send(i);
            assertEquals(i, channel.receive());
        }
        assertTrue(Reach.segments(channel) > 90, "what is not final must be kept");
        assertEquals(List.of(0, 1), run.empty());
        assertTrue(Reach.segments(channel) <= Reach.FEW, () -> Reach.segments(channel) + " segments");
    }

    /** The first cells of a new segment may be others', who come to them later. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, CellChannel.SEGMENT_SIZE})
    void sendAll_othersInFlightInANewSegment_elementsInTheirCells(int segment) throws Exception {
        for (int inFlight = 1; inFlight <= 2 * segment + 1; inFlight++) {
            CellChannel<Integer> channel = Shapes.channel(Shapes.UNLIMITED, segment);
            for (int i = 0; i < segment; i++) {
                channel.send(-1);
            }
            Segment start = channel.start(CellWords.SEND);
            for (int i = 0; i < inFlight; i++) {
                assertEquals(segment + i, channel.takeSend());
            }
            List<Integer> all =
                    IntStream.range(0, inFlight + 3 * segment).boxed().toList();
            channel.sendAll(all.subList(inFlight, all.size()));
            for (int i = inFlight - 1; i >= 0; i--) {
                assertNull(channel.sendSlow(start, segment + i, i, null));
            }
            List<Integer> got = new ArrayList<>();
            channel.receiveMany(new ArrayList<>(), segment);
            for (Integer e = channel.tryReceive(); e != null; e = channel.tryReceive()) {
                got.add(e);
            }
            assertEquals(all, got);
            assertEquals(0, channel.size());
        }
    }

    /** A sender that passes dead cells moves the reference first and the counter afterwards. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, CellChannel.SEGMENT_SIZE})
    void sendAll_referenceIsAheadOfTheCounter_elementsInOrder(int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(Shapes.UNLIMITED, segment);
        for (int i = 0; i < 4 * segment + 1; i++) {
            channel.receiveAsync().cancel(false);
        }
        Segment start = channel.start(CellWords.SEND);
        for (int i = 0; i <= segment; i++) {
            channel.takeSend();
        }
        assertEquals(4, channel.locate(CellWords.SEND, start, segment).id()); // and the thread stops there
        List<Integer> all = IntStream.range(0, 3 * segment).boxed().toList();
        channel.sendAll(all);
        List<Integer> got = new ArrayList<>();
        for (Integer e = channel.tryReceive(); e != null; e = channel.tryReceive()) {
            got.add(e);
        }
        assertEquals(all, got);
    }

    /** What a receiver, a sender or a cancel has linked is filled cell by cell. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, CellChannel.SEGMENT_SIZE})
    void sendAll_segmentsAreThere_areUsed(int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(Shapes.UNLIMITED, segment);
        List<Integer> all = IntStream.range(0, 5 * segment).boxed().toList();
        CompletableFuture<Integer> first = channel.receiveAsync();
        for (int i = 1; i < 2 * segment + 1; i++) {
            channel.receiveAsync().cancel(false);
        }
        CompletableFuture<Integer> second = channel.receiveAsync();
        channel.sendAll(all);
        assertEquals(0, Await.value(first));
        assertEquals(1, Await.value(second));
        List<Integer> got = new ArrayList<>();
        while (got.size() < all.size() - 2) {
            channel.receiveMany(got, all.size());
        }
        assertEquals(all.subList(2, all.size()), got);
        assertTrue(Reach.segments(channel) <= Reach.FEW, () -> Reach.segments(channel) + " segments");
    }

    @Test
    void sendAll_nullClosedOrInterrupted_throws() throws Exception {
        List<Integer> dropped = new ArrayList<>();
        CellChannel<Integer> channel = Shapes.channel(64, 2, dropped::add);
        List<Integer> withNull = new ArrayList<>(List.of(1, 2));
        withNull.add(null);
        assertThrows(NullPointerException.class, () -> channel.sendAll(withNull));
        assertTrue(channel.isEmpty());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> channel.sendAll(List.of(1, 2)));
        channel.close();
        assertThrows(ChannelClosedException.class, () -> channel.sendAll(List.of(3, 4)));
        assertEquals(List.of(1, 3), dropped);
    }
}
