// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.Reach;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

/** Covers channels 7, 8, 11, 13, 16, 17, 18, 19, 20, 22. */
@Timeout(120)
class ConflatedChannelTest {
    private final List<Object> dropped = new ArrayList<>();
    private final ConflatedChannel<Object> channel = new ConflatedChannel<>(dropped::add, 1);

    // ---- the slot

    @Test
    void send_again_replacesTheElementAndReportsIt() throws InterruptedException {
        channel.send(1);
        assertTrue(channel.trySend(2));
        assertTrue(channel.send(3, 0, TimeUnit.SECONDS));
        channel.sendUninterruptibly(4);
        assertNull(channel.sendAsync(5).join());
        channel.sendAll(List.of(6, 7));
        assertEquals(List.of(1, 2, 3, 4, 5, 6), dropped);
        assertEquals(7, channel.receive());
        assertNull(channel.tryReceive());
        assertEquals(6, dropped.size());
    }

    @Test
    void send_sameObjectTwice_dropsItOnce() {
        channel.trySend("x");
        channel.trySend("x");
        assertEquals(List.of("x"), dropped);
        assertEquals("x", channel.tryReceive());
        assertTrue(channel.isEmpty());
    }

    @Test
    void queries_followTheSlot() {
        assertEquals(1, channel.capacity());
        assertTrue(channel.isEmpty());
        assertEquals(0, channel.size());
        channel.trySend(1);
        assertFalse(channel.isEmpty());
        assertEquals(1, channel.size());
        assertTrue(channel.toString().contains("Elements = 1, "), channel::toString);
        assertThrows(UnsupportedOperationException.class, channel::reserve);
    }

    @Test
    void send_anyObject_travelsAsAValue() {
        var other = new ConflatedChannel<Object>(null);
        var closed = new ChannelClosedException("as a value", null);
        for (Object value : new Object[] {Thread.currentThread(), closed, other, other.receiveAsync(), new Object[0]}) {
            channel.trySend(value);
            assertSame(value, channel.tryReceive());
            CompletableFuture<Object> waiting = channel.receiveAsync();
            channel.trySend(value);
            assertSame(value, waiting.join());
        }
    }

    @Test
    void send_null_isRejected() {
        CompletableFuture<Object> waiting = channel.receiveAsync();
        assertThrows(NullPointerException.class, () -> channel.send(null));
        assertThrows(NullPointerException.class, () -> channel.trySend(null));
        assertThrows(NullPointerException.class, () -> channel.sendUninterruptibly(null));
        assertThrows(NullPointerException.class, () -> channel.send(null, 1, TimeUnit.SECONDS));
        assertThrows(NullPointerException.class, () -> channel.send(1, 1, null));
        assertThrows(NullPointerException.class, () -> channel.sendAsync(null));
        assertThrows(NullPointerException.class, () -> channel.receive(1, null));
        assertFalse(waiting.isDone());
        assertTrue(channel.isEmpty());
        assertEquals(List.of(), dropped);
    }

    @Test
    void hook_throws_theSendHasHappened() {
        var failing = new ConflatedChannel<Integer>(
                dropped -> {
                    throw new IllegalStateException("hook " + dropped);
                },
                1);
        failing.trySend(1);
        var thrown = assertThrows(IllegalStateException.class, () -> failing.trySend(2));
        assertEquals("hook 1", thrown.getMessage());
        assertEquals(2, failing.tryReceive());
    }

