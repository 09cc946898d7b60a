// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Reservation;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers channels 1, 15, 24. */
@Timeout(120)
class CellReservationsTest {
    private static final String BOUNDED = "dev.heddle.channels.internal.Shapes#bounded";

    @ParameterizedTest
    @MethodSource(BOUNDED)
    void reserve_someKept_restIsTheCapacity(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        for (int round = 0; round < 20; round++) {
            int kept = round % (capacity + 1);
            List<Reservation<Integer>> places = new ArrayList<>();
            for (int i = 0; i < kept; i++) {
                places.add(channel.reserve());
            }
            assertTrue(channel.isEmpty());
            for (int i = kept; i < capacity; i++) {
                assertTrue(channel.trySend(i));
            }
            assertFalse(channel.trySend(99));
            for (int i = 0; i < kept; i++) {
                if (i % 2 == 0) {
                    places.get(i).send(1000 + i);
                } else {
                    places.get(i).close();
                    assertTrue(channel.trySend(1000 + i));
                }
                assertFalse(channel.trySend(99), channel::toString);
                assertThrows(IllegalStateException.class, () -> places.get(0).send(1));
            }
            for (int i = kept; i < capacity; i++) {
                assertEquals(i, channel.tryReceive());
            }
            for (int i = 0; i < kept; i++) {
                assertEquals(1000 + i, channel.tryReceive());
            }
            assertNull(channel.tryReceive());
        }
    }

    @ParameterizedTest
    @MethodSource(BOUNDED)
    void send_othersWait_doesNotWaitAndKeepsTheCapacity(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        Reservation<Integer> place = channel.reserve();
        List<CompletableFuture<Void>> sends = new ArrayList<>();
        for (int i = 0; i < capacity + 5; i++) {
            sends.add(channel.sendAsync(i));
        }
        assertEquals(
                capacity - 1, sends.stream().filter(CompletableFuture::isDone).count());
        place.send(77);
        place.close();
        assertEquals(
                capacity - 1, sends.stream().filter(CompletableFuture::isDone).count());
        for (int i = 0; i < capacity + 5; i++) {
            assertEquals(i, channel.receive());
            assertTrue(sends.get(Math.min(capacity + 4, i + capacity - 1)).isDone());
        }
        assertEquals(77, channel.receive());
        assertNull(channel.tryReceive());
        for (int i = 0; i < capacity; i++) {
            assertTrue(channel.trySend(i));
        }
        assertFalse(channel.trySend(99));
    }

    @ParameterizedTest
    @MethodSource(BOUNDED)
    void randomSteps_liveAndKeptNeverExceedTheCapacity(int capacity, int segment) throws Exception {
        Random random = new Random(capacity * 100L + segment);
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        List<Reservation<Integer>> places = new ArrayList<>();
        List<Integer> model = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int free = capacity - model.size() - places.size();
            switch (random.nextInt(5)) {
                case 0 -> {
                    if (free > 0) {
                        places.add(channel.reserve());
                    }
                }
                case 1 -> {
                    if (!places.isEmpty()) {
                        places.remove(random.nextInt(places.size())).close();
                    }
                }
                case 2 -> {
                    if (!places.isEmpty()) {
                        places.remove(random.nextInt(places.size())).send(step);
                        model.add(step);
                    }
                }
                case 3 -> {
                    assertEquals(free > 0, channel.trySend(step), channel::toString);
                    if (free > 0) {
                        model.add(step);
                    }
                }
                default -> assertEquals(model.isEmpty() ? null : model.remove(0), channel.tryReceive());
            }
            assertEquals(model.size(), channel.size());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void reserve_full_waitsForRoom(ThreadKind kind) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(2, 2);
        Reservation<Integer> place = channel.reserve();
        channel.send(1);
        AtomicReference<Reservation<Integer>> got = new AtomicReference<>();
        Thread first = kind.unstarted(() -> assertDoesNotThrow(() -> got.set(channel.reserve())));
        first.start();
        Await.parked(first);
        Thread interrupted = kind.unstarted(() -> assertThrows(InterruptedException.class, channel::reserve));
        interrupted.start();
        Await.parked(interrupted);
        interrupted.interrupt();
        Await.ended(interrupted);
        assertEquals(1, channel.receive());
        Await.ended(first);
        assertFalse(channel.trySend(9));
        place.close();
        assertTrue(channel.trySend(2));
        got.get().send(3);
        assertFalse(channel.trySend(9));
        assertEquals(2, channel.receive());
        assertEquals(3, channel.receive());
        Thread told = kind.unstarted(() -> assertThrows(ChannelClosedException.class, () -> {
            for (; ; ) { // ends: there are two places
                channel.reserve();
            }
        }));
        told.start();
        Await.parked(told);
        channel.close();
        Await.ended(told);
    }

