// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.Channels;
import dev.heddle.channels.Overflow;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers channels 21. Counts the threads that the JVM has started, not those that are left. */
@Timeout(120)
class TimedOperationsTest {
    private static final int TIMES = 20;

    private static long started() {
        return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, Channel.UNLIMITED})
    void timeOut_blockingForms_startNoThread(int capacity) throws Exception {
        Channel<Integer> channel = new CellChannel<>(capacity, null);
        BlockingQueue<Integer> queue = channel.asBlockingQueue();
        int there = capacity == Channel.UNLIMITED ? 0 : capacity;
        long before = started();
        for (int i = 0; i < TIMES; i++) {
            assertNull(channel.receive(100, TimeUnit.MICROSECONDS));
            assertNull(queue.poll(100, TimeUnit.MICROSECONDS));
        }
        for (int i = 0; i < there; i++) {
            assertTrue(channel.send(i, 1, TimeUnit.DAYS));
        }
        for (int i = 0; i < TIMES && capacity != Channel.UNLIMITED; i++) {
            assertFalse(channel.send(i, 100, TimeUnit.MICROSECONDS));
            assertFalse(queue.offer(i, 100, TimeUnit.MICROSECONDS));
        }
        for (int i = 0; i < there; i++) {
            assertEquals(i, channel.receive(1, TimeUnit.DAYS));
        }
        assertEquals(before, started());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void timeOut_lossyChannels_startNoThread(int capacity) throws Exception {
        long before = started();
        for (Overflow policy : new Overflow[] {Overflow.DROP_OLDEST, Overflow.DROP_LATEST}) {
            Channel<Integer> channel = Channel.<Integer>builder()
                    .capacity(capacity)
                    .overflow(policy)
                    .build();
            for (int i = 0; i < TIMES; i++) {
                assertNull(channel.receive(100, TimeUnit.MICROSECONDS));
            }
            assertTrue(channel.send(1, 1, TimeUnit.DAYS));
            assertEquals(1, channel.receive(1, TimeUnit.DAYS));
        }
        assertEquals(before, started());
    }

    /** Both sides wait and are served in time: the only threads are those of the test. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void servedInTime_startsNoThread(int capacity) throws Exception {
        Channel<Integer> channel = new CellChannel<>(capacity, null);
        long before = started();
        Outcome<Integer> receiver = Outcome.parked(ThreadKind.PLATFORM, () -> channel.receive(1, TimeUnit.DAYS));
        assertTrue(channel.send(7, 1, TimeUnit.DAYS));
        assertEquals(7, receiver.value());
        for (int i = 0; i < capacity; i++) {
            assertTrue(channel.trySend(i));
        }
        Outcome<Boolean> sender = Outcome.parked(ThreadKind.PLATFORM, () -> channel.send(8, 1, TimeUnit.DAYS));
        for (int i = 0; i < capacity; i++) {
            assertEquals(i, channel.receive(1, TimeUnit.DAYS));
        }
        assertEquals(8, channel.receive(1, TimeUnit.DAYS));
        assertTrue(sender.value());
        assertEquals(before + 2, started());
    }

    /** What the JDK does about the time of a future is done by a thread that all futures share. */
    @Test
    void orTimeout_manyFutures_startNoThread() throws Exception {
        Channel<Integer> channel = new CellChannel<>(0, null);
        CompletableFuture<Integer> first = channel.receiveAsync().completeOnTimeout(-1, 1, TimeUnit.MICROSECONDS);
        assertEquals(-1, Await.value(first)); // starts what all share
        long before = started();
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            all.add(channel.receiveAsync().orTimeout(1, TimeUnit.DAYS));
        }
        List<CompletableFuture<Integer>> brief = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            brief.add(channel.receiveAsync().completeOnTimeout(i, 1, TimeUnit.MICROSECONDS));
        }
        for (int i = 0; i < brief.size(); i++) {
            assertEquals(i, Await.value(brief.get(i)));
        }
        assertEquals(before, started());
        all.forEach(future -> assertTrue(future.cancel(false)));
        assertTrue(channel.isEmpty());
    }

    /** Timers wait in the JDK's own scheduler; that of a channel which never delivers is nowhere. */
    @Test
    void timers_notDue_startNoThread() {
        assertNotNull(Channels.after(Duration.ofNanos(1)).receiveUninterruptibly()); // starts what all share
        long before = started();
        for (int i = 0; i < 1_000; i++) {
            Channels.after(Duration.ofDays(1)).cancel();
            Channels.tick(Duration.ofDays(1)).cancel();
            Channels.never().cancel();
        }
        assertEquals(before, started());
    }
}