    // ---- waiting

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32})
    void receive_manyWait_servedInOrder(int segmentSize) {
        var fifo = new ConflatedChannel<Object>(dropped::add, segmentSize);
        for (int round = 0; round < 3; round++) {
            List<Object> order = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int receiver = i;
                fifo.receiveAsync().thenAccept(e -> order.add(receiver + "=" + e));
            }
            assertEquals(10, fifo.waitingReceivers());
            List<Object> expected = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                fifo.trySend(i);
                expected.add(i + "=" + i);
            }
            assertEquals(expected, order);
            fifo.trySend("kept");
            assertEquals("kept", fifo.tryReceive());
        }
        assertEquals(List.of(), dropped);
    }

    static List<ThreadKind> kinds() {
        return ThreadKind.available();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void receive_waits_getsTheElement(ThreadKind kind) {
        var waits = Outcome.parked(kind, channel::receive);
        channel.trySend(1);
        assertEquals(1, waits.value());
        var unlikely = Outcome.parked(kind, channel::receiveUninterruptibly);
        channel.trySend(2);
        assertEquals(2, unlikely.value());
        var timed = Outcome.parked(kind, () -> channel.receive(1, TimeUnit.DAYS));
        channel.trySend(3);
        assertEquals(3, timed.value());
        assertTrue(channel.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void receive_interrupted_leavesTheLine(ThreadKind kind) {
        var waits = Outcome.parked(kind, channel::receive);
        var timed = Outcome.parked(kind, () -> channel.receive(1, TimeUnit.DAYS));
        waits.thread.interrupt();
        timed.thread.interrupt();
        assertInstanceOf(InterruptedException.class, waits.failure());
        assertInstanceOf(InterruptedException.class, timed.failure());
        assertFalse(waits.flag());
        assertEquals(0, channel.waitingReceivers());
        channel.trySend(1);
        assertEquals(1, channel.tryReceive());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void receiveUninterruptibly_interrupted_waitsOnAndKeepsTheFlag(ThreadKind kind) {
        var waits = Outcome.start(kind, () -> {
            Thread.currentThread().interrupt();
            return channel.receiveUninterruptibly();
        });
        Await.until(() -> channel.waitingReceivers() == 1);
        Await.parked(waits.thread);
        channel.trySend(1);
        assertEquals(1, waits.value());
        assertTrue(waits.flag());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void interruptedOnEntry_nothingHappensAndTheHookIsAsked(ThreadKind kind) {
        channel.trySend(0);
        for (var call : List.<java.util.concurrent.Callable<Object>>of(
                channel::receive, () -> channel.receive(1, TimeUnit.DAYS), () -> channel.receive(0, TimeUnit.DAYS))) {
            assertInstanceOf(InterruptedException.class, interrupted(kind, call));
        }
        assertEquals(0, channel.tryReceive());
        assertInstanceOf(InterruptedException.class, interrupted(kind, () -> {
            channel.send(1);
            return null;
        }));
        assertInstanceOf(InterruptedException.class, interrupted(kind, () -> channel.send(2, 1, TimeUnit.DAYS)));
        assertEquals(List.of(1, 2), dropped);
        assertTrue(channel.isEmpty());
    }

    private static Throwable interrupted(ThreadKind kind, java.util.concurrent.Callable<Object> call) {
        return Outcome.start(kind, () -> {
                    Thread.currentThread().interrupt();
                    return call.call();
                })
                .failure();
    }

    @Test
    void receive_timePasses_givesNull() throws InterruptedException {
        assertNull(channel.receive(1, TimeUnit.MILLISECONDS));
        assertNull(channel.receive(0, TimeUnit.DAYS));
        assertNull(channel.receive(Long.MIN_VALUE, TimeUnit.DAYS));
        assertEquals(0, channel.waitingReceivers());
        channel.trySend(1);
        assertEquals(1, channel.receive(-1, TimeUnit.DAYS));
    }

    @Test
    void receiveAsync_cancelled_nextIsServed() {
        CompletableFuture<Object> first = channel.receiveAsync();
        CompletableFuture<Object> left = channel.receiveAsync();
        CompletableFuture<Object> alsoLeft = channel.receiveAsync();
        CompletableFuture<Object> last = channel.receiveAsync();
        assertTrue(left.cancel(false));
        assertTrue(alsoLeft.complete("outside"));
        channel.trySend(1);
        channel.trySend(2);
        assertEquals(1, first.join());
        assertEquals(2, last.join());
        assertFalse(first.cancel(false));
        CompletableFuture<Object> alone = channel.receiveAsync();
        assertTrue(alone.cancel(false));
        channel.trySend(3);
        assertEquals(3, channel.tryReceive());
        assertEquals(List.of(), dropped);
    }

    @Test
    void receiveMany_takesTheOneThatIsThere() throws InterruptedException {
        channel.trySend(1);
        List<Object> target = new ArrayList<>();
        assertEquals(1, channel.receiveMany(target, 5));
        assertEquals(List.of(1), target);
    }

    // ---- close and cancel

    @Test
    void close_withAnElement_isStillReceived() {
        var cause = new IllegalArgumentException("why");
        channel.trySend(1);
        assertTrue(channel.close(cause));
        assertFalse(channel.close());
        assertTrue(channel.isClosedForSend());
        assertFalse(channel.isClosedForReceive());
        assertFalse(channel.isEmpty());
        assertSame(
                cause,
                assertThrows(ChannelClosedException.class, () -> channel.trySend(2))
                        .getCause());
        assertThrows(ChannelClosedException.class, () -> channel.send(3));
        assertInstanceOf(
                ChannelClosedException.class,
                assertThrows(
                                CompletionException.class,
                                () -> channel.sendAsync(4).join())
                        .getCause());
        assertEquals(List.of(2, 3, 4), dropped);
        assertEquals(1, channel.tryReceive());
        assertTrue(channel.isClosedForReceive());
        assertTrue(channel.isEmpty());
        assertSame(
                cause,
                assertThrows(ChannelClosedException.class, channel::tryReceive).getCause());
        assertThrows(ChannelClosedException.class, channel::receive);
        assertThrows(ChannelClosedException.class, () -> channel.receive(1, TimeUnit.DAYS));
        assertInstanceOf(
                ChannelClosedException.class,
                assertThrows(
                                CompletionException.class,
                                () -> channel.receiveAsync().join())
                        .getCause());
        assertTrue(channel.toString().endsWith(", CLOSED]"), channel::toString);
    }

    @Test
    void cancel_dropsTheElement() {
        channel.trySend(1);
        assertTrue(channel.cancel());
        assertFalse(channel.cancel());
        assertFalse(channel.close());
        assertEquals(List.of(1), dropped);
        assertTrue(channel.isClosedForReceive());
        assertTrue(channel.isEmpty());
        assertThrows(ChannelClosedException.class, channel::tryReceive);
        assertTrue(channel.toString().endsWith(", CANCELLED]"), channel::toString);
    }

    @Test
    void cancel_afterClose_dropsTheElementAndKeepsTheCause() {
        var cause = new IllegalArgumentException("first");
        channel.trySend(1);
        channel.close(cause);
        assertTrue(channel.cancel(new IllegalArgumentException("second")));
        assertEquals(List.of(1), dropped);
        assertTrue(channel.toString().endsWith(", CANCELLED]"), channel::toString);
        assertSame(
                cause,
                assertThrows(ChannelClosedException.class, channel::tryReceive).getCause());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void end_receiversWait_areTold(boolean byCancel) {
        var cause = new IllegalArgumentException("why");
        var thread = Outcome.parked(ThreadKind.PLATFORM, channel::receive);
        CompletableFuture<Object> left = channel.receiveAsync();
        CompletableFuture<Object> future = channel.receiveAsync();
        left.cancel(false);
        assertTrue(byCancel ? channel.cancel(cause) : channel.close(cause));
        assertSame(
                cause,
                assertInstanceOf(ChannelClosedException.class, thread.failure()).getCause());
        var thrown = assertThrows(CompletionException.class, future::join);
        assertSame(
                cause,
                assertInstanceOf(ChannelClosedException.class, thrown.getCause())
                        .getCause());
        assertTrue(left.isCancelled());
        assertEquals(0, channel.waitingReceivers());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 32})
    void close_manyWait_allAreToldInOrder(int segmentSize) {
        var crowded = new ConflatedChannel<Integer>(null, segmentSize);
        int receivers = 300_000;
        AtomicInteger told = new AtomicInteger();
        AtomicInteger outOfOrder = new AtomicInteger();
        for (int i = 0; i < receivers; i++) {
            int number = i;
            crowded.receiveAsync()
                    .handle((e, closed) -> outOfOrder.addAndGet(
                            told.getAndIncrement() == number && crowded.isClosedForReceive() ? 0 : 1));
        }
        assertTrue(crowded.close());
        assertEquals(receivers, told.get());
        assertEquals(0, outOfOrder.get());
    }

    // ---- dependents

    @Test
    void dependent_receivesAgain_needsConstantStack() {
        AtomicInteger received = new AtomicInteger();
        echo(received, 100_000);
        channel.trySend(0);
        assertEquals(100_000, received.get());
    }

    /** Every element that arrives is sent on to the next receiver. */
    private void echo(AtomicInteger received, int times) {
        channel.receiveAsync().thenAccept(e -> {
            if (received.incrementAndGet() < times) {
                echo(received, times);
                channel.trySend(e);
            }
        });
    }

    // ---- what lies in the slot

    @Test
    void oldest_remove_takesTheElementOnce() {
        assertNull(channel.oldest());
        channel.trySend(1);
        var place = channel.oldest();
        assertEquals(1, place.element());
        assertNull(place.next());
        assertTrue(place.remove());
        assertFalse(place.remove());
        assertTrue(channel.isEmpty());
        channel.trySend(2);
        assertFalse(place.remove());
        var closing = channel.oldest();
        channel.close();
        assertEquals(2, channel.oldest().element());
        assertTrue(closing.remove());
        assertTrue(channel.isClosedForReceive());
        assertNull(channel.oldest());
        assertEquals(List.of(), dropped);
        channel.discard(3);
        assertEquals(List.of(3), dropped);
    }

    // ---- cost

    @Test
    void empty_isSmall() {
        long bytes =
                GraphLayout.parseInstance(new ConflatedChannel<Integer>(null)).totalSize();
        assertTrue(bytes <= 32, () -> bytes + " bytes");
    }

    @Test
    void abortedReceivers_leaveNothing() {
        List<CompletableFuture<Object>> waiting = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            waiting.add(channel.receiveAsync());
        }
        CompletableFuture<Object> middle = waiting.remove(50_000);
        waiting.forEach(f -> f.complete(null));
        int segments = Reach.segments(channel);
        assertTrue(segments <= Reach.FEW, () -> segments + " segments");
        channel.trySend(1);
        assertEquals(1, middle.join());
        for (int i = 0; i < 100_000; i++) {
            assertTrue(channel.receiveAsync().complete(null));
        }
        int more = Reach.segments(channel);
        assertTrue(more <= Reach.FEW, () -> more + " segments");
    }

    @Test
    void servedReceivers_leaveNothing() {
        for (int i = 0; i < 100_000; i++) {
            CompletableFuture<Object> waiting = channel.receiveAsync();
            channel.trySend(i);
            assertEquals(i, waiting.join());
        }
        int segments = Reach.segments(channel);
        assertTrue(segments <= Reach.FEW, () -> segments + " segments");
    }
}
