// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Select;
import dev.heddle.sync.internal.Threads;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers channels 1, 7, 13, 14: every element goes once from one to one, however selects are mixed with everything else. */
@Timeout(300)
class SelectStressTest {
    private static final int EACH = 2_000; // elements a producer sends

    /** Counts how often each element arrives. */
    private static final class Ledger {
        final AtomicIntegerArray received;
        final AtomicInteger total = new AtomicInteger();
        final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

        Ledger(int elements) {
            received = new AtomicIntegerArray(elements);
        }

        Integer got(Integer e) {
            received.incrementAndGet(e);
            total.incrementAndGet();
            return e;
        }

        Thread start(ThreadKind kind, Body body) {
            return kind.start(() -> {
                try {
                    body.run();
                } catch (Throwable t) {
                    failures.add(t);
                }
            });
        }

        void check() {
            assertEquals(List.of(), List.copyOf(failures));
            for (int i = 0; i < received.length(); i++) {
                assertEquals(1, received.get(i), "element " + i);
            }
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#stressed")
    void selects_againstEverything_loseAndDoubleNothing(ThreadKind kind, int capacity, int segment) throws Exception {
        List<CellChannel<Integer>> channels = List.of(
                Shapes.channel(capacity, segment),
                Shapes.channel(capacity, segment),
                Shapes.channel(capacity, segment));
        CompletableFuture<Void> stop = new CompletableFuture<>();
        Ledger ledger = new Ledger(4 * EACH);
        List<Thread> producers = new ArrayList<>();
        for (int p = 0; p < 4; p++) {
            int first = p * EACH;
            producers.add(ledger.start(kind, () -> produce(channels, first)));
        }
        Select.Clause<Integer> stopped = Select.future(stop, v -> -1);
        List<Thread> consumers = new ArrayList<>();
        for (int c = 0; c < 4; c++) {
            int seed = c;
            consumers.add(ledger.start(kind, () -> consume(channels, stopped, seed, ledger)));
        }
        Await.ended(producers);
        Await.until(() -> ledger.total.get() >= 4 * EACH || !ledger.failures.isEmpty());
        stop.complete(null);
        Await.ended(consumers);
        ledger.check();
        for (CellChannel<Integer> c : channels) {
            assertNull(c.tryReceive());
            assertEquals(0, c.waitingReceivers());
            assertEquals(0, c.waitingSenders());
            for (int i = 0; i < capacity; i++) {
                assertTrue(c.trySend(0));
            }
            assertFalse(c.trySend(0));
        }
    }

    /** Sends in every way; one that may give up is repeated until it has not. */
    private static void produce(List<CellChannel<Integer>> channels, int first) throws Exception {
        SplittableRandom random = new SplittableRandom(first);
        for (int i = first; i < first + EACH; i++) {
            Integer e = i;
            CellChannel<Integer> a = channels.get(random.nextInt(3));
            CellChannel<Integer> b = channels.get(random.nextInt(3));
            Duration soon = Duration.ofNanos(random.nextInt(20_000));
            switch (random.nextInt(5)) {
                case 0 -> a.send(e);
                case 1 -> Select.any(Select.send(a, e, () -> 0), Select.send(b, e, () -> 0));
                case 2 -> {
                    while (!Select.first(
                            Select.send(a, e, () -> true),
                            Select.send(b, e, () -> true),
                            Select.timeout(soon, () -> false))) {
                        Threads.giveWay(); // a virtual thread keeps its carrier else
                    }
                }
                case 3 -> {
                    boolean sent = false;
                    while (!sent) {
                        CompletableFuture<Integer> f =
                                Select.anyAsync(Select.send(a, e, () -> 0), Select.send(b, e, () -> 0));
                        sent = random.nextBoolean() || !f.cancel(false);
                        assertTrue(!sent || Await.value(f) == 0);
                    }
                }
                default -> sendThoughInterrupted(a, b, e, random);
            }
        }
    }

    private static void sendThoughInterrupted(
            CellChannel<Integer> a, CellChannel<Integer> b, Integer e, SplittableRandom random) {
        Thread.currentThread().interrupt();
        while (!sent(a, b, e)) { // ends: not every turn is interrupted
            if (random.nextBoolean()) {
                Thread.currentThread().interrupt();
            }
        }
        Thread.interrupted();
    }

    private static boolean sent(CellChannel<Integer> a, CellChannel<Integer> b, Integer e) {
        try {
            return Select.first(Select.send(b, e, () -> true), Select.send(a, e, () -> true));
        } catch (InterruptedException again) {
            return false;
        }
    }

    private static void consume(
            List<CellChannel<Integer>> channels, Select.Clause<Integer> stopped, int seed, Ledger ledger)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Select.Clause<Integer> x = Select.receive(channels.get(0), ledger::got);
        Select.Clause<Integer> y = Select.receive(channels.get(1), ledger::got);
        Select.Clause<Integer> z = Select.receive(channels.get(2), ledger::got);
        Integer last = 0;
        while (last != -1) {
            Select.Clause<Integer> soon = Select.timeout(Duration.ofNanos(random.nextInt(20_000)), () -> 0);
            last = switch (random.nextInt(5)) {
                case 0 -> Select.any(x, y, stopped, z);
                case 1 -> Select.first(z, y, x, x, soon, stopped);
                case 2 -> Select.any(x, y, z, stopped, Select.otherwise(() -> 0));
                case 3 -> {
                    Integer e = channels.get(random.nextInt(3)).tryReceive();
                    yield e == null ? 0 : ledger.got(e);
                }
                default -> {
                    CompletableFuture<Integer> f = Select.firstAsync(y, x, z, stopped);
                    boolean given = random.nextBoolean() && f.cancel(false);
                    yield given ? 0 : Await.value(f);
                }
            };
        }
    }

