// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.internal.SmallChannels;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Covers sync 1, 2, 3, 16, 24, 25, channels 1, 5, 7, 8, 11, 13, 14: every primitive under a storm of platform threads, virtual
 * threads where there are some, futures, interrupts, time-outs and cancels.
 *
 * <p>{@code heddle.soak.seconds} is the time for all scenarios together, {@code heddle.seed} the seed of the choices;
 * the schedule is the machine's, so a seed repeats the operations, not the run.
 */
class SoakTest {
    private static final double SECONDS = Double.parseDouble(System.getProperty("heddle.soak.seconds", "6"));
    private static final long SEED = seed();

    private static final Duration MUTANT_LIMIT = Duration.ofSeconds(3); // a lost permit may also show as a hang
    private static final long MUTANT_NANOS = 20_000_000_000L; // far more than the first failure needs

    static Stream<Arguments> scenarios() {
        List<Arguments> all = new ArrayList<>();
        for (boolean fair : new boolean[] {true, false}) {
            String mode = fair ? " fair" : " barging";
            add(all, "semaphore" + mode, () -> new SemaphoreSoak(new Semaphore(SemaphoreSoak.PERMITS, fair)));
            add(
                    all,
                    "semaphore, short segments" + mode,
                    () -> new SemaphoreSoak(Semaphore.withSegmentSize(SemaphoreSoak.PERMITS, fair, 2, 1)));
            add(all, "mutex" + mode, () -> new MutexSoak(Mutex.withSegmentSize(fair, 2)));
            add(all, "read-write" + mode, () -> {
                ReadWriteMutex mutex = ReadWriteMutex.withSegmentSize(fair, 2);
                return new ReadWriteSoak(mutex, mutex.writeLock());
            });
            Fairness fairness = fair ? Fairness.FIFO : Fairness.BARGING;
            add(all, "pool fifo" + mode, () -> pool(BlockingPool.fifo(fairness, 2, 8)));
            add(all, "pool lifo" + mode, () -> pool(BlockingPool.lifo(fairness, 2)));
        }
        add(all, "latch", () -> new LatchSoak(CountDownLatch::new));
        add(all, "barrier", () -> {
            AtomicInteger trips = new AtomicInteger();
            return new BarrierSoak(new CyclicBarrier(BarrierSoak.PARTIES, trips::incrementAndGet), trips);
        });
        for (int capacity : new int[] {0, 1, 3, Channel.UNLIMITED}) {
            String room = capacity == Channel.UNLIMITED ? "unlimited" : "capacity " + capacity;
            add(
                    all,
                    "channel, " + room + ", short segments",
                    () -> new ChannelSoak(capacity, hook -> SmallChannels.of(capacity, 2, hook)));
        }
        add(all, "channel, capacity 16", () -> channel(16, 16));
        return all.stream();
    }

    private static ChannelSoak channel(int expected, int capacity) {
        return new ChannelSoak(expected, hook -> SmallChannels.of(capacity, 32, hook));
    }

    private static PoolSoak pool(BlockingPool<Integer> pool) {
        return new PoolSoak(pool, pool::put);
    }

    private static void add(List<Arguments> all, String name, Supplier<Scenario> scenario) {
        all.add(Arguments.of(name, scenario));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scenarios")
    void storm_anyPrimitive_conservesAndEnds(String name, Supplier<Scenario> scenario) {
        long nanos = (long) (SECONDS * 1e9 / scenarios().count());
        int rounds = new Storm(scenario.get(), ThreadKind.available(), SEED, Await.LIMIT).run(nanos);
        System.out.println("soak: " + name + ", seed " + SEED + ", " + rounds + " rounds");
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("expected: <3>|not met", (Supplier<Scenario>)
                        () -> new SemaphoreSoak(new SemaphoreSoak.Forgetful())),
                Arguments.of("two inside|IllegalMonitorState|expected: <", (Supplier<Scenario>)
                        () -> new MutexSoak(new MutexSoak.Swallowing())),
                Arguments.of("without a signal", (Supplier<Scenario>)
                        () -> new MutexSoak(new Mutex(), MutexSoak.Hasty::new)),
                Arguments.of("not alone|beside a writer", (Supplier<Scenario>) () -> {
                    ReadWriteMutex mutex = new ReadWriteMutex();
                    return new ReadWriteSoak(mutex, mutex.readLock()); // MUTANT: writes under the read lock
                }),
                Arguments.of("passed a closed latch", (Supplier<Scenario>) () -> new LatchSoak(LatchSoak.Hasty::new)),
                Arguments.of("arrivals with index", (Supplier<Scenario>) () -> {
                    AtomicInteger trips = new AtomicInteger();
                    return new BarrierSoak(new BarrierSoak.Hasty(trips::incrementAndGet), trips);
                }),
                Arguments.of("expected: <3>|not met", (Supplier<Scenario>) () -> {
                    BlockingPool<Integer> pool = BlockingPool.fifo();
                    return new PoolSoak(pool, element -> {
                        if (!Thread.currentThread().isInterrupted()) { // MUTANT: drops the element
                            pool.put(element);
                        }
                    });
                }),
                Arguments.of("too much room", (Supplier<Scenario>) () -> channel(3, 4)),
                Arguments.of("to the hook", (Supplier<Scenario>)
                        () -> new ChannelSoak(3, hook -> SmallChannels.of(3, 2, element -> {}))),
                Arguments.of("as well", (Supplier<Scenario>) () -> new ChannelSoak(
                        3,
                        hook -> SmallChannels.of(3, 2, element -> {
                            hook.accept(element);
                            hook.accept(element); // MUTANT: handed over twice
                        }))),
                Arguments.of("offered", (Supplier<Scenario>)
                        () -> new ChannelSoak.Hasty(1, hook -> SmallChannels.of(1, 2, hook))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void storm_brokenTwin_isRejected(String why, Supplier<Scenario> scenario) {
        Storm storm = new Storm(scenario.get(), List.of(ThreadKind.PLATFORM), SEED, MUTANT_LIMIT);
        AssertionError failure = assertThrows(AssertionError.class, () -> storm.run(MUTANT_NANOS));
        assertTrue(
                Stream.of(why.split("\\|", -1)).anyMatch((failure.getMessage() + failure.getCause())::contains),
                () -> why + "\n" + failure);
    }

    @Test
    void segments_manyWaiters_areSeen() {
        Semaphore semaphore = Semaphore.withSegmentSize(0, true, 2, 1);
        List<CompletableFuture<Void>> waiters = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            waiters.add(semaphore.acquireAsync());
        }
        assertThrows(AssertionError.class, () -> Scenario.assertFewSegments(semaphore));
        waiters.forEach(waiter -> waiter.cancel(false));
        Scenario.assertFewSegments(semaphore);
    }

    private static long seed() {
        String given = System.getProperty("heddle.seed", "");
        return given.isEmpty() ? ThreadLocalRandom.current().nextLong() : Long.parseLong(given);
    }
}
