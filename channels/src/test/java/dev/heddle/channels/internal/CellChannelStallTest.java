// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Stall;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Covers channels 7, 11, 12, 24: a thread that stops at any place of any operation. */
@Timeout(120)
class CellChannelStallTest {
    private static final int[] CAPACITIES = {0, 1, 2, Shapes.UNLIMITED};
    private static final Duration SHORT = Duration.ofMillis(500); // enough to see that nobody moves

    private static final Class<?> SCENE = Stall.copy(StallScene.class);

    /** Runs the scene for each step of the operation; gives how many there are. */
    private static int everyStep(Class<?> scene, StallScene.Victim victim, int capacity, int segment, Duration limit) {
        int most = 0;
        for (int at = 0; ; at++) { // ends: when the operation has no more steps
            String kept = make(scene, victim, capacity, segment, limit).apply(at);
            if (kept == null) {
                assertTrue(most <= victim.keeps(), victim + " kept " + most + " waiting");
                return at;
            }
            most = Math.max(most, Integer.parseInt(kept));
        }
    }

    @SuppressWarnings("unchecked") // the scene is one
    private static IntFunction<String> make(
            Class<?> scene, StallScene.Victim victim, int capacity, int segment, Duration limit) {
        try {
            Constructor<?> constructor =
                    scene.getDeclaredConstructor(String.class, int.class, int.class, Duration.class);
            constructor.setAccessible(true);
            return (IntFunction<String>) constructor.newInstance(victim.name(), capacity, segment, limit);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @EnumSource(StallScene.Victim.class)
    void operation_stoppedAnywhere_stopsNobodyElse(StallScene.Victim victim) {
        for (int capacity : CAPACITIES) {
            if (victim.fits(capacity)) {
                int steps = everyStep(SCENE, victim, capacity, 1 + capacity % 2, Await.LIMIT);
                assertTrue(steps >= 3, steps + " steps only");
            }
        }
    }

    // ---- mutants

    @Test
    @Tag("mutant")
    void receiverWaitsForTheSenderInFlight_isRejected() {
        rejected(
                CellReceives.class,
                "if (spinForSender(s, o)) {",
                "while (s.cell(o) == null) { Thread.onSpinWait(); } if (spinForSender(s, o)) {",
                StallScene.Victim.SEND,
                0);
    }

    @Test
    @Tag("mutant")
    void closingIsLeftToTheFirst_isRejected() {
        rejected(
                CellClosing.class,
                "private void finish(Closing c) {",
                "private final java.util.concurrent.atomic.AtomicBoolean begun = new java.util.concurrent.atomic.AtomicBoolean();"
                        + " private void finish(Closing c) {"
                        + " if (begun.getAndSet(true)) { while (!c.told) { Thread.onSpinWait(); } return; }",
                StallScene.Victim.CLOSE,
                1);
    }

    @Test
    @Tag("mutant")
    void windowIsLeftToWhoEndedIt_isRejected() {
        rejected(
                CellWindows.class,
                "return w;\n            }\n            leave();",
                "return w;\n            }\n            Thread.onSpinWait();",
                StallScene.Victim.RECEIVE_IN_WINDOW,
                1);
    }

    private static void rejected(Class<?> original, String text, String fault, StallScene.Victim victim, int capacity) {
        Class<?> scene = Stall.copy(StallScene.class, Mutant.of(original, text, fault));
        AssertionError hung = assertThrows(AssertionError.class, () -> everyStep(scene, victim, capacity, 1, SHORT));
        assertTrue(hung.getMessage().contains("condition not met"), hung::getMessage);
    }
}
