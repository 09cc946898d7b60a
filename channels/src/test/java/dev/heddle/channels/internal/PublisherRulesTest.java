// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.ITestResult;
import org.testng.TestListenerAdapter;
import org.testng.TestNG;

/** The rules of Reactive Streams for publishers, as their own test kit checks them. */
@Timeout(300)
class PublisherRulesTest {
    private static final long SIGNAL_MILLIS = 10_000; // far more than a signal takes
    private static final long SILENCE_MILLIS = 50; // how long it is watched that no signal comes

    /** What the kit leaves out: rules for publishers that give every element to every subscriber, and rules it can't check. */
    private static final Set<String> LEFT_OUT = Set.of(
            "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfront",
            "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingManyUpfrontAndCompleteAsExpected",
            "optional_spec111_multicast_mustProduceTheSameElementsInTheSameSequenceToAllOfItsSubscribersWhenRequestingOneByOne");

    /** The rules, on channels with the given capacity. */
    public abstract static class Rules extends FlowPublisherVerification<Integer> {
        private final Executor executor;

        Rules(Executor executor) {
            super(new TestEnvironment(SIGNAL_MILLIS, SILENCE_MILLIS, SILENCE_MILLIS));
            this.executor = executor;
        }

        abstract Channel<Integer> channel();

        Flow.Publisher<Integer> publisher(Receiver<Integer> receiver) {
            return receiver.asPublisher(executor);
        }

        @Override
        public Flow.Publisher<Integer> createFlowPublisher(long elements) {
            Channel<Integer> channel = channel();
            feed(channel, 0, elements);
            return publisher(channel);
        }

        /** Sends as fast as the channel takes it. */
        private static void feed(Channel<Integer> channel, long from, long to) {
            for (long i = from; i < to; i++) { // ends: at the last, or by waiting for room
                CompletableFuture<Void> sent = channel.sendAsync((int) i);
                if (!sent.isDone()) {
                    long next = i + 1;
                    sent.thenRun(() -> feed(channel, next, to));
                    return;
                }
            }
            channel.close();
        }

        @Override
        public Flow.Publisher<Integer> createFailedFlowPublisher() {
            Channel<Integer> channel = channel();
            channel.close(new IllegalStateException("failed"));
            return publisher(channel);
        }
    }

    /** Without a buffer, signalled in the common pool. */
    public static final class Rendezvous extends Rules {
        public Rendezvous() {
            super(new CompletableFuture<>().defaultExecutor());
        }

        @Override
        Channel<Integer> channel() {
            return Channel.rendezvous();
        }
    }

    /** With a buffer, signalled by whoever sends. */
    public static final class DirectlyBuffered extends Rules {
        public DirectlyBuffered() {
            super(Runnable::run);
        }

        @Override
        Channel<Integer> channel() {
            return Channel.buffered(2);
        }
    }

    @Test
    void rendezvous_keepsTheRules() {
        keepsTheRules(Rendezvous.class);
    }

    @Test
    void buffered_signalledBySenders_keepsTheRules() {
        keepsTheRules(DirectlyBuffered.class);
    }

    private static void keepsTheRules(Class<? extends Rules> rules) {
        var results = new TestListenerAdapter();
        var kit = new TestNG(false);
        kit.setVerbose(0);
        kit.setTestClasses(new Class<?>[] {rules});
        kit.addListener(results);
        kit.run();
        List<String> broken = new ArrayList<>();
        for (ITestResult failed : results.getFailedTests()) {
            broken.add(failed.getName() + ": " + failed.getThrowable());
        }
        assertEquals(List.of(), broken);
        Set<String> leftOut = new TreeSet<>();
        for (ITestResult skipped : results.getSkippedTests()) {
            if (!skipped.getName().startsWith("untested_")) {
                leftOut.add(skipped.getName());
            }
        }
        assertEquals(new TreeSet<>(LEFT_OUT), leftOut);
        int passed = results.getPassedTests().size();
        assertTrue(passed >= 20, () -> passed + " rules checked");
    }
}
