// SPDX-License-Identifier: Apache-2.0
package dev.heddle.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.ThreadKind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers sync 2, 3: primitives that a user writes on the public synchronizer, from another package. */
class ExamplesTest {
    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void fire_threadAndFutureWait_bothGoOn(ThreadKind kind) throws Exception {
        var event = new Event();
        var passed = new CompletableFuture<Boolean>();
        Thread thread = kind.start(() -> {
            try {
                event.await();
                passed.complete(true);
            } catch (InterruptedException e) {
                passed.completeExceptionally(e);
            }
        });
        Await.parked(thread);
        var future = event.awaitAsync();
        var cancelled = event.awaitAsync();
        assertTrue(cancelled.cancel(true));
        assertFalse(event.hasFired());

        event.fire();

        assertTrue(Await.value(passed));
        assertTrue(Await.value(future));
        assertTrue(Await.value(event.awaitAsync()));
        assertTrue(event.hasFired());
    }

    @Test
    void latch_waiterTimedOut_opensForTheOthers() throws Exception {
        var latch = new Latch(2);
        assertFalse(latch.await(1, TimeUnit.NANOSECONDS));
        var passed = new CompletableFuture<Boolean>();
        Thread thread = ThreadKind.PLATFORM.start(() -> {
            try {
                passed.complete(latch.await(1, TimeUnit.HOURS));
            } catch (InterruptedException e) {
                passed.completeExceptionally(e);
            }
        });
        Await.parked(thread);

        latch.countDown();
        assertFalse(passed.isDone());
        latch.countDown();

        assertTrue(Await.value(passed));
        assertTrue(latch.await(0, TimeUnit.SECONDS));
    }
}
