// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.ChildJvm;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers sync 22: a {@code StackOverflowError} at any depth of any operation leaves nothing half done. */
class StackOverflowTest {
    private static final String SHORT_TRACES = "-XX:MaxJavaStackTraceDepth=30"; // traces are most of the time

    /** Levels that differ by an interpreted frame are near enough to each other, and fewer. */
    private static final String[] WIDE_FRAMES = {
        "-XX:CompileCommand=quiet", "-XX:CompileCommand=exclude,dev.heddle.sync.EveryDepth::dive"
    };

    /** How code runs decides how much stack a call takes. */
    static Stream<Arguments> modes() {
        return Stream.of(
                Arguments.of("-XX:+TieredCompilation", 3),
                Arguments.of("-XX:TieredStopAtLevel=1", 2),
                Arguments.of("-Xint", 1));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void operations_atTheEndOfTheStack_doAllOrNothing(String mode, int rounds) {
        Stream.of(true, false)
                .map(fair -> CompletableFuture.runAsync(() -> run(mode, rounds, fair))) // side by side
                .toList()
                .forEach(CompletableFuture::join);
    }

    private static void run(String mode, int rounds, boolean fair) {
        String output = ChildJvm.run(
                StackOverflowProgram.class,
                List.of(mode, "-ea", "-Xmx64m", "-XX:+UseSerialGC", SHORT_TRACES, WIDE_FRAMES[0], WIDE_FRAMES[1]),
                String.valueOf(rounds),
                String.valueOf(fair));
        assertTrue(output.contains("rounds: " + rounds), output);
    }
}
