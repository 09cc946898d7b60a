// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.testkit.Alarm;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Race;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers channels 13, 15: a thread that waits for a place to keep, against a receive that makes room, and an interrupt. */
@Tag("lincheck")
class ReserveInterleavingTest {
    /** Room is made while a thread begins to wait for it: it gets one place, whichever way. */
    static class Receive extends Race {
        @Override
        public void run() {
            check(false);
        }

        /** Whatever has happened: the channel has one place. */
        static void check(boolean interrupts) {
            var channel = new CellChannel<Integer>(1, 1, null);
            channel.trySend(1);
            CellState[] result = {CellState.TIMED_OUT};
            Thread reserver = start(() -> result[0] = channel.keepRoom(new Alarm())); // it never rings
            if (interrupts) {
                reserver.interrupt();
            }
            Integer got = channel.tryReceive();
            join(reserver);
            expect(got != null && got == 1, got);
            expect(result[0] == null || (interrupts && result[0] == CellState.INTERRUPTED), result[0]);
            if (result[0] == null) {
                expect(!channel.trySend(2), "a place too many: " + channel);
                channel.giveBack();
            }
            expect(channel.trySend(3), "no room: " + channel);
            expect(!channel.trySend(4), "too much room: " + channel);
            expect(channel.reserverLine().waiting() == 0, "somebody waits");
        }
    }

    /** The same, and the waiting thread is interrupted. */
    static final class Interrupt extends Receive {
        @Override
        public void run() {
            check(true);
        }
    }

    @Test
    void reserve_roomIsMade_oneIsKept() {
        Checks.interleave(new Receive());
    }

    @Test
    void reserve_roomIsMadeAndInterrupted_oneIsKeptOrNone() {
        Checks.interleave(new Interrupt());
    }

    @Test
    @Tag("mutant")
    void whoFoundRoomStaysInTheLine_isRejected() {
        rejected(CellReservations.class, "if (!me.abort() && free == null", "if (free == null", Receive.class);
    }

    @Test
    @Tag("mutant")
    void grantBesideAnInterruptIsLost_isRejected() {
        rejected(
                CellReservations.class,
                "if (free == null || me.verdict() == KEPT) {",
                "if (free == null || (me.verdict() == KEPT && !Thread.currentThread().isInterrupted())) {",
                Interrupt.class);
    }

    private static void rejected(Class<?> original, String text, String fault, Class<? extends Runnable> race) {
        Checks.interleavingRejected(Mutant.of(original, text, fault).body(race), Checks.EXCEPTION);
    }
}