    @Test
    void reserve_closedOrWithoutBuffer_throws() throws Exception {
        CellChannel<Integer> rendezvous = Shapes.channel(0, 2);
        assertThrows(UnsupportedOperationException.class, rendezvous::reserve);
        List<Integer> dropped = new ArrayList<>();
        CellChannel<Integer> channel = Shapes.channel(1, 2, dropped::add);
        Reservation<Integer> place = channel.reserve();
        channel.cancel();
        assertThrows(ChannelClosedException.class, () -> place.send(5));
        assertEquals(List.of(5), dropped);
        assertThrows(ChannelClosedException.class, channel::reserve);
        CellChannel<Integer> unlimited = Shapes.channel(Shapes.UNLIMITED, 2);
        unlimited.reserve().send(1);
        assertEquals(1, unlimited.receive());
    }

    /** A wait whose park, after this, fails: for want of memory, say. */
    private static Deadline failing(Runnable meanwhile) {
        return new Deadline() {
            @Override
            public boolean passed() {
                return false;
            }

            @Override
            public void park(Object blocker) {
                meanwhile.run();
                throw new OutOfMemoryError("injected");
            }
        };
    }

    @ParameterizedTest
    @MethodSource(BOUNDED)
    void reserve_errorWhileWaiting_placeIsKeptIfItWasGranted(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        for (int i = 0; i < capacity; i++) {
            channel.send(i);
        }
        assertThrows(OutOfMemoryError.class, () -> channel.keepRoom(failing(() -> {})));
        assertEquals(0, channel.receive());
        assertTrue(channel.trySend(capacity));
        assertFalse(channel.trySend(99));
        assertNull(channel.keepRoom(failing(() -> assertEquals(1, channel.receiveUninterruptibly()))));
        assertFalse(channel.trySend(99));
        channel.giveBack();
        assertTrue(channel.trySend(99));
        assertFalse(channel.trySend(99));
    }

    @Test
    void reserve_manyGiveUp_leaveNoTrace() throws Exception {
        CellChannel<Integer> channel = Shapes.channel(1, 2);
        channel.send(0);
        List<AtomicReference<Reservation<Integer>>> got = new ArrayList<>();
        List<Thread> waiting = new ArrayList<>();
        for (int t = 0; t < 3; t++) {
            for (int i = 0; i < 10_000; i++) {
                Thread.currentThread().interrupt();
                assertEquals(CellState.INTERRUPTED, channel.keepRoom(Deadline.NEVER));
                assertFalse(Thread.interrupted());
            }
            AtomicReference<Reservation<Integer>> place = new AtomicReference<>();
            got.add(place);
            waiting.add(new Thread(() -> assertDoesNotThrow(() -> place.set(channel.reserve()))));
            waiting.get(t).start();
            Await.parked(waiting.get(t));
        }
        assertEquals(3, channel.reserverLine().waiting());
        assertTrue(
                channel.reserverLine().segments() <= 6,
                () -> channel.reserverLine().segments() + " segments");
        for (int t = 0; t < 3; t++) {
            assertEquals(t, channel.receive());
            Await.ended(waiting.get(t));
            assertFalse(channel.trySend(99));
            got.get(t).get().send(t + 1);
        }
    }

    @Test
    void reserve_manyThreads_capacityHoldsAndComesBack() throws Exception {
        for (int capacity : new int[] {1, 2, 64}) {
            CellChannel<Integer> channel = Shapes.channel(capacity, 2);
            AtomicInteger received = new AtomicInteger();
            AtomicInteger sent = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                int id = t;
                threads.add(new Thread(() -> assertDoesNotThrow(() -> {
                    for (int i = 0; i < 3_000; i++) {
                        if (id == 0) {
                            channel.send(i);
                            sent.getAndIncrement();
                        } else if (id < 3) {
                            try (Reservation<Integer> place = channel.reserve()) {
                                if (i % 3 != 0) {
                                    place.send(i);
                                    sent.getAndIncrement();
                                }
                            }
                        }
                    }
                })));
            }
            Thread receiver = new Thread(() -> channel.forEach(e -> received.getAndIncrement()));
            receiver.start();
            threads.forEach(Thread::start);
            Await.ended(threads);
            Await.until(channel::isEmpty);
            for (Thread t : List.of(receiver)) {
                Await.parked(t);
            }
            channel.close();
            Await.ended(receiver);
            assertEquals(sent.get(), received.get());
        }
    }
}
