// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.testkit.ThreadKind;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers the waiting policy of channels 3: active waits end by themselves, and are not tried where they do not pay. */
@Timeout(60)
class PatienceTest {
    private static final Patience.Waiting FOR_EVER = () -> true;
    private static final Patience.Waiting DECIDED = () -> false;

    private final Patience patience = new Patience();

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void watch_new_doesNotTry(ThreadKind kind) {
        on(kind, () -> {
            int before = patience.account();
            patience.watch(FOR_EVER, Deadline.NEVER);
            assertTrue(before < 0 && patience.account() > before, patience.account() + " after " + before);
        });
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void watch_inVain_isNotTriedForLong(ThreadKind kind) {
        on(kind, () -> {
            payIn();
            int before = patience.account();
            patience.watch(FOR_EVER, Deadline.NEVER); // ends by itself
            int debt = before - patience.account();
            assertTrue(debt >= 10_000, debt + " ns");
            assertTrue(payIn() >= 100, "tried again at once");
        });
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void watch_inTime_isTriedAgain(ThreadKind kind) {
        on(kind, () -> {
            payIn();
            int before = patience.account();
            patience.watch(DECIDED, Deadline.NEVER);
            assertTrue(patience.account() > before, patience.account() + " after " + before);
            for (int i = 0; i < 1_000; i++) {
                patience.watch(DECIDED, Deadline.NEVER);
            }
            int most = patience.account();
            patience.watch(DECIDED, Deadline.NEVER);
            assertEquals(most, patience.account(), "there is no end to its credit");
        });
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void watch_deadlineOver_costsNothing(ThreadKind kind) {
        on(kind, () -> {
            payIn();
            int before = patience.account();
            patience.watch(FOR_EVER, Deadline.after(0));
            assertEquals(before, patience.account());
        });
    }

    /** How many waits it takes until the next one is active. */
    private int payIn() {
        int waits = 0;
        while (patience.account() < 0) { // ends: each wait pays in
            patience.watch(DECIDED, Deadline.NEVER);
            waits++;
        }
        return waits;
    }

    private static void on(ThreadKind kind, Runnable test) {
        if (Runtime.getRuntime().availableProcessors() == 1) {
            assertNobodyWatches();
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        kind.start(() -> {
            try {
                test.run();
                done.complete(null);
            } catch (Throwable failure) { // reported by the thread that waits
                done.completeExceptionally(failure);
            }
        });
        done.join();
    }

    /** On one processor the partner could not run meanwhile. */
    private static void assertNobodyWatches() {
        Patience alone = new Patience();
        int before = alone.account();
        alone.watch(FOR_EVER, Deadline.NEVER);
        assertEquals(before, alone.account());
    }
}
