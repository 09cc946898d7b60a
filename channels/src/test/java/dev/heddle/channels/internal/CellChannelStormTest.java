// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Reservation;
import dev.heddle.testkit.Await;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers channels 1, 7, 8, 13, 15, 24. */
@Timeout(120)
class CellChannelStormTest {
    private static final int THREADS = 3; // on each side
    private static final int SENDS = 2_000; // of each

    private final Set<Long> sent = ConcurrentHashMap.newKeySet();
    private final Set<Long> received = ConcurrentHashMap.newKeySet();
    private final Set<Long> dropped = ConcurrentHashMap.newKeySet();
    private final Workers workers = new Workers();
    private final AtomicBoolean sendersDone = new AtomicBoolean();

    @ParameterizedTest
    @MethodSource("dev.heddle.channels.internal.Shapes#all")
    void allKindsOfOperations_exactlyOnceInOrderAndRoomIsExact(int capacity, int segment) throws Exception {
        CellChannel<Long> channel = Shapes.channel(capacity, segment, e -> assertTrue(dropped.add(e)));
        List<Thread> senders = new ArrayList<>();
        List<Thread> receivers = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int id = t;
            senders.add(workers.start(() -> sendAll(channel, id)));
            receivers.add(workers.start(() -> receiveAll(channel, id)));
        }
        Await.ended(senders);
        sendersDone.set(true);
        Await.ended(receivers);
        workers.check(channel + " " + channel.window);
        assertEquals(sent, received);
        dropped.retainAll(sent);
        assertEquals(Set.of(), dropped);
        for (long i = 0; i < Math.min(capacity, 200); i++) {
            assertTrue(channel.trySend(i), () -> channel + " " + channel.window);
        }
        assertFalse(capacity != Shapes.UNLIMITED && channel.trySend(0L));
    }

    private void sendAll(CellChannel<Long> channel, int id) throws Exception {
        Random random = new Random(id);
        for (long i = 0; i < SENDS; i++) {
            long e = (long) id << 32 | i;
            switch (random.nextInt(channel.capacity() == 0 ? 6 : 7)) {
                case 0 -> note(channel.trySend(e), e);
                case 1 -> note(channel.send(e, random.nextInt(50), TimeUnit.MICROSECONDS), e);
                case 2 -> {
                    CompletableFuture<Void> future = channel.sendAsync(e);
                    if (random.nextBoolean() || !future.cancel(false)) {
                        Await.value(future);
                        note(true, e);
                    }
                }
                case 3 -> {
                    List<Long> run = new ArrayList<>();
                    for (int n = random.nextInt(5); n >= 0; n--) {
                        run.add((long) id << 32 | i++);
                    }
                    channel.sendAll(run);
                    sent.addAll(run);
                }
                case 6 -> {
                    try (Reservation<Long> place = channel.reserve()) {
                        if (random.nextBoolean()) {
                            place.send(e);
                            note(true, e);
                        }
                    }
                }
                default -> {
                    channel.send(e);
                    note(true, e);
                }
            }
        }
    }

    private void note(boolean done, long e) {
        if (done) {
            sent.add(e);
        }
    }

    private void receiveAll(CellChannel<Long> channel, int id) throws Exception {
        Random random = new Random(id);
        Map<Long, Long> last = new HashMap<>();
        for (; ; ) { // ends: when the senders are done and nothing is left
            boolean done = sendersDone.get();
            List<Long> got = new ArrayList<>();
            switch (random.nextInt(5)) {
                case 0 -> got.add(channel.tryReceive());
                case 1 -> {
                    CompletableFuture<Long> future = channel.receiveAsync();
                    if (!future.cancel(false)) {
                        got.add(Await.value(future));
                    }
                }
                case 2 -> {
                    if (!channel.isEmpty() && !done) {
                        got.add(channel.receive(1, TimeUnit.MILLISECONDS));
                        while (got.size() < 4 && got.get(0) != null && !channel.isEmpty()) {
                            got.add(channel.receiveIfPresent());
                        }
                    }
                }
                default -> got.add(channel.receive(random.nextInt(200), TimeUnit.MICROSECONDS));
            }
            got.removeIf(e -> e == null);
            for (long e : got) {
                assertTrue(received.add(e), "received twice");
                Long before = last.put(e >>> 32, e);
                assertTrue(before == null || before < e, "order of a sender");
            }
            if (done && got.isEmpty() && channel.isEmpty()) {
                return;
            }
        }
    }
}
