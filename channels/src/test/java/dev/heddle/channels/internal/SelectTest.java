// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Overflow;
import dev.heddle.channels.Select;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers channels 14, 21. */
@Timeout(300)
class SelectTest {
    private static final Duration LONG = Duration.ofDays(1_000_000_000); // more nanoseconds than a long has

    static <T> FutureTask<T> start(ThreadKind kind, Callable<T> task) {
        FutureTask<T> result = new FutureTask<>(task);
        Thread t = kind.start(result);
        if (kind == ThreadKind.PLATFORM) {
            Await.parked(t);
        }
        return result;
    }

    private static void waiting(CellChannel<?> channel, int senders, int receivers) {
        Await.until(() -> channel.waitingSenders() == senders && channel.waitingReceivers() == receivers);
    }

    // ---- ready clauses

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#buffered")
    void first_twoReady_choosesTheFirst(int capacity, int segment) throws Exception {
        CellChannel<String> a = Shapes.channel(capacity, segment);
        CellChannel<String> b = Shapes.channel(capacity, segment);
        a.send("a");
        b.send("b");
        assertEquals("b!", Select.first(Select.receive(b, e -> e + "!"), Select.receive(a, e -> e)));
        assertEquals("a", a.tryReceive());
        assertTrue(b.isEmpty());
        assertEquals("sent", Select.first(Select.send(b, "c", () -> "sent"), Select.send(a, "c", () -> "wrong")));
        assertEquals("c", b.tryReceive());
        assertTrue(a.isEmpty());
    }

