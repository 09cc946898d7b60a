// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The checkers accept a right counter and reject a wrong one, each for the right reason. */
@Tag("lincheck")
class ChecksTest {
    public static class RightCounter {
        private final AtomicInteger value = new AtomicInteger();

        @Operation
        public int increment() {
            return value.incrementAndGet();
        }
    }

    public static class LossyCounter {
        private volatile int value;

        @Operation
        public int increment() {
            int next = value + 1; // MUTANT: read and write are two steps
            value = next;
            return next;
        }
    }

    @Test
    void model_atomicCounter_passes() {
        Checks.model().check(RightCounter.class);
    }

    @Test
    void stress_atomicCounter_passes() {
        Checks.stress().check(RightCounter.class);
    }

    @Test
    void interleave_unparkedThread_passes() {
        Checks.interleave(() -> parkUntilSet());
    }

    @Test
    @Tag("mutant")
    void model_lossyCounter_isRejected() {
        Checks.rejected(Checks.mutant(), LossyCounter.class, Checks.INVALID_RESULTS);
    }

    @Test
    @Tag("mutant")
    void rejected_survivingMutant_fails() {
        Assertions.assertThrows(
                AssertionError.class,
                () -> Checks.rejected(Checks.mutant(), RightCounter.class, Checks.INVALID_RESULTS));
    }

    private static void parkUntilSet() {
        var set = new AtomicInteger();
        Thread waiter = new Thread(() -> {
            while (set.get() == 0) {
                LockSupport.park();
            }
        });
        waiter.start();
        set.set(1);
        LockSupport.unpark(waiter);
        try {
            waiter.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
