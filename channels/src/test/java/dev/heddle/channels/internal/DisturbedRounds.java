// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Segment;

/** A select is disturbed in a thousand rounds: the waiters of all but the last are taken out. */
public final class DisturbedRounds implements Runnable {
    private static final int ROUNDS = 1_000;
    private static final int MOST_SEGMENTS = 4; // of one cell: one for each counter, and one ahead

    private final CellChannel<Integer> channel = new CellChannel<>(0, 1, null);
    private int rounds;

    @Override
    public void run() {
        Bare select = bare(new SelectClause.Receive<Integer, Integer>(channel, e -> e), new Disturbing());
        Selection.Choice chosen = select.attempt();
        while (chosen == null) { // ends: with the last round
            chosen = select.attempt(); // it was postponed
        }
        assertEquals(1, chosen.clause());
        assertEquals(ROUNDS, rounds);
        assertEquals(0, channel.waitingReceivers());
        int segments = 0;
        for (Segment s = channel.start(CellWords.SEND); s != null; s = s.next()) {
            segments++;
        }
        assertTrue(segments <= MOST_SEGMENTS, segments + " segments");
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static Bare bare(SelectClause<Integer>... clauses) {
        return new Bare(new Clauses<>(clauses, false));
    }

    private final class Disturbing extends SelectClause<Integer> {
        @Override
        Object register(Selection<?> selection, Selection.Round round, int index) {
            selection.disturb();
            return ++rounds < ROUNDS ? NOTHING : CellState.DONE;
        }

        @Override
        Integer finish(Object result) {
            return -1;
        }
    }

    private static final class Bare extends Selection<Integer> {
        Bare(Clauses<Integer> clauses) {
            super(clauses, false);
        }

        @Override
        AbortableFuture<?> wake(AbortableFuture<?> chain) {
            throw new AssertionError("nobody chooses");
        }

        @Override
        void runAgain() {
            throw new AssertionError("it never waits");
        }

        @Override
        void postpone() {}
    }
}
