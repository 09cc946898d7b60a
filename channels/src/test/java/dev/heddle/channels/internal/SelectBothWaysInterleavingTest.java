// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Select;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers channels 2, 14: threads that select in both directions on one channel without a buffer. */
@Tag("lincheck")
class SelectBothWaysInterleavingTest {
    private static CellChannel<Integer> channel() {
        return new CellChannel<>(0, 1, null);
    }

    /** Two selects in both directions on one channel. */
    static final class BothWays extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> c = channel();
            Integer[] got = new Integer[2];
            Thread one = start(() -> got[0] = Select.first(Select.send(c, 1, () -> -1), Select.receive(c, e -> e)));
            got[1] = select(Select.send(c, 2, () -> -2), Select.receive(c, e -> e));
            join(one);
            expect(got[0] + got[1] == 0, got[0] + " " + got[1]);
            expect(c.twoWays == null && c.tryReceive() == null, c);
        }
    }

    /** A select in both directions and a receiver that waits. */
    static final class BothWaysAndOne extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> c = channel();
            Integer[] got = new Integer[2];
            Thread one = start(() -> got[0] = Select.first(Select.receive(c, e -> e), Select.send(c, 1, () -> -1)));
            got[1] = c.receiveUninterruptibly();
            join(one);
            expect(got[0] == -1 && got[1] == 1, got[0] + " " + got[1]);
        }
    }

    /** A select in both directions, and one that receives from the same channel or another. */
    static final class BothWaysAndSelect extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> c = channel();
            CellChannel<Integer> idle = channel();
            Integer[] got = new Integer[2];
            Thread one = start(() -> got[0] = Select.first(Select.receive(c, e -> e), Select.send(c, 1, () -> -1)));
            got[1] = select(Select.receive(c, e -> e), Select.receive(idle, e -> e));
            join(one);
            expect(got[0] == -1 && got[1] == 1, got[0] + " " + got[1]);
            expect(idle.waitingReceivers() == 0, idle);
        }
    }

    @Test
    void bothWays_twice_pair() {
        Checks.interleave(new BothWays());
    }

    @Test
    void bothWays_andAReceiver_pair() {
        Checks.interleave(new BothWaysAndOne());
    }

    @Test
    void bothWays_andAnotherSelect_pair() {
        Checks.interleave(new BothWaysAndSelect());
    }

    // ---- mutants

    @Test
    @Tag("mutant")
    void waitingReceiverDoesNotPoke_isRejected() {
        rejected(CellReceives.class, "pokeTwoWays(waiter);", "", BothWaysAndOne.class);
    }

    @Test
    @Tag("mutant")
    void waitingSelectDoesNotPoke_isRejected() {
        rejected(
                Selection.class,
                "channel && !isTwoWay(clauses.get(i))) {",
                "channel && i < 0) {",
                BothWaysAndSelect.class);
    }

    @Test
    @Tag("mutant")
    void listedSelectsDoNotLookForEachOther_isRejected() {
        rejected(
                TwoWay.class,
                "if (other.selection != selection && other.selection.isWaiting()) {",
                "if (other == null) {",
                BothWays.class);
    }

    @Test
    @Tag("mutant")
    void olderSelectLeavesTheYoungerAlone_isRejected() {
        rejected(TwoWay.class, "other.selection.disturb();", "", BothWays.class);
    }

    @Test
    @Tag("mutant")
    void youngerSelectDoesNotTryAgain_isRejected() {
        rejected(
                TwoWay.class,
                "                    return false;\n                }\n                other.",
                "                    continue;\n                }\n                other.",
                BothWays.class);
    }

    @Test
    @Tag("mutant")
    void listedSelectDoesNotTryAgain_isRejected() {
        rejected(Selection.class, "chosen = twoWays.length == 0 ? null : clauses.attempt();", "", BothWaysAndOne.class);
    }

    private static void rejected(Class<?> original, String text, String fault, Class<? extends Runnable> race) {
        Checks.interleavingRejected(Mutant.of(original, text, fault).body(race), Checks.HUNG);
    }
}
