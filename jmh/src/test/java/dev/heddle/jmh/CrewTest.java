// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The threads of the batches, and their work. */
@Timeout(60)
class CrewTest {
    static Threads[] kinds() {
        return Arrays.stream(Threads.values()).filter(Threads::available).toArray(Threads[]::new);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void play_manyRounds_everyMemberPlaysEachOnce(Threads kind) throws InterruptedException {
        AtomicIntegerArray played = new AtomicIntegerArray(5);
        try (Crew crew = new Crew(kind, 5)) {
            for (int round = 1; round <= 1000; round++) {
                crew.play(played::incrementAndGet);
                for (int member = 0; member < 5; member++) {
                    assertEquals(round, played.get(member));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void play_memberFails_throwsItsFailure(Threads kind) {
        try (Crew crew = new Crew(kind, 3)) {
            Exception thrown = assertThrows(
                    IllegalStateException.class,
                    () -> crew.play(member -> {
                        if (member == 1) {
                            throw new IOException("torn");
                        }
                    }));
            assertEquals("torn", thrown.getCause().getMessage());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void share_ofAnyTotal_addsUpAndIsEven(Threads kind) {
        try (Crew crew = new Crew(kind, 7)) {
            for (int total : new int[] {0, 1, 6, 7, 16_384}) {
                int[] shares = IntStream.range(0, 7)
                        .map(member -> crew.share(total, member))
                        .toArray();
                assertEquals(total, Arrays.stream(shares).sum());
                assertTrue(Arrays.stream(shares).allMatch(share -> share == total / 7 || share == total / 7 + 1));
            }
        }
    }
}
