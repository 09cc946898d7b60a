// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.Reach;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One primitive, what a storm does to it, and what must hold then. */
abstract class Scenario {
    /** The first failure of a worker, or of a dependent, which no caller sees. */
    final AtomicReference<Throwable> fault = new AtomicReference<>();

    /** Futures whose outcome nobody has seen yet. */
    private final AtomicInteger open = new AtomicInteger();

    /** One random operation, and whatever gives its gain back. An interrupt may end it. */
    abstract void act(Dice dice) throws Exception;

    /** Lets go who waits for events that no longer come. Called again and again until all workers have ended. */
    void finish() {}

    /** When nobody is at work any more: what must hold. Leaves the primitive as it was. */
    abstract void check() throws Exception;

    /** What holds for every scenario, then {@link #check}. */
    final void checkAll() throws Exception {
        Await.until(() -> open.get() == 0);
        check();
    }

    /**
     * Waits for the future, gives it up, or leaves it to whatever completes it. In the end {@code use} has run once if
     * the future was granted, and never otherwise.
     */
    final <T> void settle(CompletableFuture<T> future, Dice dice, Consumer<T> use) throws Exception {
        switch (dice.below(4)) {
            case 0 -> leave(future, use);
            case 1 -> leave(future.orTimeout(dice.nanos(), TimeUnit.NANOSECONDS), use);
            case 2 -> giveUp(future, use);
            default -> {
                try {
                    future.get(dice.nanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException | TimeoutException e) {
                    giveUp(future, use);
                    return;
                }
                use.accept(future.join());
            }
        }
    }

    private static <T> void giveUp(CompletableFuture<T> future, Consumer<T> use) {
        if (!future.cancel(true)) {
            use.accept(future.join()); // the grant was faster
        }
    }

    private <T> void leave(CompletableFuture<T> future, Consumer<T> use) {
        open.incrementAndGet();
        CompletableFuture<T> seen = future.whenComplete((value, failure) -> {
            try {
                if (failure == null) {
                    use.accept(value);
                }
            } catch (Throwable broken) {
                fault.compareAndSet(null, broken);
                throw broken;
            } finally {
                open.decrementAndGet();
            }
        });
        seen.isDone(); // nobody waits for it
    }

    /** Asserts that all but a few segments of the queues of {@code subject} are garbage. */
    static void assertFewSegments(Object subject) {
        int segments = Reach.segments(subject);
        assertTrue(segments <= Reach.FEW, () -> segments + " segments kept by " + subject);
    }
}
