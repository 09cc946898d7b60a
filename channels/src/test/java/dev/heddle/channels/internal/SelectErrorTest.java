// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.channels.Select;
import dev.heddle.testkit.Mutant;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Covers channels 6, 13, 14: a timer or a pool that fails leaves no select behind that nobody holds. */
@Timeout(300)
class SelectErrorTest {
    private static final String START_TIMER = "t.completeOnTimeout(";
    private static final String START_TURN = "where.execute(turn);";
    private static final String FAILS = "if (true) throw new OutOfMemoryError(\"made up\"); ";

    private static CellChannel<Integer> channel() {
        return new CellChannel<>(0, 1, null);
    }

    /** A select that waits with a time limit. */
    static final class Timed implements Runnable {
        @Override
        public void run() {
            CellChannel<Integer> c = channel();
            assertThrows(
                    OutOfMemoryError.class,
                    () -> Select.firstAsync(
                            Select.receive(c, e -> e),
                            Select.send(c, 1, () -> 1),
                            Select.timeout(Duration.ofHours(1), () -> 0)));
            assertEquals(0, c.waitingReceivers());
            assertEquals(null, c.twoWays);
        }
    }

    /** A select that is disturbed while it waits. */
    static final class Disturbed implements Runnable {
        @Override
        public void run() {
            CellChannel<Integer> c = channel();
            CellChannel<Integer> other = channel();
            CompletableFuture<Integer> select = Select.firstAsync(
                    Select.receive(c, e -> e), Select.send(c, 1, () -> 1), Select.receive(other, e -> e));
            CompletableFuture<Integer> receive = c.receiveAsync(); // lets it try again
            var failure = assertThrows(ExecutionException.class, () -> select.get(1, TimeUnit.MINUTES));
            assertInstanceOf(OutOfMemoryError.class, failure.getCause());
            assertEquals(null, c.twoWays);
            assertEquals(0, other.waitingReceivers());
            assertEquals(true, c.trySend(5)); // the receiver has not noticed
            assertEquals(5, receive.join());
        }
    }

    /** The same; the pool has kept the task all the same. */
    static final class DisturbedAndRun implements Runnable {
        @Override
        public void run() {
            CellChannel<Integer> c = channel();
            CompletableFuture<Integer> select =
                    Select.firstAsync(Select.receive(c, e -> e), Select.send(c, 1, () -> -1));
            assertEquals(1, c.receiveAsync().join());
            assertEquals(-1, select.join());
            assertFalse(Thread.interrupted(), "run, and taken back as well");
            assertEquals(null, c.twoWays);
        }
    }

    private static void run(Class<? extends Runnable> scene, String text, String with) {
        Mutant.of(AsyncSelection.class, text, with).body(scene).run();
    }

    @Test
    void timer_fails_selectIsGivenUp() {
        run(Timed.class, START_TIMER, FAILS + START_TIMER);
    }

    @Test
    void pool_fails_selectIsGivenUp() {
        run(Disturbed.class, START_TURN, FAILS + START_TURN);
    }

    @Test
    void pool_failsWithTheTask_selectIsRunOnce() {
        String told = "turn.run(); if (turn.take()) Thread.currentThread().interrupt(); ";
        run(DisturbedAndRun.class, START_TURN, told + FAILS);
    }

    @Test
    void pool_failsToMakeTheTask_selectIsGivenUp() {
        run(Disturbed.class, "turn = new Internal();", FAILS + "turn = new Internal();");
    }
}
