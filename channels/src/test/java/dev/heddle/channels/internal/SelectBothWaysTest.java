// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Reservation;
import dev.heddle.channels.Select;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers channels 14: selects that send and receive on one channel; and what happens just before a select waits. */
@Timeout(300)
class SelectBothWaysTest {
    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#all")
    void bothWays_neverMeetsItself(int capacity, int segment) throws Exception {
        CellChannel<Integer> c = Shapes.channel(capacity, segment);
        String chosen = Select.first(
                Select.receive(c, e -> "received"),
                Select.send(c, 1, () -> "sent"),
                Select.timeout(Duration.ofMillis(5), () -> "late"));
        assertEquals(capacity == 0 ? "late" : "sent", chosen);
        assertNull(c.twoWays);
        assertEquals(capacity == 0 ? null : (Integer) 1, c.tryReceive());
        assertNull(c.tryReceive());
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void bothWays_waits_isFoundByEverybody(ThreadKind kind) throws Exception {
        CellChannel<Integer> c = Shapes.channel(0, 1);
        CellChannel<Integer> idle = Shapes.channel(0, 1);
        Callable<Integer> both =
                () -> Select.any(Select.send(c, 1, () -> -1), Select.receive(idle, e -> 0), Select.receive(c, e -> e));
        List<Callable<Integer>> partners = partners(c, idle, both);
        for (int i = 0; i < 50; i++) {
            int p = i % partners.size();
            FutureTask<Integer> select = SelectTest.start(kind, both);
            Await.until(() -> c.twoWays != null && idle.waitingReceivers() == 1);
            Integer got = partners.get(p).call();
            assertEquals(p == 8 ? 0 : got == null ? 7 : -1, p == 8 ? got + select.get() : select.get());
            Await.until(() -> c.twoWays == null);
            assertEquals(0, idle.waitingReceivers());
        }
    }

    /** Operations that meet a select in both directions on {@code c}; the last one is such a select itself. */
    private static List<Callable<Integer>> partners(
            CellChannel<Integer> c, CellChannel<Integer> idle, Callable<Integer> both) {
        return List.of(
                c::receive,
                () -> {
                    c.send(7);
                    return null;
                },
                () -> c.receiveAsync().get(),
                () -> {
                    c.sendAsync(7).get();
                    return null;
                },
                () -> Select.first(Select.receive(idle, e -> e), Select.receive(c, e -> e)),
                () -> Select.firstAsync(Select.send(c, 7, () -> (Integer) null)).get(),
                () -> {
                    Integer e;
                    do {
                        e = c.tryReceive();
                    } while (e == null);
                    return e;
                },
                () -> {
                    Await.until(() -> c.trySend(7));
                    return null;
                },
                both);
    }

    @Test
    void bothWays_async_isDisturbedAndFound() throws Exception {
        CellChannel<Integer> c = Shapes.channel(0, 1);
        for (int i = 0; i < 50; i++) {
            CompletableFuture<Integer> select = Select.anyAsync(Select.send(c, 1, () -> -1), Select.receive(c, e -> e));
            CompletableFuture<Integer> partner = c.receiveAsync();
            assertEquals(1, partner.get());
            assertEquals(-1, select.get());
            select = Select.anyAsync(Select.send(c, 1, () -> -1), Select.receive(c, e -> e));
            assertTrue(select.cancel(false));
            assertNull(c.twoWays);
            select = Select.anyAsync(Select.send(c, 1, () -> -1), Select.receive(c, e -> e));
            c.close();
            Exception e = assertThrows(ExecutionException.class, select::get);
            assertTrue(e.getCause() instanceof ChannelClosedException, e::toString);
            c = Shapes.channel(0, 1);
        }
    }

    @Test
    void bothWays_whileAllRoomIsKept_waitsForEither() throws Exception {
        CellChannel<Integer> c = Shapes.channel(1, 1);
        Reservation<Integer> kept = c.reserve();
        CompletableFuture<Integer> later = Select.anyAsync(Select.receive(c, e -> e), Select.send(c, 1, () -> -1));
        assertFalse(later.isDone());
        assertTrue(later.cancel(false));
        FutureTask<Integer> select =
                new FutureTask<>(() -> Select.any(Select.send(c, 1, () -> -1), Select.receive(c, e -> e)));
        Thread t = ThreadKind.PLATFORM.start(select);
        t.interrupt();
        Exception e = assertThrows(ExecutionException.class, select::get);
        assertTrue(e.getCause() instanceof InterruptedException, e::toString);
        later = Select.anyAsync(Select.receive(c, x -> x), Select.send(c, 1, () -> -1));
        kept.send(7);
        assertEquals(7, later.get());
        assertNull(c.tryReceive());
    }

    /** Runs something while a select that waits for it by a new clause is about to wait. */
    private static final class Hook extends CompletableFuture<Void> {
        private final Runnable body;

        Hook(Runnable body) {
            this.body = body;
        }

        @Override
        public CompletableFuture<Void> whenComplete(BiConsumer<? super Void, ? super Throwable> action) {
            CompletableFuture<Void> dependent = super.whenComplete(action);
            body.run();
            return dependent;
        }
    }

    @Test
    void future_completesBeforeItWaits_isChosen() throws Exception {
        AtomicReference<CompletableFuture<Void>> self = new AtomicReference<>();
        self.set(new Hook(() -> self.get().complete(null)));
        assertEquals("done", Select.first(Select.future(self.get(), v -> "done")));
    }

    @Test
    void bothWays_twoAtOnce_findEachOther() throws Exception {
        CellChannel<Integer> c = Shapes.channel(0, 1);
        List<CompletableFuture<Integer>> inner = new ArrayList<>();
        Hook hook = new Hook(() -> inner.add(Select.anyAsync(Select.send(c, 1, () -> -1), Select.receive(c, e -> e))));
        CompletableFuture<Integer> outer =
                Select.anyAsync(Select.future(hook, v -> 0), Select.send(c, 1, () -> -1), Select.receive(c, e -> e));
        assertEquals(0, Await.value(outer) + Await.value(inner.get(0)));
    }

    @Test
    void bothWays_olderWaitsLater_isFound() throws Exception {
        CellChannel<Integer> c = Shapes.channel(0, 1);
        CountDownLatch listed = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Hook first = new Hook(() -> {
            listed.countDown();
            Await.until(() -> go.getCount() == 0);
        });
        FutureTask<Integer> older = new FutureTask<>(
                () -> Select.any(Select.future(first, v -> 0), Select.send(c, 1, () -> -1), Select.receive(c, e -> e)));
        ThreadKind.PLATFORM.start(older);
        listed.await();
        Hook second = new Hook(() -> {
            go.countDown();
            Await.until(() -> c.twoWays[0].selection.isWaiting());
        });
        CompletableFuture<Integer> younger =
                Select.anyAsync(Select.future(second, v -> 0), Select.send(c, 1, () -> -1), Select.receive(c, e -> e));
        assertEquals(0, Await.value(younger) + older.get());
    }
}
