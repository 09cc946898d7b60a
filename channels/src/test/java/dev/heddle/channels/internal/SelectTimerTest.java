// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Select;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.Mutant;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Covers channels 13, 19: a select that ends while its timer is started is not kept until the time is up. */
@Timeout(300)
class SelectTimerTest {
    private static final Duration LET_GO = Duration.ofSeconds(10); // what the mutant waits in vain
    private static final String START = String.join(
            "\n        ",
            "timer = t;",
            "t.completeOnTimeout(null, deadline().remaining(), TimeUnit.NANOSECONDS);",
            "if (!isPending()) {");

    /** A select that is cancelled too early to see its timer. */
    static final class Ended implements Runnable {
        @Override
        public void run() {
            WeakReference<CompletableFuture<Integer>> result = new WeakReference<>(ended());
            Await.until(
                    () -> {
                        System.gc(); // again: the timer's own thread may still be dropping what was cancelled
                        return result.get() == null;
                    },
                    LET_GO);
        }

        private static CompletableFuture<Integer> ended() {
            CellChannel<Integer> idle = new CellChannel<>(0, 1, null);
            CompletableFuture<Integer> result =
                    Select.firstAsync(Select.receive(idle, e -> e), Select.timeout(Duration.ofDays(1), () -> 0));
            assertTrue(result.isCancelled());
            return result;
        }
    }

    private static Runnable scene(String with) {
        return Mutant.of(AsyncSelection.class, START, with).body(Ended.class);
    }

    @Test
    void endsBeforeItsTimerIsSeen_isLetGo() {
        scene("handle.cancel(false); " + START).run();
    }

    @Test
    @Tag("mutant")
    void timerIsNotLookedAtAgain_isRejected() {
        Runnable scene = scene("handle.cancel(false); " + START.replace("!isPending()", "false"));
        assertThrows(AssertionError.class, scene::run);
    }
}
