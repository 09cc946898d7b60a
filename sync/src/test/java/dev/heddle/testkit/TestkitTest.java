// SPDX-License-Identifier: Apache-2.0
package dev.heddle.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Threads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tools of the tests do what the tests trust them to do. */
class TestkitTest {
    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void start_eachKind_runsOnThatKind(ThreadKind kind) {
        Thread[] ran = new Thread[1];
        Thread thread = kind.start(() -> ran[0] = Thread.currentThread());
        Await.ended(thread);
        assertEquals(thread, ran[0]);
        assertEquals(kind == ThreadKind.VIRTUAL, Threads.isVirtual(thread));
    }

    @ParameterizedTest
    @MethodSource("dev.heddle.testkit.ThreadKind#available")
    void parked_waitingThread_returns(ThreadKind kind) {
        var gate = new CountDownLatch(1);
        Thread thread = kind.start(() -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        Await.parked(thread);
        gate.countDown();
        Await.ended(thread);
    }

    @Test
    void until_conditionNeverHolds_failsWithThreadDump() {
        var failure = assertThrows(AssertionError.class, () -> Await.until(() -> false, Duration.ofMillis(5)));
        assertTrue(failure.getMessage().contains("until_conditionNeverHolds"), failure::getMessage);
    }

    @Test
    void until_interruptedCaller_keepsTheFlag() {
        var polls = new int[1];
        Thread.currentThread().interrupt();
        Await.until(() -> ++polls[0] > 200);
        assertTrue(Thread.interrupted());
    }

    /** Opens a latch; true if it was stopped before it did. */
    static final class Opening implements IntPredicate {
        @Override
        public boolean test(int at) {
            var latch = new dev.heddle.sync.CountDownLatch(1);
            Stall stall = Stall.start(at, latch::countDown);
            boolean early = stall.isStopped() && latch.getCount() == 1;
            stall.release();
            assertEquals(0, latch.getCount());
            return early;
        }
    }

    @Test
    void stall_anyStep_stopsBeforeIt() throws ReflectiveOperationException {
        var constructor = Stall.copy(Opening.class).getDeclaredConstructor();
        constructor.setAccessible(true);
        IntPredicate opening = (IntPredicate) constructor.newInstance();
        assertTrue(opening.test(0));
        assertFalse(opening.test(1_000), "it has not so many steps");
    }
}
