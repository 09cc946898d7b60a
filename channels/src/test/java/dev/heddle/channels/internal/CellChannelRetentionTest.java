// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Overflow;
import dev.heddle.channels.Reservation;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.Reach;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

/** Covers channels 5, 6, 19, 24: what a channel still leads to, by a walk over the heap. */
@Timeout(120)
class CellChannelRetentionTest {
    private static final String ALL = "dev.heddle.channels.internal.Shapes#all";
    private static final String WAITING = "dev.heddle.channels.internal.Shapes#waiting";
    private static final String BOUNDED = "dev.heddle.channels.internal.Shapes#bounded";
    private static final int MANY = 100_000; // a million: CellChannelAbortTest

    /** An element that nothing but the channel refers to. */
    private static final class Token {}

    /** What no final cell may lead to. */
    private static final List<Class<?>> WAITERS =
            List.of(Thread.class, CompletableFuture.class, SendWaiter.class, ReceiveWaiter.class, SlotWaiter.class);

    /** The channel leads to so many elements, to few segments beside theirs, and to nobody who waits or waited. */
    private static void assertKeeps(int elements, Channel<Token> channel) {
        int segments = Reach.segments(channel);
        assertTrue(segments <= Reach.FEW + elements, () -> channel + " " + segments + " segments");
        GraphLayout heap = GraphLayout.parseInstance(channel);
        assertEquals(elements, heap.getClassCounts().count(Token.class), () -> channel + "\n" + heap.toFootprint());
        for (Class<?> found : heap.getClasses()) {
            assertTrue(
                    WAITERS.stream().noneMatch(waiter -> waiter.isAssignableFrom(found)), () -> channel + " " + found);
        }
    }

    /** What is left of a future, once it is done, in the hands of a user: its result only. */
    private static void assertLeadsNowhere(CompletableFuture<?> future) {
        assertTrue(future.isDone());
        assertEquals(0, Reach.segments(future), future::toString);
    }

