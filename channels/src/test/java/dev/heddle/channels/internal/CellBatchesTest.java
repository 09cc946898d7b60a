// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
