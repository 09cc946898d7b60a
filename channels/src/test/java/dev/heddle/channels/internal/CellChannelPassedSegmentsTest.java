// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.testkit.Reach;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A segment that was passed leads nowhere, and whoever still stands there finds its cell. Covers channels 5, 6, 12, 24.
 */
@Timeout(60)
class CellChannelPassedSegmentsTest {
    private static final String BUFFERED = "dev.heddle.channels.internal.Shapes#buffered";

    private static void exchange(CellChannel<Integer> channel, int pairs) throws InterruptedException {
        for (int i = 0; i < pairs; i++) {
            channel.sendAsync(i);
            assertEquals(i, channel.receive());
        }
    }

    private static int manyFor(int segment) {
        return 100 * segment;
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#all")
    void exchange_many_passedSegmentKeepsNoneAlive(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        exchange(channel, 1);
        Segment old = channel.start(CellWords.RECEIVE);
        exchange(channel, manyFor(segment));
        assertTrue(Reach.segments(old) <= 1, () -> Reach.segments(old) + " segments from " + old);
        assertTrue(Reach.segments(channel) <= Reach.FEW);
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#all")
    void receive_manyWaitFirst_passedSegmentKeepsNoneAlive(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        exchange(channel, 1);
        Segment old = channel.start(CellWords.RECEIVE);
        for (int i = 0; i < manyFor(segment); i++) {
            CompletableFuture<Integer> received = channel.receiveAsync();
            channel.send(i);
            assertEquals(i, received.join());
        }
        assertTrue(Reach.segments(old) <= 1, () -> Reach.segments(old) + " segments from " + old);
    }

    /** A receiver that stands at a segment which all others have passed, with a ticket for one that they have passed too. */
    private record Late(CellChannel<Integer> channel, Segment start, long ticket) {
        static final int ELEMENT = -1;

        static Late in(int capacity, int segment) throws InterruptedException {
            CellChannel<Integer> channel = Shapes.channel(capacity, segment);
            exchange(channel, 1);
            Segment start = channel.start(CellWords.RECEIVE);
            exchange(channel, manyFor(segment));
            long ticket = channel.takeReceive();
            channel.send(ELEMENT);
            exchange(channel, manyFor(segment));
            assertTrue(Reach.segments(channel) > 90, "what is not final must be kept");
            return new Late(channel, start, ticket);
        }

        void assertKeepsFew() {
            assertTrue(Reach.segments(channel) <= Reach.FEW, () -> Reach.segments(channel) + " segments");
        }
    }

    @ParameterizedTest
    @MethodSource(BUFFERED)
    void receiver_standsInASegmentThatAllHavePassed_findsItsElementAndLetsGo(int capacity, int segment)
            throws Exception {
        Late late = Late.in(capacity, segment);
        Deadline soon = Deadline.after(1_000_000_000);
        assertEquals(Late.ELEMENT, late.channel().receiveSlow(late.start(), late.ticket(), soon, true));
        late.assertKeepsFew(); // though nobody comes afterwards
        exchange(late.channel(), manyFor(segment));
        late.assertKeepsFew();
    }

    /** What nobody let go of in time is let go of by who asks a closed channel. */
    @ParameterizedTest
    @MethodSource(BUFFERED)
    void closed_anyOperation_letsGoOfWhatWasPassed(int capacity, int segment) throws Exception {
        Late late = Late.in(capacity, segment);
        Segment held = late.channel().locate(CellWords.RECEIVE, late.start(), late.ticket());
        held.setCell(held.offsetOf(late.ticket()), CellState.DONE); // as if the receiver had not looked back
        late.channel().close();
        assertTrue(late.channel().isClosedForReceive());
        late.assertKeepsFew();
    }

    @ParameterizedTest
    @MethodSource(BUFFERED)
    void sender_standsInASegmentThatAllHavePassed_takesAnotherTicket(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        exchange(channel, 1);
        Segment start = channel.start(CellWords.SEND);
        exchange(channel, manyFor(segment));
        long ticket = channel.takeSend();
        exchange(channel, manyFor(segment)); // the first receiver passes the cell of that ticket over
        assertTrue(Reach.segments(start) <= 1, () -> Reach.segments(start) + " segments from " + start);
        assertNull(channel.sendSlow(start, ticket, -1, Thread.currentThread()));
        assertEquals(-1, channel.receive());
        exchange(channel, manyFor(segment));
        assertTrue(channel.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 64})
    void size_iteratorOnAPassedElement_goesOn(int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(Shapes.UNLIMITED, segment);
        channel.send(7);
        Buffered.Place<Integer> first = channel.oldest();
        assertEquals(7, channel.receive());
        exchange(channel, manyFor(segment));
        channel.send(8);
        assertEquals(8, first.next().element());
        assertEquals(1, channel.size());
    }
}
