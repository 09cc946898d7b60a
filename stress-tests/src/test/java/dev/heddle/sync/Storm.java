// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Many short rounds of random operations by a few threads, with interrupts. After each round the interrupts stop, all
 * threads must end by themselves, and the scenario is checked: a wake-up that was lost shows as a thread that stays.
 */
final class Storm {
    private static final int WORKERS = 4;
    private static final long ROUND_NANOS = 40_000_000;
    private static final int LONGEST_CALM = 100_000; // nanoseconds between two interrupts

    private final Scenario scenario;
    private final List<ThreadKind> kinds;
    private final long seed;
    private final Duration limit;
    private final AtomicReference<Throwable> failure;
    private volatile boolean over;

    /** A storm of threads of these kinds, in which every thread must end within {@code limit} after its round. */
    Storm(Scenario scenario, List<ThreadKind> kinds, long seed, Duration limit) {
        this.scenario = scenario;
        this.kinds = kinds;
        this.seed = seed;
        this.limit = limit;
        this.failure = scenario.fault;
    }

    /** Runs rounds for about {@code nanos}, one at least; the number of rounds. */
    int run(long nanos) {
        long end = System.nanoTime() + nanos;
        int rounds = 0;
        try {
            do { // ends: by the clock
                round(rounds, Math.min(ROUND_NANOS, nanos));
                rounds++;
            } while (System.nanoTime() - end < 0);
        } catch (Throwable t) {
            throw new AssertionError("seed " + seed + ", round " + rounds + ": " + t.getMessage(), t);
        }
        return rounds;
    }

    private void round(int round, long nanos) throws Throwable {
        long roundSeed = seed + 1_000L * round;
        over = false;
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            Dice dice = new Dice(roundSeed + i);
            workers.add(kindOf(round, i).start(() -> work(dice)));
        }
        try {
            interrupt(workers, new Dice(roundSeed + WORKERS), System.nanoTime() + nanos);
            over = true;
            Await.until(
                    () -> {
                        scenario.finish();
                        return failure.get() != null || workers.stream().noneMatch(Thread::isAlive);
                    },
                    limit);
        } finally {
            over = true;
            workers.forEach(Thread::interrupt); // after a failure; else all have ended
        }
        if (failure.get() == null) {
            scenario.checkAll();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    /** Every third round mixes the kinds, the others take one. */
    private ThreadKind kindOf(int round, int worker) {
        return kinds.get((round % 3 == 0 ? worker : round) % kinds.size());
    }

    private void interrupt(List<Thread> workers, Dice dice, long end) {
        while (System.nanoTime() - end < 0 && failure.get() == null) { // ends: by the clock
            workers.get(dice.below(workers.size())).interrupt();
            LockSupport.parkNanos(dice.below(LONGEST_CALM));
        }
    }

    private void work(Dice dice) {
        while (!over && failure.get() == null) { // ends: with the round
            try {
                scenario.act(dice);
            } catch (InterruptedException expected) {
                // the storm interrupts: the operation must be without effect, which the check shows
            } catch (Throwable t) {
                failure.compareAndSet(null, t);
            }
        }
    }
}