    /** Threads that send and receive on the same two channels at once. */
    private static final class Market {
        final CellChannel<Integer> c;
        final CellChannel<Integer> d;
        final Ledger ledger = new Ledger(1_000_000);
        final AtomicInteger next = new AtomicInteger();
        final AtomicIntegerArray sent = new AtomicIntegerArray(1_000_000);
        final CompletableFuture<Void> stop = new CompletableFuture<>();
        final Select.Clause<Integer> stopped = Select.future(stop, v -> -1);

        Market(int segment) {
            c = Shapes.channel(0, segment);
            d = Shapes.channel(0, segment);
        }

        void trade(int way) throws Exception {
            Integer last = 0;
            while (last != -1) { // ends: with stop
                Integer e = next.getAndIncrement();
                Select.Clause<Integer> send = Select.send(c, e, () -> sent.incrementAndGet(e));
                Select.Clause<Integer> receive = Select.receive(c, ledger::got);
                Select.Clause<Integer> other = Select.receive(d, ledger::got);
                last = switch (way) {
                    case 0 -> Select.first(send, stopped);
                    case 1 -> Select.any(receive, stopped, other);
                    case 2 -> c.trySend(e) ? sent.incrementAndGet(e) : stop.isDone() ? -1 : 0;
                    case 3 -> Await.value(Select.anyAsync(send, receive, stopped));
                    default ->
                        Select.any(send, receive, stopped, other, Select.send(d, e, () -> sent.incrementAndGet(e)));
                };
                if (way == 2) {
                    Threads.giveWay();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "32, false", "1, true", "2, true", "32, true"})
    void bothWays_byManyThreads_pairEachWithAnother(int segment, boolean withOthers) throws Exception {
        for (ThreadKind kind : ThreadKind.available()) {
            Market m = new Market(segment);
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                int way = withOthers ? t : 4;
                threads.add(m.ledger.start(kind, () -> m.trade(way)));
            }
            Await.until(() -> m.ledger.total.get() > 5_000 || !m.ledger.failures.isEmpty());
            m.stop.complete(null);
            Await.ended(threads);
            assertEquals(List.of(), List.copyOf(m.ledger.failures));
            for (int i = 0; i < m.next.get(); i++) {
                assertEquals(m.sent.get(i), m.ledger.received.get(i), "element " + i);
                assertTrue(m.sent.get(i) <= 1);
            }
            assertNull(m.c.twoWays);
            assertNull(m.d.twoWays);
            assertNull(m.c.tryReceive());
            assertFalse(m.c.trySend(0));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "1, 1", "2, 2"})
    void selects_onEachOther_goOn(int capacity, int segment) throws Exception {
        for (ThreadKind kind : ThreadKind.available()) {
            CellChannel<Integer> a = Shapes.channel(capacity, segment);
            CellChannel<Integer> b = Shapes.channel(capacity, segment);
            Ledger ledger = new Ledger(10_000);
            Thread receiver = ledger.start(kind, () -> {
                for (int i = 0; i < 10_000; i++) {
                    Select.first(Select.receive(a, ledger::got), Select.receive(b, ledger::got));
                }
            });
            Thread sender = ledger.start(kind, () -> {
                for (int i = 0; i < 10_000; i++) {
                    Select.first(Select.send(b, i, () -> 0), Select.send(a, i, () -> 0));
                }
            });
            Await.ended(receiver, sender);
            ledger.check();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1, 2", "64, 32"})
    void close_amongSelects_endsAllAndLosesNothing(int capacity, int segment) throws Exception {
        for (ThreadKind kind : ThreadKind.available()) {
            for (int round = 0; round < 100; round++) {
                closeAfter(round, kind, Shapes.channel(capacity, segment), Shapes.channel(capacity, segment));
            }
        }
    }

    private static void closeAfter(int enough, ThreadKind kind, CellChannel<Integer> a, CellChannel<Integer> b)
            throws Exception {
        Ledger ledger = new Ledger(1_000_000);
        AtomicIntegerArray sent = new AtomicIntegerArray(1_000_000);
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            threads.add(ledger.start(
                    kind,
                    () -> untilClosed(() -> {
                        Integer e = next.getAndIncrement();
                        Select.any(
                                Select.send(a, e, () -> sent.incrementAndGet(e)),
                                Select.send(b, e, () -> sent.incrementAndGet(e)));
                    })));
            threads.add(ledger.start(
                    kind,
                    () -> untilClosed(
                            () -> Select.any(Select.receive(a, ledger::got), Select.receive(b, ledger::got)))));
        }
        Await.until(() -> ledger.total.get() >= enough);
        a.close();
        b.close();
        Await.ended(threads);
        assertEquals(List.of(), List.copyOf(ledger.failures));
        for (CellChannel<Integer> c : List.of(a, b)) { // a receiver ends with the first that is closed and empty
            while (!c.isClosedForReceive()) {
                ledger.got(c.receive());
            }
        }
        for (int i = 0; i < next.get(); i++) {
            assertEquals(sent.get(i), ledger.received.get(i), "element " + i);
        }
    }

    private static void untilClosed(Body body) throws Exception {
        try {
            while (true) { // ends: by the exception
                body.run();
            }
        } catch (ChannelClosedException | CompletionException closed) {
            return;
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "32"})
    void conflated_amongSelects_deliversTheLast(int segment) throws Exception {
        for (ThreadKind kind : ThreadKind.available()) {
            Ledger ledger = new Ledger(20_000);
            AtomicInteger dropped = new AtomicInteger();
            ConflatedChannel<Integer> c = new ConflatedChannel<>(
                    e -> {
                        ledger.received.incrementAndGet(e);
                        dropped.incrementAndGet();
                    },
                    segment);
            CellChannel<Integer> idle = Shapes.channel(0, segment);
            CompletableFuture<Void> stop = new CompletableFuture<>();
            Select.Clause<Integer> stopped = Select.future(stop, v -> -1);
            List<Thread> consumers = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                consumers.add(ledger.start(kind, () -> {
                    Integer last = 0;
                    while (last != -1) {
                        last = Select.any(Select.receive(idle, e -> e), Select.receive(c, ledger::got), stopped);
                    }
                }));
            }
            List<Thread> producers = new ArrayList<>();
            for (int t = 0; t < 2; t++) {
                int first = t * 10_000;
                producers.add(ledger.start(kind, () -> sendAll(c, first, first + 10_000)));
            }
            Await.ended(producers);
            Await.until(() -> ledger.total.get() + dropped.get() >= 20_000 || !ledger.failures.isEmpty());
            stop.complete(null);
            Await.ended(consumers);
            ledger.check();
            assertEquals(0, c.waitingReceivers());
        }
    }

    private static void sendAll(Channel<Integer> c, int from, int to) throws InterruptedException {
        for (int i = from; i < to; i++) {
            Select.first(Select.send(c, i, () -> 0));
            if (i % 16 == 0) {
                Threads.giveWay();
            }
        }
    }
}