    @Test
    void any_fourOfFiveReady_choosesEachAsOften() throws Exception {
        List<CellChannel<Integer>> channels = new ArrayList<>();
        List<Select.Clause<Integer>> clauses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CellChannel<Integer> c = Shapes.channel(1, 2);
            channels.add(c);
            clauses.add(Select.receive(c, Function.identity()));
            if (i != 1) { // so a random start, or a fixed order, would not do
                c.send(i);
            }
        }
        int[] chosen = new int[5];
        for (int n = 0; n < 40_000; n++) {
            int i = Select.any(clauses.toArray(SelectTest::array));
            chosen[i]++;
            channels.get(i).send(i);
        }
        for (int i : new int[] {0, 2, 3, 4}) {
            assertEquals(
                    10_000,
                    chosen[i],
                    600,
                    () -> List.of(chosen[0], chosen[2], chosen[3], chosen[4]).toString());
        }
    }

    @SuppressWarnings("unchecked") // an array of a generic type
    private static Select.Clause<Integer>[] array(int n) {
        return (Select.Clause<Integer>[]) new Select.Clause<?>[n];
    }

    @Test
    void otherwise_nothingReady_isChosen() throws Exception {
        CellChannel<String> c = Shapes.channel(0, 1);
        assertEquals(
                "none",
                Select.any(
                        Select.receive(c, e -> e), Select.send(c, "x", () -> "sent"), Select.otherwise(() -> "none")));
        assertEquals(0, c.waitingReceivers());
        FutureTask<String> receiver = start(ThreadKind.PLATFORM, c::receive);
        assertEquals("sent", Select.first(Select.otherwise(() -> "none"), Select.send(c, "x", () -> "sent")));
        assertEquals("x", receiver.get());
    }

    @Test
    void timeout_ofZero_doesNotWait() throws Exception {
        CellChannel<String> c = Shapes.channel(0, 1);
        assertEquals("late", Select.first(Select.timeout(Duration.ZERO, () -> "late"), Select.receive(c, e -> e)));
        assertEquals("late", Select.first(Select.timeout(LONG.negated(), () -> "late"), Select.receive(c, e -> e)));
    }

    @Test
    void select_withoutClausesOrOnForeignChannels_throws() {
        assertThrows(IllegalArgumentException.class, Select::first);
        assertThrows(NullPointerException.class, () -> Select.send(Channel.<String>rendezvous(), null, () -> 1));
        assertThrows(NullPointerException.class, () -> Select.receive(null, e -> e));
        assertThrows(NullPointerException.class, () -> Select.otherwise(null));
    }

    // ---- waiting

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#all")
    void receive_waits_isServedOnceAndLeavesTheOther(int capacity, int segment) throws Exception {
        for (ThreadKind kind : ThreadKind.available()) {
            CellChannel<String> a = Shapes.channel(capacity, segment);
            CellChannel<String> b = Shapes.channel(capacity, segment);
            FutureTask<String> select = start(
                    kind,
                    () -> Select.any(
                            Select.receive(a, e -> "a" + e),
                            Select.receive(b, e -> "b" + e),
                            Select.timeout(LONG, () -> "")));
            waiting(a, 0, 1);
            waiting(b, 0, 1);
            b.send("1");
            assertEquals("b1", select.get());
            waiting(a, 0, 0);
            assertFalse(capacity == 0 && a.trySend("2"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#waiting")
    void send_waits_isServedOnceAndLosesNoRoom(int capacity, int segment) throws Exception {
        for (ThreadKind kind : ThreadKind.available()) {
            CellChannel<Integer> a = Shapes.channel(capacity, segment);
            CellChannel<Integer> b = Shapes.channel(capacity, segment);
            for (int i = 0; i < capacity; i++) {
                a.send(i);
                b.send(i);
            }
            FutureTask<String> select =
                    start(kind, () -> Select.first(Select.send(a, -1, () -> "a"), Select.send(b, -2, () -> "b")));
            waiting(a, 1, 0);
            waiting(b, 1, 0);
            for (int i = 0; i < capacity; i++) {
                assertEquals(i, b.receive());
            }
            assertEquals(-2, b.receive());
            assertEquals("b", select.get());
            waiting(a, 0, 0);
            for (int i = 0; i < capacity; i++) {
                assertEquals(i, a.tryReceive());
            }
            assertNull(a.tryReceive());
            for (int i = 0; i < capacity; i++) {
                assertTrue(a.trySend(i));
                assertTrue(b.trySend(i));
            }
            assertFalse(a.trySend(0));
            assertFalse(b.trySend(0));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#waiting")
    void send_loses_isTakenForASenderByNobody(int capacity, int segment) throws Exception {
        CellChannel<Integer> a = Shapes.channel(capacity, segment);
        CellChannel<Integer> b = Shapes.channel(0, segment);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < capacity; i++) {
                a.send(i);
            }
            CompletableFuture<String> select = Select.firstAsync(
                    Select.send(a, -1, () -> "a"), Select.receive(b, e -> "b"), Select.send(a, -1, () -> "a"));
            CompletableFuture<Void> behind = a.sendAsync(capacity);
            b.send(0);
            assertEquals("b", select.get());
            for (int i = 0; i <= capacity; i++) {
                assertEquals(i, a.receive());
            }
            assertTrue(behind.isDone());
            assertNull(a.tryReceive());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void timeout_passes_leavesNothing(ThreadKind kind) throws Exception {
        CellChannel<String> c = Shapes.channel(0, 1);
        FutureTask<String> select = new FutureTask<>(() -> Select.first(
                Select.receive(c, e -> e),
                Select.timeout(LONG, () -> "wrong"),
                Select.timeout(Duration.ofMillis(20), () -> "late")));
        kind.start(select);
        assertEquals("late", select.get());
        assertEquals(0, c.waitingReceivers());
        assertFalse(c.trySend("x"));
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void interrupt_whileWaiting_endsIt(ThreadKind kind) throws Exception {
        CellChannel<String> c = Shapes.channel(0, 1);
        CellChannel<String> full = Shapes.channel(1, 1);
        full.send("full");
        FutureTask<String> select =
                new FutureTask<>(() -> Select.first(Select.receive(c, e -> e), Select.send(full, "x", () -> "sent")));
        Thread t = kind.start(select);
        waiting(c, 0, 1);
        waiting(full, 1, 0);
        t.interrupt();
        Exception e = assertThrows(ExecutionException.class, select::get);
        assertTrue(e.getCause() instanceof InterruptedException, e::toString);
        waiting(c, 0, 0);
        assertEquals("full", full.receive());
        assertNull(full.tryReceive());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> Select.first(Select.otherwise(() -> 1)));
    }

    @Test
    void function_throws_comesOut() throws Exception {
        CellChannel<String> c = Shapes.channel(1, 1);
        c.send("x");
        Error mine = new Error();
        assertSame(
                mine,
                assertThrows(
                        Error.class,
                        () -> Select.first(Select.receive(c, e -> {
                            throw mine;
                        }))));
        assertTrue(c.isEmpty());
        CompletableFuture<Object> later = Select.firstAsync(Select.receive(c, e -> {
            throw mine;
        }));
        c.send("y");
        assertSame(mine, assertThrows(ExecutionException.class, later::get).getCause());
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#waiting")
    void send_lostAndNotYetTakenOut_isPassedByAll(int capacity, int segment) throws Exception {
        CellChannel<Integer> full = Shapes.channel(capacity, segment);
        CellChannel<Integer> live = Shapes.channel(0, segment);
        CellChannel<Integer> begin = Shapes.channel(0, segment);
        for (int i = 0; i < capacity; i++) {
            full.send(i);
        }
        CompletableFuture<String> select =
                Select.firstAsync(Select.send(full, -1, () -> "wrong"), Select.receive(live, e -> "live"));
        CompletableFuture<Void> seen = begin.receiveAsync().thenAccept(x -> {
            assertTrue(
                    live.trySend(0)); // decides; what the select has to do follows at the end of the operation on begin
            assertFalse(select.isDone());
            assertEquals(0, full.waitingSenders());
            assertEquals(capacity == 0, full.isEmpty());
            for (int i = 0; i < 3 * capacity; i++) {
                assertEquals(i, full.tryReceive());
                assertTrue(full.trySend(capacity + i));
                assertFalse(full.trySend(-2));
            }
            if (capacity == 0) {
                assertFalse(full.trySend(-2));
                assertNull(full.tryReceive());
            }
        });
        begin.send(0);
        seen.get();
        assertEquals("live", select.get());
        for (int i = 0; i < capacity; i++) {
            assertEquals(3 * capacity + i, full.tryReceive());
        }
        assertNull(full.tryReceive());
        for (int i = 0; i < capacity; i++) {
            assertTrue(full.trySend(i));
        }
        assertFalse(full.trySend(-2));
    }

    // ---- closed channels

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#all")
    void closed_amongReady_masksNothing(int capacity, int segment) throws Exception {
        CellChannel<String> closed = Shapes.channel(capacity, segment);
        CellChannel<String> open = Shapes.channel(1, segment);
        Throwable cause = new Throwable();
        closed.close(cause);
        for (int i = 0; i < 20; i++) {
            open.send("x");
            assertEquals("x", Select.any(Select.receive(closed, e -> e), Select.receive(open, e -> e)));
            assertEquals("", Select.any(Select.send(closed, "y", () -> ""), Select.send(open, "x", () -> "")));
            assertEquals("x", open.receive());
        }
        var thrown = assertThrows(
                ChannelClosedException.class,
                () -> Select.any(
                        Select.receive(open, e -> e), Select.receive(closed, e -> e), Select.otherwise(() -> "")));
        assertSame(cause, thrown.getCause());
        open.send("x");
        assertThrows(
                ChannelClosedException.class,
                () -> Select.first(Select.send(closed, "", () -> ""), Select.receive(open, e -> e)));
        assertEquals("x", open.tryReceive());
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#waiting")
    void close_whileWaiting_isChosen(int capacity, int segment) throws Exception {
        CellChannel<Integer> idle = Shapes.channel(0, segment);
        CellChannel<Integer> a = Shapes.channel(capacity, segment);
        CompletableFuture<String> receive = Select.anyAsync(Select.receive(idle, e -> ""), Select.receive(a, e -> ""));
        a.close();
        Exception e = assertThrows(ExecutionException.class, receive::get);
        assertTrue(e.getCause() instanceof ChannelClosedException, e::toString);
        assertEquals(0, idle.waitingReceivers());

        List<Integer> dropped = new ArrayList<>();
        CellChannel<Integer> b = Shapes.channel(capacity, segment, dropped::add);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < capacity; i++) {
            b.send(i);
            all.add(i);
        }
        all.add(-1);
        CompletableFuture<String> send = Select.anyAsync(Select.receive(idle, x -> ""), Select.send(b, -1, () -> ""));
        b.cancel();
        e = assertThrows(ExecutionException.class, send::get);
        assertTrue(e.getCause() instanceof ChannelClosedException, e::toString);
        assertEquals(Set.copyOf(all), Set.copyOf(dropped));
        assertEquals(all.size(), dropped.size());
        assertEquals(0, idle.waitingReceivers());
    }

    // ---- futures

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void future_completes_isChosen(ThreadKind kind) throws Exception {
        CellChannel<String> c = Shapes.channel(0, 1);
        CompletableFuture<Integer> stop = new CompletableFuture<>();
        Select.Clause<String> clause = Select.future(stop, v -> "stop " + v);
        FutureTask<String> one = start(kind, () -> Select.first(Select.receive(c, e -> e), clause));
        FutureTask<String> two = start(kind, () -> Select.any(clause, Select.receive(c, e -> e)));
        waiting(c, 0, 2);
        stop.complete(1);
        assertEquals("stop 1", one.get());
        assertEquals("stop 1", two.get());
        waiting(c, 0, 0);
        assertEquals("stop 1", Select.first(clause, Select.otherwise(() -> "wrong")));
        CompletableFuture<Integer> failed = CompletableFuture.failedFuture(new Exception("mine"));
        assertThrows(CompletionException.class, () -> Select.first(Select.future(failed, v -> "")));
    }

    /** What a select leaves at a future is left there once for all selects with the clause, if it is left. */
    @Test
    @Timeout(60)
    void future_refusesADependentOnce_tellsTheNextSelect() throws Exception {
        boolean[] refuses = {true};
        CompletableFuture<Integer> future = new CompletableFuture<>() {
            @Override
            public CompletableFuture<Integer> whenComplete(BiConsumer<? super Integer, ? super Throwable> action) {
                if (refuses[0]) {
                    refuses[0] = false;
                    throw new IllegalStateException("refused");
                }
                return super.whenComplete(action);
            }
        };
        Select.Clause<Integer> clause = Select.future(future, v -> v);
        assertThrows(IllegalStateException.class, () -> Select.first(clause));
        CompletableFuture<Integer> next = Select.firstAsync(clause);
        assertFalse(next.isDone());
        future.complete(5);
        assertEquals(5, next.get());
    }

    // ---- async

    @Test
    void cancel_whileWaiting_takesItOut() throws Exception {
        CellChannel<Integer> a = Shapes.channel(0, 1);
        CellChannel<Integer> b = Shapes.channel(1, 1);
        b.send(0);
        CompletableFuture<String> select = Select.firstAsync(
                Select.receive(a, e -> ""), Select.send(b, 1, () -> ""), Select.timeout(LONG, () -> ""));
        assertEquals(1, a.waitingReceivers());
        assertEquals(1, b.waitingSenders());
        assertTrue(select.cancel(true));
        assertTrue(select.isCancelled());
        assertFalse(a.trySend(1));
        assertEquals(0, b.receive());
        assertNull(b.tryReceive());
        CompletableFuture<Integer> done = Select.firstAsync(Select.receive(a, e -> e));
        a.send(2);
        assertFalse(done.cancel(true));
        assertEquals(2, done.get());
    }

    @Test
    void async_timeout_isChosen() throws Exception {
        CellChannel<Integer> a = Shapes.channel(0, 1);
        assertEquals(
                "late",
                Select.anyAsync(Select.receive(a, e -> ""), Select.timeout(Duration.ofMillis(20), () -> "late"))
                        .get());
        assertEquals(0, a.waitingReceivers());
        assertEquals(
                "late",
                Select.anyAsync(Select.timeout(Duration.ZERO, () -> "late")).get());
    }

    @Test
    void async_dependent_usesTheSameChannel() throws Exception {
        CellChannel<Integer> a = Shapes.channel(0, 1);
        CompletableFuture<Void> again =
                Select.firstAsync(Select.receive(a, e -> e)).thenCompose(e -> a.sendAsync(e + 1));
        a.send(1);
        assertEquals(2, a.receive());
        again.get();
    }

    // ---- channels of other kinds

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void conflated_receives_isServedOrLeaves(ThreadKind kind) throws Exception {
        CellChannel<Integer> idle = Shapes.channel(0, 1);
        for (Channel<Integer> c : List.of(
                new ConflatedChannel<Integer>(null, 1), new DroppingChannel<Integer>(2, Overflow.DROP_OLDEST, null))) {
            FutureTask<Integer> select =
                    start(kind, () -> Select.any(Select.receive(c, e -> e), Select.receive(idle, e -> -e)));
            waiting(idle, 0, 1);
            c.send(1);
            assertEquals(1, select.get());
            assertEquals(0, idle.waitingReceivers());
            select = start(kind, () -> Select.any(Select.receive(c, e -> e), Select.receive(idle, e -> -e)));
            waiting(idle, 0, 1);
            idle.send(2);
            assertEquals(-2, select.get());
            assertEquals(0, ((Buffered<?>) c).waitingReceivers());
            c.send(3);
            assertEquals(3, Select.first(Select.receive(c, e -> e), Select.otherwise(() -> 0)));
            assertEquals(4, Select.first(Select.send(c, 5, () -> 4)));
            assertEquals(5, c.receive());
            CompletableFuture<Integer> last =
                    Select.firstAsync(Select.receive(idle, e -> e), Select.receive(c, e -> e));
            c.close();
            Exception e = assertThrows(ExecutionException.class, last::get);
            assertTrue(e.getCause() instanceof ChannelClosedException, e::toString);
            assertThrows(ChannelClosedException.class, () -> Select.first(Select.send(c, 6, () -> 0)));
            assertThrows(ChannelClosedException.class, () -> Select.any(Select.receive(c, x -> 0)));
        }
    }
}
