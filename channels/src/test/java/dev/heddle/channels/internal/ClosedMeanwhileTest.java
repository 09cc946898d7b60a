// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Stall;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers channels 7, 11: an element whose sender was before the close is not lost by a receiver that was slow. */
@Timeout(60)
class ClosedMeanwhileTest {
    private static int everyStep(Class<?> scene, int capacity, int segment) {
        int at = 0;
        while (make(scene, capacity, segment).apply(at) != null) { // ends: when the operation has no more steps
            at++;
        }
        return at;
    }

    @SuppressWarnings("unchecked") // the scene is one
    private static IntFunction<String> make(Class<?> scene, int capacity, int segment) {
        try {
            Constructor<?> constructor = scene.getDeclaredConstructor(int.class, int.class);
            constructor.setAccessible(true);
            return (IntFunction<String>) constructor.newInstance(capacity, segment);
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 2", "1, 1", "2, 2", "2147483647, 2"})
    void element_sentToASlowReceiverBeforeTheClose_isReceived(int capacity, int segment) {
        int steps = everyStep(Stall.copy(ClosedMeanwhileScene.class), capacity, segment);
        assertTrue(steps >= 3, steps + " steps only");
    }

    @Test
    @Tag("mutant")
    void closeThatIsTakenForOlderThanTheElement_isRejected() {
        Class<?> scene = Stall.copy(
                ClosedMeanwhileScene.class,
                Mutant.of(
                        CellReceives.class,
                        "return ticket < closing.sent ? null : CellState.CLOSED;",
                        "return CellState.CLOSED;"));
        assertThrows(AssertionError.class, () -> everyStep(scene, 0, 1));
    }
}
