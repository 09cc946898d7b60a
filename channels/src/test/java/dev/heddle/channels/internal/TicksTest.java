// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Channels;
import dev.heddle.channels.Receiver;
import dev.heddle.testkit.Await;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Covers the timers of channels 2.9, and channels 21 for them. */
@Timeout(120)
class TicksTest {
    @Test
    void after_delivers_onceAndNotBefore() throws Exception {
        long start = System.nanoTime();
        Receiver<Instant> timer = Channels.after(Duration.ofMillis(300));
        CompletableFuture<Instant> first = timer.receiveAsync();
        CompletableFuture<Instant> second = timer.receiveAsync();
        assertNotNull(Await.value(first));
        assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(300));
        assertFalse(second.isDone());
        assertFalse(timer.isClosedForReceive());
    }

    @Test
    void after_noTime_isThereAtOnce() {
        for (Duration none : List.of(Duration.ZERO, Duration.ofDays(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            Receiver<Instant> timer = Channels.after(none);
            assertEquals(1, timer.size());
            assertNotNull(timer.tryReceive());
            assertNull(timer.tryReceive());
        }
    }

    @Test
    void after_longestTime_waits() {
        Receiver<Instant> timer = Channels.after(Duration.ofSeconds(Long.MAX_VALUE));
        assertNull(timer.tryReceive());
        assertTrue(timer.cancel());
        assertThrows(ChannelClosedException.class, timer::tryReceive);
    }

    @Test
    void tick_delivers_atMostOnceInAPeriod() throws InterruptedException {
        long start = System.nanoTime();
        Receiver<Instant> timer = Channels.tick(Duration.ofMillis(5));
        for (int i = 0; i < 5; i++) {
            assertNotNull(timer.receive(1, TimeUnit.DAYS));
        }
        assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(25));
        timer.cancel();
    }

    @Test
    void tick_notReceived_isLeftOut() {
        Receiver<Instant> timer = Channels.tick(Duration.ofMillis(1));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
        Await.until(() -> System.nanoTime() - end > 0 && timer.size() == 1);
        timer.cancel();
        assertEquals(0, timer.size());
        Receiver<Instant> other = Channels.tick(Duration.ofNanos(1));
        Await.until(() -> other.size() > 0);
        long later = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
        Await.until(() -> System.nanoTime() - later > 0);
        assertEquals(1, other.size());
        other.cancel();
    }

    @Test
    void tick_cancelled_isForgotten() {
        Receiver<Instant> timer = Channels.tick(Duration.ofNanos(1));
        timer.cancel();
        assertTrue(timer.isClosedForReceive());
        WeakReference<Receiver<Instant>> gone = new WeakReference<>(timer);
        timer = null;
        Await.until(() -> {
            System.gc();
            return gone.get() == null;
        });
    }

    @Test
    void never_delivers_nothing() throws InterruptedException {
        Receiver<String> nothing = Channels.never();
        assertNull(nothing.tryReceive());
        assertNull(nothing.receive(1, TimeUnit.MILLISECONDS));
        assertTrue(nothing.isEmpty());
        assertFalse(nothing.isClosedForReceive());
        CompletableFuture<String> waits = nothing.receiveAsync();
        assertTrue(waits.cancel(false));
        assertTrue(nothing.cancel());
        assertThrows(ChannelClosedException.class, nothing::receive);
    }

    @Test
    void badInput_isRejected() {
        assertThrows(NullPointerException.class, () -> Channels.after(null));
        assertThrows(NullPointerException.class, () -> Channels.tick(null));
        assertThrows(IllegalArgumentException.class, () -> Channels.tick(Duration.ZERO));
        var negative = assertThrows(IllegalArgumentException.class, () -> Channels.tick(Duration.ofMillis(-7)));
        assertTrue(negative.getMessage().contains("PT-0.007S"), negative::getMessage);
    }

    @Test
    void manyTimers_startNoThreads() {
        assertNotNull(Channels.after(Duration.ofNanos(1)).receiveUninterruptibly()); // starts what all share
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        List<Receiver<Instant>> timers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            timers.add(Channels.after(Duration.ofHours(1)));
            timers.add(Channels.tick(Duration.ofHours(1)));
        }
        int after = ManagementFactory.getThreadMXBean().getThreadCount();
        timers.forEach(Receiver::cancel);
        assertTrue(after - before < 100, () -> before + " threads, then " + after);
    }
}
