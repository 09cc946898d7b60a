// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.testkit.Await;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Covers the publisher of channels 2.9, and channels 7, 22 for it. */
@Timeout(120)
class ChannelPublisherTest {
    private final List<Integer> undelivered = Collections.synchronizedList(new ArrayList<>());
    private final Channel<Integer> channel = Channel.<Integer>builder()
            .capacity(4)
            .onUndelivered(undelivered::add)
            .build();

    /** Keeps what it is told. */
    private static class Log implements Flow.Subscriber<Integer> {
        final List<Object> signals = Collections.synchronizedList(new ArrayList<>());
        Flow.Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription s) {
            subscription = s;
            signals.add("subscribed");
        }

        @Override
        public void onNext(Integer element) {
            signals.add(element);
        }

        @Override
        public void onError(Throwable failure) {
            signals.add(failure);
        }

        @Override
        public void onComplete() {
            signals.add("complete");
        }
    }

    /** Runs tasks when told. */
    private static final class Later implements Executor {
        final Deque<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        void runAll() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    private Log subscribed() {
        Log log = new Log();
        channel.asPublisher(Runnable::run).subscribe(log);
        return log;
    }

    @Test
    void elements_comeOnDemandOnly() {
        Log log = subscribed();
        channel.trySend(1);
        channel.trySend(2);
        channel.trySend(3);
        assertEquals(List.of("subscribed"), log.signals);
        log.subscription.request(2);
        assertEquals(List.of("subscribed", 1, 2), log.signals);
        assertEquals(1, channel.size());
        log.subscription.request(Long.MAX_VALUE);
        log.subscription.request(Long.MAX_VALUE);
        channel.trySend(4);
        channel.close();
        assertEquals(List.of("subscribed", 1, 2, 3, 4, "complete"), log.signals);
    }

    @Test
    void twoSubscribers_shareTheElements() {
        Log first = subscribed();
        Log second = subscribed();
        first.subscription.request(1);
        second.subscription.request(9);
        for (int i = 1; i <= 3; i++) {
            channel.trySend(i);
        }
        assertEquals(List.of("subscribed", 1), first.signals);
        assertEquals(List.of("subscribed", 2, 3), second.signals);
    }

    @Test
    void closedWithCause_isAnError() {
        Log waiting = subscribed();
        waiting.subscription.request(1);
        var cause = new IllegalArgumentException("why");
        channel.close(cause);
        assertEquals(List.of("subscribed", cause), waiting.signals);
        assertEquals(List.of("subscribed", cause), subscribed().signals);
    }

    @Test
    void closedWithoutDemand_endsWithTheLastElementOrTheNextRequest() {
        channel.trySend(1);
        Log log = subscribed();
        Log other = subscribed();
        channel.close();
        log.subscription.request(1);
        assertEquals(List.of("subscribed", 1, "complete"), log.signals);
        assertEquals(List.of("subscribed"), other.signals);
        other.subscription.request(1);
        assertEquals(List.of("subscribed", "complete"), other.signals);
    }

    @Test
    void badDemand_isAnErrorAndGivesThePlaceUp() {
        for (long bad : new long[] {0, -1, Long.MIN_VALUE}) {
            Log log = subscribed();
            log.subscription.request(1);
            log.subscription.request(bad);
            assertEquals(2, log.signals.size());
            var failure = assertInstanceOf(IllegalArgumentException.class, log.signals.get(1));
            assertTrue(failure.getMessage().contains(String.valueOf(bad)), failure::getMessage);
            log.subscription.request(1);
            log.subscription.cancel();
            assertEquals(2, log.signals.size());
        }
        channel.trySend(1);
        assertEquals(1, channel.tryReceive());
    }

    @Test
    void cancel_givesThePlaceUp() {
        Log log = subscribed();
        log.subscription.request(5);
        log.subscription.cancel();
        log.subscription.cancel();
        log.subscription.request(5);
        channel.trySend(1);
        channel.close();
        assertEquals(1, channel.tryReceive());
        assertEquals(List.of("subscribed"), log.signals);
        assertEquals(List.of(), undelivered);
    }

    @Test
    void cancel_afterTheElementWasReceived_goesToTheHook() {
        Later later = new Later();
        Log log = new Log();
        channel.asPublisher(later).subscribe(log);
        later.runAll();
        log.subscription.request(5);
        later.runAll();
        channel.trySend(1); // received, and the signal is under way
        channel.trySend(2);
        log.subscription.cancel();
        later.runAll();
        assertEquals(List.of("subscribed"), log.signals);
        assertEquals(List.of(1), undelivered);
        assertEquals(2, channel.tryReceive());
    }

    @Test
    void subscriberThrows_isCancelled() {
        List<Throwable> uncaught = new ArrayList<>();
        Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try {
            subscriberThrows(uncaught);
        } finally {
            Thread.currentThread().setUncaughtExceptionHandler(null);
        }
    }

    private void subscriberThrows(List<Throwable> uncaught) {
        Log log = new Log() {
            @Override
            public void onNext(Integer element) {
                super.onNext(element);
                throw new IllegalStateException("subscriber");
            }
        };
        channel.asPublisher(Runnable::run).subscribe(log);
        channel.trySend(1);
        log.subscription.request(9);
        assertEquals("subscriber", uncaught.get(0).getMessage());
        channel.trySend(2);
        log.subscription.request(1);
        assertEquals(List.of("subscribed", 1), log.signals);
        assertEquals(2, channel.tryReceive());
    }

    @Test
    void executorRefuses_isAnError() {
        var refused = new RejectedExecutionException("full");
        Log log = new Log();
        channel.asPublisher(task -> {
                    throw refused;
                })
                .subscribe(log);
        assertEquals(2, log.signals.size());
        assertSame(refused, log.signals.get(1));
        log.subscription.request(1);
        channel.trySend(1);
        assertEquals(1, channel.tryReceive());
    }

    @Test
    void null_isRejected() {
        assertThrows(NullPointerException.class, () -> channel.asPublisher(null));
        assertThrows(NullPointerException.class, () -> channel.asPublisher().subscribe(null));
    }

    @Test
    void requestFromOnNext_needsConstantStack() {
        int most = 100_000;
        AtomicInteger received = new AtomicInteger();
        Channel<Integer> crowded = Channel.unlimited();
        Log log = new Log() {
            @Override
            public void onSubscribe(Flow.Subscription s) {
                super.onSubscribe(s);
                s.request(1);
            }

            @Override
            public void onNext(Integer element) {
                received.incrementAndGet();
                if (element < most) {
                    crowded.trySend(element + 1);
                } else {
                    crowded.close();
                }
                subscription.request(1);
            }
        };
        crowded.asPublisher(Runnable::run).subscribe(log);
        crowded.trySend(1);
        Await.until(() -> log.signals.contains("complete"));
        assertEquals(most, received.get());
    }

    @Test
    void defaultExecutor_signalsElsewhere() {
        Log log = new Log() {
            @Override
            public void onSubscribe(Flow.Subscription s) {
                super.onSubscribe(s);
                signals.add(Thread.currentThread());
                s.request(9);
            }
        };
        channel.asPublisher().subscribe(log);
        channel.trySend(1);
        channel.close();
        Await.until(() -> log.signals.contains("complete"));
        assertEquals(4, log.signals.size());
        assertTrue(log.signals.get(1) != Thread.currentThread());
    }
}
