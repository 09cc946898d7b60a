// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Select;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers channels 1, 2, 14: threads that select, against each other and against those who do not. */
@Tag("lincheck")
class SelectInterleavingTest {
    private static CellChannel<Integer> channel(int capacity) {
        return new CellChannel<>(capacity, 1, null);
    }

    /** A send clause behind a full buffer loses, or wins, while room is made; the room stays what it was. */
    static final class LosingSender extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> full = channel(1);
            CellChannel<Integer> other = channel(0);
            full.trySend(0);
            Integer[] got = new Integer[2];
            Thread select =
                    start(() -> got[0] = Select.first(Select.send(full, 1, () -> 0), Select.receive(other, e -> e)));
            Thread receiver = start(() -> got[1] = full.receive());
            boolean offered = other.trySend(7);
            join(select, receiver);
            expect(got[0] == (offered ? 7 : 0) && got[1] == 0, got[0] + " " + got[1]);
            expect(offered || full.tryReceive() == 1, full);
            expect(full.trySend(2) && !full.trySend(3), full);
        }
    }

    /** A send clause loses beyond the limit, behind a sender that waits. */
    static final class LosingBehindAnother extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> full = channel(1);
            CellChannel<Integer> other = channel(0);
            full.trySend(0);
            CompletableFuture<Void> before = full.sendAsync(1);
            Integer[] got = new Integer[1];
            Thread select =
                    start(() -> got[0] = Select.first(Select.send(full, 2, () -> 0), Select.receive(other, e -> e)));
            boolean offered = other.trySend(7);
            int sum = full.tryReceive() + full.receiveUninterruptibly() + (offered ? 0 : full.receiveUninterruptibly());
            join(select);
            expect(got[0] == (offered ? 7 : 0) && sum == (offered ? 1 : 3) && before.isDone(), got[0] + " " + sum);
            expect(full.trySend(3) && !full.trySend(4), full); // first: a receive would pass a dead cell
        }
    }

    /** Two selects with the same two channels, one for each direction. */
    static final class Crossing extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> a = channel(0);
            CellChannel<Integer> b = channel(0);
            Integer[] got = new Integer[2];
            Thread sender = start(() -> got[0] = Select.first(Select.send(a, 1, () -> 1), Select.send(b, 2, () -> 2)));
            got[1] = select(Select.receive(b, e -> e), Select.receive(a, e -> e));
            join(sender);
            expect(got[0].equals(got[1]), got[0] + " " + got[1]);
            expect(a.tryReceive() == null && b.tryReceive() == null && !a.trySend(3) && !b.trySend(3), a + " " + b);
        }
    }

    /** An element for a conflated channel, and one for another. */
    static final class Conflated extends SelectRace {
        @Override
        public void run() {
            ConflatedChannel<Integer> slot = new ConflatedChannel<>(null, 1);
            CellChannel<Integer> other = channel(0);
            Integer[] got = new Integer[1];
            Thread select =
                    start(() -> got[0] = Select.first(Select.receive(slot, e -> e), Select.receive(other, e -> e)));
            boolean[] offered = new boolean[1];
            Thread offer = start(() -> offered[0] = other.trySend(7));
            slot.trySend(1);
            join(select, offer);
            Integer left = slot.tryReceive();
            expect(got[0] == (offered[0] ? 7 : 1) && (left == null) == (got[0] == 1), got[0] + " " + left);
            expect(slot.waitingReceivers() == 0, slot);
        }
    }

    @Test
    void send_losesWhileRoomIsMade_losesNoRoom() {
        Checks.interleave(new LosingSender());
    }

    @Test
    void send_losesBehindAnother_losesNoRoom() {
        Checks.interleave(new LosingBehindAnother());
    }

    @Test
    void selects_onEachOther_pair() {
        Checks.interleave(new Crossing());
    }

    @Test
    void conflated_twoElements_takesOne() {
        Checks.interleave(new Conflated());
    }

    // ---- mutants

    @Test
    @Tag("mutant")
    void registeringSelectIsNotDisturbed_isRejected() {
        rejected(Selection.class, "} else if (s != round) {", "} else if (s != null) {", Crossing.class, Checks.HUNG);
    }

    @Test
    @Tag("mutant")
    void losingSenderBelowTheLimitIsNotCounted_isRejected() {
        rejected(
                CellWindows.class,
                "breakCell(lost.segment(), lost.offset(), lost);",
                "abandonCell(lost);",
                LosingSender.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void receiverOfASlotLeavesWithoutAWord_isRejected() {
        rejected(SelectSlot.class, "        selection.disturb();\n", "", Conflated.class, Checks.HUNG);
    }

    private static void rejected(
            Class<?> original, String text, String fault, Class<? extends Runnable> race, String kind) {
        Checks.interleavingRejected(Mutant.of(original, text, fault).body(race), kind);
    }
}
