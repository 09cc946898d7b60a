// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Allocations;
import dev.heddle.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asynchronous selects, one allocation of each after the other failing: a select is given to its caller, or leaves no trace. */
public final class ScarceSelectTrials implements Runnable {
    private static final int MANY = 1000; // more allocations than any of these makes

    @Override
    public void run() {
        withTimer();
        bothWays();
    }

    /** A select that waits with a timer. */
    private static void withTimer() {
        boolean reached = true;
        for (int number = 1; reached; number++) {
            assertTrue(number < MANY);
            Channel<String> channel = Channel.rendezvous();
            List<CompletableFuture<String>> given = new ArrayList<>(1);
            reached = select(
                    number,
                    given,
                    Select.receive(channel, element -> element),
                    Select.timeout(Duration.ofHours(1), () -> "late"));
            String where = "without allocation " + number;
            if (given.isEmpty() || given.get(0).isDone()) {
                assertTrue(given.isEmpty() || given.get(0).isCompletedExceptionally(), where);
                assertFalse(channel.trySend("lost"), where);
            } else {
                assertTrue(channel.trySend("element"), where);
                assertEquals("element", given.get(0).join(), where);
            }
        }
    }

    /** One that sends and receives at once meets another such one, which has to run again. */
    private static void bothWays() {
        boolean reached = true;
        for (int number = 1; reached; number++) {
            assertTrue(number < MANY);
            Channel<String> channel = Channel.rendezvous();
            List<CompletableFuture<String>> given = new ArrayList<>(2);
            select(
                    MANY,
                    given,
                    Select.receive(channel, element -> element),
                    Select.send(channel, "first", () -> "sent"));
            reached = select(
                    number,
                    given,
                    Select.receive(channel, element -> element),
                    Select.send(channel, "second", () -> "sent"));
            for (CompletableFuture<String> each : given) {
                Await.until(() -> each.isDone() || channel.trySend("element"));
                each.handle((result, failure) -> result).join();
            }
            assertFalse(channel.trySend("lost"), "without allocation " + number);
            assertNull(channel.tryReceive(), "without allocation " + number);
        }
    }

    /** Whether there was an allocation of that number, which failed. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static boolean select(int number, List<CompletableFuture<String>> given, Select.Clause<String>... clauses) {
        return Allocations.fail(number, 0, () -> {
            try {
                given.add(Select.firstAsync(clauses));
            } catch (OutOfMemoryError injected) {
                // its caller knows that there is no select
            }
        });
    }
}
