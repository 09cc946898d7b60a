// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Reservation;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers channels 4, 5, 24: references to segments and dead cells are counted exactly, and the dead are let go. */
@Timeout(120)
class CellChannelSegmentsTest {
    private static final String ALL = "dev.heddle.channels.internal.Shapes#all";
    private static final int STEPS = 1_500;
    private static final int THREADS = 3; // on each side
    private static final int ROUNDS = 1_500; // of each

    /** One thread does everything, so the counts must be exact after each step. */
    private static final class Walk {
        final CellChannel<Integer> channel;
        final Random random;
        final List<CompletableFuture<?>> waiting = new ArrayList<>();
        final List<Reservation<Integer>> kept = new ArrayList<>();
        int next;

        Walk(int capacity, int segment, long seed) {
            channel = Shapes.channel(capacity, segment);
            random = new Random(seed);
        }

        void step() throws InterruptedException {
            switch (random.nextInt(10)) {
                case 0, 1 -> waiting.add(channel.sendAsync(next++));
                case 2, 3 -> waiting.add(channel.receiveAsync());
                case 4 -> channel.trySend(next++);
                case 5 -> channel.tryReceive();
                case 6 -> removeOne();
                case 7 -> keepOrUse();
                case 8 -> batch();
                default -> leaveSome();
            }
        }

        private void leaveSome() {
            for (int i = random.nextInt(4); i >= 0 && !waiting.isEmpty(); i--) {
                waiting.remove(random.nextInt(waiting.size())).cancel(false);
            }
        }

        private void removeOne() {
            Buffered.Place<Integer> place = channel.oldest();
            for (int i = random.nextInt(3); i > 0 && place != null; i--) {
                place = place.next();
            }
            if (place != null && channel.capacity() > 0) {
                assertTrue(place.remove(), channel::toString);
            }
        }

        private void keepOrUse() throws InterruptedException {
            if (!kept.isEmpty() && random.nextBoolean()) {
                try (Reservation<Integer> place = kept.remove(random.nextInt(kept.size()))) {
                    if (random.nextBoolean()) {
                        place.send(next++);
                    }
                }
            } else if (channel.capacity() > channel.size() + kept.size() + channel.waitingSenders()) {
                kept.add(channel.reserve());
            }
        }

        private void batch() throws InterruptedException {
            if (channel.capacity() > channel.size() + kept.size() + channel.waitingSenders() + 3) {
                channel.sendAll(IntStream.range(next, next + 3).boxed().toList());
                next += 3;
            } else if (!channel.isEmpty()) {
                assertTrue(channel.receiveMany(new ArrayList<>(), 3) > 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void anyStepOfOneThread_countsStayExact(int capacity, int segment) throws Exception {
        for (int seed = 0; seed < 4; seed++) {
            Walk walk = new Walk(capacity, segment, seed);
            for (int i = 0; i < STEPS; i++) {
                walk.step();
                SegmentAudit.exact(walk.channel);
            }
            if (seed % 2 == 0) {
                walk.channel.close();
                SegmentAudit.exact(walk.channel);
            }
            walk.channel.cancel();
            SegmentAudit.exact(walk.channel);
            assertTrue(Reach.segments(walk.channel) <= Reach.FEW, walk.channel::toString);
        }
    }

    private final Workers workers = new Workers();

    /** Many waiters come and leave at once, in all ways; then the list is looked at. */
    @ParameterizedTest
    @MethodSource(ALL)
    void storm_ofWaitersThatLeave_countsAreExactAfterwards(int capacity, int segment) throws Exception {
        CellChannel<Integer> channel = Shapes.channel(capacity, segment);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Random random = new Random(t);
            threads.add(workers.start(() -> sendSome(channel, random)));
            threads.add(workers.start(() -> receiveSome(channel, random)));
        }
        Await.ended(threads);
        workers.check(channel);
        SegmentAudit.afterStorm(channel);
        while (channel.tryReceive() != null) {} // ends: nobody sends
        SegmentAudit.afterStorm(channel);
        assertTrue(Reach.segments(channel) <= Reach.FEW, () -> Reach.segments(channel) + " segments");
        channel.cancel();
        SegmentAudit.afterStorm(channel);
    }

    private static void sendSome(CellChannel<Integer> channel, Random random) throws InterruptedException {
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            switch (random.nextInt(4)) {
                case 0 -> channel.trySend(i);
                case 1 -> channel.send(i, random.nextInt(20), TimeUnit.MICROSECONDS);
                default -> waiting.add(channel.sendAsync(i));
            }
            leave(waiting, random, 8);
        }
        leave(waiting, random, 0);
    }

    private static void receiveSome(CellChannel<Integer> channel, Random random) throws InterruptedException {
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            switch (random.nextInt(4)) {
                case 0 -> channel.tryReceive();
                case 1 -> channel.receive(random.nextInt(20), TimeUnit.MICROSECONDS);
                default -> waiting.add(channel.receiveAsync());
            }
            leave(waiting, random, 8);
        }
        leave(waiting, random, 0);
    }

    /** Takes futures back, in any order, until so few are left. */
    private static void leave(List<CompletableFuture<?>> waiting, Random random, int few) {
        while (waiting.size() > few) {
            waiting.remove(random.nextInt(waiting.size())).complete(null); // as cancel, without stack traces
        }
    }

    /** The audit itself finds what is counted wrongly. */
    @Test
    void audit_wrongCounts_areFound() {
        CellChannel<Integer> channel = Shapes.channel(1, 2);
        assertTrue(channel.trySend(1));
        SegmentAudit.exact(channel);
        channel.start(CellWords.SEND).onDeadCell();
        AssertionError dead = assertThrows(AssertionError.class, () -> SegmentAudit.exact(channel));
        assertTrue(dead.getMessage().contains("dead cells counted wrongly"), dead::getMessage);
        CellChannel<Integer> other = Shapes.channel(1, 2);
        assertTrue(other.start(CellWords.SEND).tryAddPointer());
        AssertionError reference = assertThrows(AssertionError.class, () -> SegmentAudit.exact(other));
        assertTrue(reference.getMessage().contains("references counted wrongly"), reference::getMessage);
        assertEquals(0, other.size());
    }
}
