// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Segment;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers channels 1, 5, 13, 17, 19, 24. */
@Timeout(120)
class CellChannelAbortTest {
    private static final String ALL = "dev.heddle.channels.internal.Shapes#all";
    private static final String WAITING = "dev.heddle.channels.internal.Shapes#waiting";

    /** Exactly as many sends as the capacity succeed without waiting; then all is taken out again. */
    private static void assertEmptyWithAllItsRoom(CellChannel<Integer> channel, int capacity) {
        assertTrue(channel.isEmpty(), channel::toString);
        for (int i = 0; i < Math.min(capacity, 200); i++) {
            assertTrue(channel.trySend(i), () -> channel + " " + channel.window);
        }
        if (capacity != Shapes.UNLIMITED) {
            assertFalse(channel.trySend(99), () -> channel + " " + channel.window);
        }
        for (int i = 0; i < Math.min(capacity, 200); i++) {
            assertEquals(i, channel.tryReceive());
        }
        assertNull(channel.tryReceive());
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void receive_withoutMemoryForItsWait_leavesItsCell(int capacity, int segment) {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        for (int i = 0; i < 5; i++) {
            var failure = new OutOfMemoryError("injected");
            Segment start = channel.start(CellWords.RECEIVE);
            long ticket = channel.takeReceive();
            assertSame(
                    failure, assertThrows(OutOfMemoryError.class, () -> channel.receiveSlow(start, ticket, failure)));
            assertEmptyWithAllItsRoom(channel, capacity);
        }
    }

    @ParameterizedTest
    @MethodSource(WAITING)
    void sendAsync_someCancelled_othersKeepOrderAndRoomStaysExact(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        for (int modulus : new int[] {1, 2, 3, 7}) { // the futures that are cancelled: all, every second, ..
            List<CompletableFuture<Void>> sends = new ArrayList<>();
            List<Integer> left = new ArrayList<>();
            for (int i = 0; i < 3 * capacity + 70; i++) {
                sends.add(channel.sendAsync(i));
            }
            for (int i = 0; i < sends.size(); i++) {
                boolean cancelled = i % modulus == 0 && sends.get(i).cancel(false);
                assertEquals(i % modulus == 0 && i >= capacity, cancelled);
                if (!cancelled) {
                    left.add(i);
                }
            }
            for (int each : left) {
                assertEquals(each, channel.receive());
            }
            assertEmptyWithAllItsRoom(channel, capacity);
            assertEquals(0, channel.waitingSenders());
        }
    }

    @ParameterizedTest
    @MethodSource(WAITING)
    void sendAsync_cancelledBetweenReceives_roomStaysExact(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        int next = 0;
        for (int round = 0; round < 300; round++) {
            sends.add(channel.sendAsync(round));
            sends.add(channel.sendAsync(-round));
            CompletableFuture<Void> odd = sends.get(2 * round + 1);
            boolean cancelled = odd.cancel(false);
            assertEquals(cancelled, odd.isCancelled());
            if (round % 2 == 0) {
                assertEquals(Integer.valueOf(0), channel.receive() * 0);
                next++;
            }
        }
        assertTrue(next > 0);
        while (channel.tryReceive() != null) {} // ends: nobody sends
        assertEmptyWithAllItsRoom(channel, capacity);
        assertTrue(sends.stream().allMatch(CompletableFuture::isDone));
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void receiveAsync_someCancelled_othersGetWhatIsSent(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        for (int modulus : new int[] {1, 2, 3, 7}) {
            List<CompletableFuture<Integer>> left = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                CompletableFuture<Integer> future = channel.receiveAsync();
                if (i % modulus == 0) {
                    assertTrue(future.cancel(false));
                } else {
                    left.add(future);
                }
            }
            for (int i = 0; i < left.size(); i++) {
                assertTrue(channel.trySend(i));
                assertEquals(i, Await.value(left.get(i)));
                assertFalse(left.get(i).cancel(false));
            }
            assertEquals(0, channel.waitingReceivers());
            assertEmptyWithAllItsRoom(channel, capacity);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64})
    void exchange_afterManyAborts_hasFewSegmentsToPass(int capacity) throws Exception {
        for (boolean sends : new boolean[] {true, false}) {
            CellChannel<Integer> channel = new CellChannel<>(capacity, null);
            for (int i = 0; i < capacity; i++) {
                assertTrue(channel.trySend(i));
            }
            if (!sends) {
                while (channel.tryReceive() != null) {} // ends: nobody sends
            }
            for (int i = 0; i < 1_000_000; i++) {
                CompletableFuture<?> future = sends ? channel.sendAsync(i) : channel.receiveAsync();
                assertTrue(future.complete(null)); // as cancel, without a million stack traces
                assertTrue(i % 50_000 != 0 || segments(channel) <= 10, () -> segments(channel) + " segments");
            }
            assertTrue(segments(channel) <= 10, () -> segments(channel) + " segments");
            if (sends) {
                for (int i = 0; i < capacity; i++) {
                    assertEquals(i, channel.tryReceive());
                }
                assertNull(channel.tryReceive());
            } else {
                assertEquals(capacity > 0, channel.trySend(1));
            }
            if (!sends && capacity > 0) {
                assertEquals(1, channel.tryReceive());
            }
            assertEmptyWithAllItsRoom(channel, capacity);
        }
    }

    static int segments(CellChannel<?> channel) {
        int n = 0;
        var left = channel.start(CellWords.LIMIT);
        for (int which : new int[] {CellWords.SEND, CellWords.RECEIVE}) {
            left = channel.start(which).id() < left.id() ? channel.start(which) : left;
        }
        for (var s = left; s != null; s = s.next()) {
            n++;
        }
        return n;
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void send_interruptedWhileWaiting_takesTheElementBack(ThreadKind kind) throws Exception {
        for (int capacity : new int[] {0, 1, 2}) {
            List<Integer> dropped = new ArrayList<>();
            CellChannel<Integer> channel = Shapes.channel(capacity, 2, dropped::add);
            for (int i = 0; i < capacity; i++) {
                channel.send(i);
            }
            Thread sender = kind.unstarted(() -> assertThrows(InterruptedException.class, () -> channel.send(99)));
            sender.start();
            Await.until(() -> channel.waitingSenders() == 1);
            sender.interrupt();
            Await.ended(sender);
            assertEquals(List.of(99), dropped);
            for (int i = 0; i < capacity; i++) {
                assertEquals(i, channel.receive());
            }
            assertEmptyWithAllItsRoom(channel, capacity);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void receive_interruptedWhileWaiting_elementGoesToTheNext(ThreadKind kind) throws Exception {
        for (int capacity : new int[] {0, 1, 2, Shapes.UNLIMITED}) {
            CellChannel<Integer> channel = Shapes.channel(capacity, 2);
            Thread receiver = kind.unstarted(() -> assertThrows(InterruptedException.class, channel::receive));
            receiver.start();
            Await.until(() -> channel.waitingReceivers() == 1);
            AtomicReference<Integer> got = new AtomicReference<>();
            Thread next = kind.unstarted(() -> got.set(channel.receiveUninterruptibly()));
            next.start();
            Await.until(() -> channel.waitingReceivers() == 2);
            next.interrupt();
            receiver.interrupt();
            Await.ended(receiver);
            assertTrue(channel.trySend(5));
            Await.ended(next);
            assertEquals(5, got.get());
            assertEmptyWithAllItsRoom(channel, capacity);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void sendUninterruptibly_interruptedWhileWaiting_keepsTheFlag(ThreadKind kind) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(0, 2);
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread sender = kind.unstarted(() -> {
            channel.sendUninterruptibly(7);
            flag.set(Thread.interrupted());
        });
        sender.start();
        Await.until(() -> channel.waitingSenders() == 1);
        sender.interrupt();
        Await.parked(sender);
        assertEquals(7, channel.receive());
        Await.ended(sender);
        assertTrue(flag.get());
    }
}
