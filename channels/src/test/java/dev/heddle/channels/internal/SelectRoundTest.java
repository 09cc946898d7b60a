// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.testkit.Await;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Covers channels 13, 14, 22: what others do while a select leaves its waiters, which is no single step. */
@Timeout(300)
class SelectRoundTest {
    /** A clause that runs something when it is its turn to leave a waiter, and never leaves one. */
    private static final class Turn extends SelectClause<Integer> {
        private final Body body;
        private Selection<?> selection;
        private int rounds;

        Turn(Body body) {
            this.body = body;
        }

        @Override
        Object register(Selection<?> by, Selection.Round round, int index) {
            selection = by;
            return body.run(++rounds);
        }

        @Override
        Integer finish(Object result) {
            return -1;
        }
    }

    private interface Body {
        /** NOTHING, or something: the clause is chosen. */
        Object run(int round);
    }

    /** A select without a thread of its own. */
    private static final class Bare extends Selection<Integer> {
        private final Runnable whenDisturbed;

        Bare(Clauses<Integer> clauses, Runnable whenDisturbed) {
            super(clauses, false);
            this.whenDisturbed = whenDisturbed;
        }

        @Override
        AbortableFuture<?> wake(AbortableFuture<?> chain) {
            clear(((Choice) state()).by());
            return chain;
        }

        @Override
        void runAgain() {
            whenDisturbed.run();
        }

        @Override
        void postpone() {}
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static Clauses<Integer> clauses(SelectClause<Integer>... clauses) {
        return new Clauses<>(clauses, false);
    }

    private static SelectClause<Integer> receive(Selectable<Integer> channel) {
        return new SelectClause.Receive<Integer, Integer>(channel, e -> e);
    }

    private static SelectClause<Integer> send(Selectable<Integer> channel) {
        return new SelectClause.Send<Integer, Integer>(channel, 1, () -> -1);
    }

    @Test
    void cancel_whileARoundIsDisturbed_waitsForItsEnd() throws Exception {
        CellChannel<Integer> c = Shapes.channel(0, 1);
        CountDownLatch inRound = new CountDownLatch(1);
        List<CompletableFuture<Integer>> select = new ArrayList<>();
        Turn turn = new Turn(round -> {
            if (round == 1) {
                return SelectClause.NOTHING;
            }
            inRound.countDown();
            int[] looks = {0};
            Await.until(() -> select.get(0).isCancelled() || looks[0]++ == 100);
            return CellState.DONE;
        });
        select.add(AsyncSelection.select(clauses(receive(c), turn)));
        FutureTask<Boolean> cancelled = new FutureTask<>(() -> {
            inRound.await();
            assertFalse(c.trySend(1)); // it meets the waiter of the round
            return select.get(0).cancel(false);
        });
        ThreadKind.PLATFORM.start(cancelled);
        turn.selection.disturb();
        assertFalse(cancelled.get());
        assertEquals(-1, Await.value(select.get(0)));
        assertEquals(0, c.waitingReceivers());
    }

    @Test
    void rounds_thatAreDisturbed_leaveNoWaiter() {
        new DisturbedRounds().run();
    }

    @Test
    @Tag("mutant")
    void waitersOfTheRoundBefore_thatStay_areRejected() {
        Runnable rounds = Mutant.of(
                        Selection.class,
                        "                clearWaiters(null);\n                Choice",
                        "                Choice")
                .body(DisturbedRounds.class);
        assertThrows(AssertionError.class, rounds::run);
    }

    @Test
    void cancel_inARound_fails() throws Exception {
        List<CompletableFuture<Integer>> select = new ArrayList<>();
        Turn turn = new Turn(round -> {
            assertFalse(round == 2 && select.get(0).cancel(false));
            return round == 1 ? SelectClause.NOTHING : CellState.DONE;
        });
        select.add(AsyncSelection.select(clauses(receive(Shapes.channel(0, 1)), turn)));
        turn.selection.disturb();
        assertEquals(-1, Await.value(select.get(0)));
    }

    @Test
    void dependent_ofWhatARoundServes_runsAfterIt() throws Exception {
        CellChannel<Integer> full = Shapes.channel(1, 1);
        List<CompletableFuture<Integer>> select = new ArrayList<>();
        CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
        Turn turn = new Turn(round -> {
            if (round == 2) {
                assertTrue(full.trySend(1));
                full.sendAsync(2).thenRun(() -> cancelled.complete(cancelElsewhere(select.get(0))));
            }
            return SelectClause.NOTHING;
        });
        select.add(AsyncSelection.select(clauses(turn, receive(full))));
        turn.selection.disturb();
        assertFalse(Await.value(cancelled));
        assertEquals(1, Await.value(select.get(0)));
        assertEquals(2, full.receive());
    }

    private static boolean cancelElsewhere(CompletableFuture<?> future) {
        FutureTask<Boolean> cancel = new FutureTask<>(() -> future.cancel(false));
        ThreadKind.PLATFORM.start(cancel);
        try {
            return cancel.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void timeout_whileARoundLasts_isChosen() {
        Turn turn = new Turn(round -> SelectClause.NOTHING);
        Bare[] bare = {null};
        SelectClause<Integer> slow = new Turn(round -> {
            Await.until(() -> bare[0].deadline().passed());
            return SelectClause.NOTHING;
        });
        bare[0] = new Bare(clauses(turn, slow, new SelectClause.Timeout<>(1_000_000, () -> 0)), () -> {});
        assertNull(bare[0].attempt());
        assertEquals(2, ((Selection.Choice) bare[0].state()).clause());
    }

    @Test
    void bothWays_chosenWhileItLooksForOthers_isChosenOnce() throws Exception {
        CellChannel<Integer> c = Shapes.channel(0, 1);
        CellChannel<Integer> d = Shapes.channel(0, 1);
        Bare other = new Bare(clauses(receive(d), send(d)), () -> assertTrue(c.trySend(7)));
        Turn turn = new Turn(round -> {
            assertNull(other.attempt()); // waits: nobody is at d yet
            return SelectClause.NOTHING;
        });
        Bare select = new Bare(clauses(turn, receive(c), send(c), receive(d)), () -> {});
        assertNull(select.attempt());
        assertEquals(7, ((Selection.Choice) select.state()).result());
        assertNull(c.twoWays);
        assertEquals(0, d.waitingReceivers());
    }

    @Test
    void bothWaysOnTwo_chosenByWhomItMakesTryAgain_isChosenOnce() {
        CellChannel<Integer> c = Shapes.channel(0, 1);
        CellChannel<Integer> e = Shapes.channel(0, 1);
        Bare later = new Bare(clauses(receive(c), send(c)), () -> assertTrue(e.trySend(7)));
        Turn turn = new Turn(round -> {
            if (round == 1) {
                assertNull(later.attempt());
            }
            return SelectClause.NOTHING;
        });
        Bare select = new Bare(clauses(turn, receive(c), send(c), receive(e), send(e)), () -> {});
        assertNull(select.attempt());
        assertEquals(7, ((Selection.Choice) select.state()).result());
        assertNull(e.twoWays);
        assertEquals(1, c.twoWays.length);
    }
}
