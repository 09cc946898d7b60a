// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
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
    void take_byManyMembers_addsUpToTheTotal(Threads kind) throws InterruptedException {
        try (Crew crew = new Crew(kind, 7)) {
            for (int total : new int[] {0, 1, 6, 7, 16_383}) {
                Pot pot = crew.pot(total);
                AtomicInteger taken = new AtomicInteger();
                crew.play(member -> {
                    for (int helping = pot.take(); helping > 0; helping = pot.take()) {
                        taken.addAndGet(helping);
                    }
                });
                assertEquals(total, taken.get());
                assertEquals(0, pot.take());
            }
        }
    }
}