    private static List<CompletableFuture<?>> sends(Channel<Token> channel, int n) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            all.add(channel.sendAsync(new Token()));
        }
        return all;
    }

    private static List<CompletableFuture<?>> receives(Channel<Token> channel, int n) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            all.add(channel.receiveAsync());
        }
        return all;
    }

    // ---- exchange

    @ParameterizedTest
    @MethodSource(ALL)
    void exchange_elementTaken_isNotKept(int capacity, int segment) throws Exception {
        CellChannel<Token> channel = Shapes.channel(capacity, segment);
        for (int round = 0; round < 5; round++) {
            List<CompletableFuture<?>> futures = sends(channel, 5); // buffered, or they wait
            for (int left = 4; left >= 0; left--) {
                assertNotNull(left % 2 == 0 ? channel.receive() : channel.tryReceive());
            }
            futures.addAll(receives(channel, 3));
            channel.send(new Token());
            assertTrue(channel.trySend(new Token()));
            channel.sendAll(List.of(new Token()));
            futures.forEach(CellChannelRetentionTest::assertLeadsNowhere);
            assertKeeps(0, channel);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void exchange_withThreadsThatWaited_keepsNoThread(int capacity, int segment) throws Exception {
        for (ThreadKind kind : ThreadKind.available()) {
            CellChannel<Token> channel = Shapes.channel(capacity, segment);
            Outcome<Token> receiver = Outcome.parked(kind, channel::receive);
            channel.send(new Token());
            assertNotNull(receiver.value());
            assertKeeps(0, channel);
            int free = Math.min(capacity, 5);
            sends(channel, free);
            Outcome<Boolean> sender = Outcome.start(kind, () -> channel.send(new Token(), 1, TimeUnit.DAYS));
            Await.until(() -> channel.waitingSenders() == 1 || sender.thread.getState() == Thread.State.TERMINATED);
            for (int i = 0; i <= free; i++) {
                assertNotNull(channel.receive(1, TimeUnit.DAYS));
            }
            assertTrue(sender.value());
            assertKeeps(0, channel);
        }
    }

    @ParameterizedTest
    @MethodSource(BOUNDED)
    void exchange_inPart_keepsWhatIsLeft(int capacity, int segment) throws Exception {
        CellChannel<Token> channel = Shapes.channel(capacity, segment);
        sends(channel, capacity + 3);
        List<Token> got = new ArrayList<>();
        for (int left = capacity + 2; left > capacity; left--) {
            got.add(channel.receive());
        }
        assertEquals(2, got.size());
        for (int left = capacity; left >= 0; left--) {
            got.add(channel.receive());
            assertKeeps(left, channel); // from here on nobody waits
        }
        sends(channel, capacity);
        assertEquals(Math.min(capacity, 3), channel.receiveMany(got, 3));
        assertKeeps(Math.max(capacity - 3, 0), channel);
    }

    // ---- aborts

    @ParameterizedTest
    @MethodSource(ALL)
    void abort_ofWaiters_keepsNothingOfThem(int capacity, int segment) throws Exception {
        CellChannel<Token> channel = Shapes.channel(capacity, segment);
        int there = capacity == Shapes.UNLIMITED ? 0 : capacity;
        List<CompletableFuture<?>> futures = receives(channel, 5);
        futures.forEach(future -> assertTrue(future.cancel(false)));
        assertNull(channel.receive(1, TimeUnit.MICROSECONDS));
        assertKeeps(0, channel);
        if (capacity != Shapes.UNLIMITED) {
            sends(channel, capacity);
            List<CompletableFuture<?>> leaving = sends(channel, 5);
            leaving.forEach(future -> assertTrue(future.cancel(false)));
            assertFalse(channel.send(new Token(), 1, TimeUnit.MICROSECONDS));
            futures.addAll(leaving);
        }
        futures.forEach(CellChannelRetentionTest::assertLeadsNowhere);
        assertKeeps(there, channel);
    }

    @ParameterizedTest
    @MethodSource(WAITING)
    void abort_byInterrupt_keepsNoThread(int capacity, int segment) throws Exception {
        for (ThreadKind kind : ThreadKind.available()) {
            CellChannel<Token> channel = Shapes.channel(capacity, segment);
            Outcome<Token> receiver = Outcome.parked(kind, channel::receive);
            receiver.thread.interrupt();
            assertTrue(receiver.failure() instanceof InterruptedException);
            sends(channel, capacity);
            Outcome<Boolean> sender = Outcome.parked(kind, () -> channel.send(new Token(), 1, TimeUnit.DAYS));
            sender.thread.interrupt();
            assertTrue(sender.failure() instanceof InterruptedException);
            assertKeeps(capacity, channel);
        }
    }

    // ---- the end

    @ParameterizedTest
    @MethodSource(ALL)
    void close_toldAndDrained_keepsNothing(int capacity, int segment) throws Exception {
        CellChannel<Token> idle = Shapes.channel(capacity, segment);
        List<CompletableFuture<?>> futures = receives(idle, 5);
        Outcome<Token> receiver = Outcome.parked(ThreadKind.PLATFORM, idle::receive);
        assertTrue(idle.close());
        assertTrue(receiver.failure() instanceof ChannelClosedException);
        assertKeeps(0, idle);
        CellChannel<Token> full = Shapes.channel(capacity, segment);
        futures.addAll(sends(full, 5));
        assertTrue(full.close());
        assertThrows(ChannelClosedException.class, () -> full.send(new Token()));
        assertEquals(5, full.stream().count());
        assertKeeps(0, full);
        futures.forEach(CellChannelRetentionTest::assertLeadsNowhere);
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void cancel_withElementsAndSenders_keepsNothing(int capacity, int segment) {
        CellChannel<Token> channel = Shapes.channel(capacity, segment);
        List<CompletableFuture<?>> futures = sends(channel, 70);
        List<Outcome<Boolean>> senders = new ArrayList<>();
        if (capacity < 70) {
            senders.add(Outcome.parked(ThreadKind.PLATFORM, () -> channel.send(new Token(), 1, TimeUnit.DAYS)));
        }
        assertTrue(channel.cancel());
        senders.forEach(sender -> assertTrue(sender.failure() instanceof ChannelClosedException));
        futures.forEach(CellChannelRetentionTest::assertLeadsNowhere);
        assertKeeps(0, channel);
    }

    // ---- views, places, other channels

    @ParameterizedTest
    @MethodSource(BOUNDED)
    void removed_keptAndGivenBack_leavesNothing(int capacity, int segment) throws Exception {
        CellChannel<Token> channel = Shapes.channel(capacity, segment);
        Token token = new Token();
        assertTrue(channel.trySend(token));
        assertTrue(channel.asBlockingQueue().remove(token));
        assertKeeps(0, channel);
        List<Reservation<Token>> kept = new ArrayList<>();
        for (int i = 0; i < capacity; i++) {
            kept.add(channel.reserve());
        }
        Outcome<Reservation<Token>> late = Outcome.parked(ThreadKind.PLATFORM, channel::reserve);
        late.thread.interrupt();
        assertTrue(late.failure() instanceof InterruptedException);
        kept.get(0).send(new Token());
        kept.subList(1, capacity).forEach(Reservation::close);
        assertNotNull(channel.tryReceive());
        assertKeeps(0, channel);
    }

    @Test
    void lossyChannels_keepOnlyWhatIsThere() throws Exception {
        for (int capacity : new int[] {1, 2}) {
            for (Overflow policy : new Overflow[] {Overflow.DROP_OLDEST, Overflow.DROP_LATEST}) {
                Channel<Token> channel = Channel.<Token>builder()
                        .capacity(capacity)
                        .overflow(policy)
                        .build();
                List<CompletableFuture<?>> futures = receives(channel, 4);
                assertTrue(futures.get(1).cancel(false));
                for (int i = 0; i < 9; i++) {
                    channel.send(new Token());
                }
                assertKeeps(capacity, channel);
                channel.receive();
                assertKeeps(capacity - 1, channel);
                while (channel.tryReceive() != null) {} // ends: nobody sends
                assertNull(channel.receive(1, TimeUnit.MICROSECONDS));
                Outcome<Token> receiver = Outcome.parked(ThreadKind.PLATFORM, channel::receive);
                futures.addAll(receives(channel, 1));
                channel.close();
                assertTrue(receiver.failure() instanceof ChannelClosedException);
                assertKeeps(0, channel);
                futures.forEach(CellChannelRetentionTest::assertLeadsNowhere);
            }
        }
    }

    // ---- aborts only

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, Channel.UNLIMITED})
    void abort_nothingElseEver_memoryIsBounded(int capacity) throws Exception {
        for (int segment : new int[] {1, 2, 32}) {
            for (boolean sending :
                    capacity == Channel.UNLIMITED ? new boolean[] {false} : new boolean[] {true, false}) {
                CellChannel<Token> channel = Shapes.channel(capacity, segment);
                int there = sending ? capacity : 0;
                sends(channel, there);
                int few = Reach.FEW + there / segment;
                long early = 0;
                for (int n = 1; n <= MANY; n++) {
                    CompletableFuture<?> future = sending ? channel.sendAsync(new Token()) : channel.receiveAsync();
                    assertTrue(future.complete(null)); // as cancel, without so many stack traces
                    if (n == 1_000) {
                        early = GraphLayout.parseInstance(channel).totalSize();
                    }
                    if (n % 10_000 == 0) {
                        int segments = Reach.segments(channel);
                        assertTrue(segments <= few, () -> segments + " segments");
                    }
                }
                assertKeeps(there, channel);
                long bytes = GraphLayout.parseInstance(channel).totalSize();
                long most = early + 2_000;
                assertTrue(bytes <= most, () -> bytes + " bytes, at first " + most);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64})
    void timeOut_nothingElseEver_memoryIsBounded(int capacity) throws Exception {
        CellChannel<Token> channel = Shapes.channel(capacity, 2);
        sends(channel, capacity);
        for (int i = 0; i < 20_000; i++) {
            assertFalse(channel.send(new Token(), 1, TimeUnit.NANOSECONDS));
        }
        assertKeeps(capacity, channel);
        assertTrue(Reach.segments(channel) <= Reach.FEW + capacity / 2);
        while (channel.tryReceive() != null) {} // ends: nobody sends
        for (int i = 0; i < 20_000; i++) {
            assertNull(channel.receive(1, TimeUnit.NANOSECONDS));
        }
        assertKeeps(0, channel);
        assertTrue(Reach.segments(channel) <= Reach.FEW);
    }
}
