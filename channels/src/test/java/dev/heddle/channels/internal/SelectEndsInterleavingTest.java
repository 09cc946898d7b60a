// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Select;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers channels 11, 13, 14: a select that a future, a close, an interrupt or a cancel ends, beside a partner. */
@Tag("lincheck")
class SelectEndsInterleavingTest {
    private static final int CLOSED = -1;
    private static final int INTERRUPTED = -2;
    private static final int TIME_UP = -3;
    private static final String START_TIMER =
            "t.completeOnTimeout(null, deadline().remaining(), TimeUnit.NANOSECONDS);";
    private static final String TIMER_THAT_DOES_NOT_WAIT = "new Thread(this::timeUp).start();";

    private static CellChannel<Integer> channel(int capacity) {
        return new CellChannel<>(capacity, 1, null);
    }

    /** The result of a select, or how it failed. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static int outcome(Select.Clause<Integer>... clauses) {
        try {
            return Select.first(clauses);
        } catch (ChannelClosedException e) {
            return CLOSED;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        }
    }

    /** Nobody waits, and nothing is to be had. */
    private static void expectIdle(CellChannel<Integer> channel) {
        SelectRace.expect(channel.waitingReceivers() == 0 && channel.waitingSenders() == 0, channel);
        SelectRace.expect(channel.tryReceive() == null && !channel.trySend(9), channel);
    }

    /** A future completes while a select comes to wait for it. */
    static final class Future extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> other = channel(0);
            CompletableFuture<Integer> future = new CompletableFuture<>();
            Thread completing = start(() -> future.complete(5));
            int got = outcome(Select.receive(other, e -> e), Select.future(future, v -> v));
            join(completing);
            expect(got == 5, got);
            expectIdle(other);
        }
    }

    /** The same beside a sender: one of them is chosen, and the element is taken or not. */
    static final class FutureAndSender extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> other = channel(0);
            CompletableFuture<Integer> future = new CompletableFuture<>();
            int[] got = new int[1];
            Thread selecting =
                    start(() -> got[0] = outcome(Select.receive(other, e -> e), Select.future(future, v -> v)));
            Thread completing = start(() -> future.complete(5));
            boolean offered = other.trySend(7);
            join(selecting, completing);
            expect(got[0] == (offered ? 7 : 5), got[0] + " " + offered);
            expectIdle(other);
        }
    }

    /** One of two channels is closed beside a sender of the other. */
    static final class Close extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> closed = channel(0);
            CellChannel<Integer> other = channel(0);
            int[] got = new int[1];
            Thread selecting =
                    start(() -> got[0] = outcome(Select.receive(closed, e -> e), Select.receive(other, e -> e)));
            Thread closing = start(closed::close);
            boolean offered = other.trySend(7);
            join(selecting, closing);
            expect(got[0] == (offered ? 7 : CLOSED), got[0] + " " + offered);
            expectIdle(other);
        }
    }

    /** The channel of both clauses is cancelled while a select comes to wait. */
    static final class CancelOfBothWays extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> cancelled = channel(0);
            Thread cancelling = start(cancelled::cancel);
            int got = outcome(Select.send(cancelled, 1, () -> 1), Select.receive(cancelled, e -> e));
            join(cancelling);
            expect(got == CLOSED, got);
            expect(cancelled.twoWays == null, cancelled);
        }
    }

    /** The thread is interrupted beside a sender: an element that was taken is given, and the interrupt kept. */
    static final class Interrupt extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> one = channel(0);
            CellChannel<Integer> other = channel(0);
            int[] got = new int[1];
            boolean[] interrupted = new boolean[1];
            Thread selecting = start(() -> {
                got[0] = outcome(Select.receive(one, e -> e), Select.receive(other, e -> e));
                interrupted[0] = Thread.interrupted();
            });
            selecting.interrupt();
            boolean offered = other.trySend(7);
            join(selecting);
            expect(got[0] == (offered ? 7 : INTERRUPTED), got[0] + " " + offered);
            expect(interrupted[0] == offered, "interrupted: " + interrupted[0]);
            expectIdle(one);
            expectIdle(other);
        }
    }

    /** The same of a select of both ways, which a receiver makes try again. */
    static final class InterruptOfBothWays extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> c = channel(0);
            int[] got = new int[1];
            Thread selecting = start(() -> got[0] = outcome(Select.send(c, 1, () -> 1), Select.receive(c, e -> e)));
            CompletableFuture<Integer> receiver = c.receiveAsync();
            selecting.interrupt();
            join(selecting);
            expect(got[0] == (receiver.isDone() ? 1 : INTERRUPTED), got[0] + " " + receiver);
            expect(!receiver.isDone() || receiver.join() == 1, receiver);
            receiver.cancel(false);
            expect(c.twoWays == null, c);
            expectIdle(c);
        }
    }

    /** A channel with an element that is offered by a select is cancelled, with a hook: it is received, or handed to that. */
    static final class CancelOfASend extends SelectRace {
        @Override
        public void run() {
            int[] handed = new int[1];
            CellChannel<Integer> full = new CellChannel<>(1, 1, e -> handed[0] += e);
            CellChannel<Integer> other = channel(0);
            full.trySend(10);
            int[] got = new int[1];
            Thread selecting =
                    start(() -> got[0] = outcome(Select.send(full, 100, () -> 1), Select.receive(other, e -> e)));
            Thread cancelling = start(full::cancel);
            Integer taken = tryReceive(full);
            join(selecting, cancelling);
            int met = (taken == null ? 0 : taken) + handed[0];
            expect(met == 110, got[0] + " " + taken + " " + handed[0]);
            expect(got[0] == 1 || got[0] == CLOSED, got[0]);
            expect(other.waitingReceivers() == 0, other);
        }

        private static Integer tryReceive(CellChannel<Integer> channel) {
            try {
                return channel.tryReceive();
            } catch (ChannelClosedException e) {
                return null;
            }
        }
    }

    /** Two selects wait for one future, beside a sender to one of them. */
    static final class SharedFuture extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> one = channel(0);
            CompletableFuture<Integer> future = new CompletableFuture<>();
            int[] got = new int[2];
            Thread first = start(() -> got[0] = outcome(Select.receive(one, e -> e), Select.future(future, v -> v)));
            Thread second = start(() -> got[1] = outcome(Select.future(future, v -> v + 1)));
            boolean offered = one.trySend(7);
            future.complete(5);
            join(first, second);
            expect(got[0] == (offered ? 7 : 5) && got[1] == 6, got[0] + " " + got[1]);
            expectIdle(one);
        }
    }

    /** A conflated channel is closed while a select comes to wait for it. */
    static final class CloseOfASlot extends SelectRace {
        @Override
        public void run() {
            ConflatedChannel<Integer> slot = new ConflatedChannel<>(null, 1);
            CellChannel<Integer> other = channel(0);
            Thread closing = start(slot::close);
            int got = outcome(Select.receive(slot, e -> e), Select.receive(other, e -> e));
            join(closing);
            expect(got == CLOSED, got);
            expect(slot.waitingReceivers() == 0, slot);
            expectIdle(other);
        }
    }

    /** The future of a select is cancelled beside a sender: one of the two has its way. */
    static final class Cancel extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> one = channel(0);
            CellChannel<Integer> other = channel(0);
            CompletableFuture<Integer> result =
                    Select.firstAsync(Select.receive(one, e -> e), Select.receive(other, e -> e));
            boolean[] offered = new boolean[1];
            Thread sending = start(() -> offered[0] = other.trySend(7));
            boolean cancelled = result.cancel(false);
            join(sending);
            expect(cancelled != offered[0], cancelled + " " + offered[0]);
            expect(cancelled || result.join() == 7, result);
            expectIdle(one);
            expectIdle(other);
        }
    }

    /** A future completes while a select comes to wait for it, and it is a future that waits for the select. */
    static final class FutureOfAnAsyncSelect extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> other = channel(0);
            CompletableFuture<Integer> future = new CompletableFuture<>();
            Thread completing = start(() -> future.complete(5));
            CompletableFuture<Integer> result =
                    Select.firstAsync(Select.receive(other, e -> e), Select.future(future, v -> v));
            join(completing);
            expect(result.isDone() && result.join() == 5, result);
            expectIdle(other);
        }
    }

    /** One of two channels of such a select is closed beside a sender of the other. */
    static final class CloseOfAnAsyncSelect extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> closed = channel(0);
            CellChannel<Integer> other = channel(0);
            Thread closing = start(closed::close);
            CompletableFuture<Integer> result =
                    Select.firstAsync(Select.receive(closed, e -> e), Select.receive(other, e -> e));
            boolean offered = other.trySend(7);
            join(closing);
            expect(result.isDone() && result.isCompletedExceptionally() != offered, result + " " + offered);
            expect(!offered || result.join() == 7, result);
            expectIdle(other);
        }
    }

    /** The time is up beside a sender; the timer is a thread that does not wait. */
    static final class TimeUp extends SelectRace {
        @Override
        public void run() {
            CellChannel<Integer> one = channel(0);
            boolean[] offered = new boolean[1];
            Thread sending = start(() -> offered[0] = one.trySend(7));
            CompletableFuture<Integer> result =
                    Select.firstAsync(Select.receive(one, e -> e), Select.timeout(Duration.ofHours(1), () -> TIME_UP));
            join(sending);
            expect(result.join() == (offered[0] ? 7 : TIME_UP), result + " " + offered[0]);
            expectIdle(one);
        }
    }

    @Test
    void future_completesMeanwhile_isMet() {
        Checks.interleave(new Future());
    }

    @Test
    void future_besideASender_oneIsChosen() {
        Checks.interleave(new FutureAndSender());
    }

    @Test
    void close_besideASender_oneIsMet() {
        Checks.interleave(new Close());
    }

    @Test
    void cancel_ofTheChannelOfBothClauses_isMet() {
        Checks.interleave(new CancelOfBothWays());
    }

    @Test
    void interrupt_besideASender_losesNoElement() {
        Checks.interleave(new Interrupt());
    }

    @Test
    void interrupt_ofBothWays_leavesNothing() {
        Checks.interleave(new InterruptOfBothWays());
    }

    @Test
    void cancel_ofTheChannelOfASend_losesNoElement() {
        Checks.interleave(new CancelOfASend());
    }

    @Test
    void future_ofTwoSelects_isMetByBoth() {
        Checks.interleave(new SharedFuture());
    }

    @Test
    void close_ofASlot_isMet() {
        Checks.interleave(new CloseOfASlot());
    }

    @Test
    void future_ofAnAsyncSelect_isMet() {
        Checks.interleave(new FutureOfAnAsyncSelect());
    }

    @Test
    void close_ofAChannelOfAnAsyncSelect_isMet() {
        Checks.interleave(new CloseOfAnAsyncSelect());
    }

    @Test
    void timeUp_besideASender_oneIsChosen() {
        Checks.interleave(Mutant.of(AsyncSelection.class, START_TIMER, TIMER_THAT_DOES_NOT_WAIT)
                .body(TimeUp.class));
    }

    @Test
    void cancel_besideASender_losesNoElement() {
        Checks.interleave(new Cancel());
    }

    // ---- mutants

    @Test
    @Tag("mutant")
    void futureIsNotAskedAgain_isRejected() {
        rejected(Selection.class, "int done = clauses.doneFuture();", "int done = -1;", Future.class, Checks.HUNG);
    }

    @Test
    @Tag("mutant")
    void selectOfBothWaysIsNotToldOfTheEnd_isRejected() {
        rejected(
                CellClosing.class,
                "        pokeTwoWays(null);\n        c.told = true;",
                "        c.told = true;",
                CancelOfBothWays.class,
                Checks.HUNG);
    }

    @Test
    @Tag("mutant")
    void cancelThatOverwritesAChoice_isRejected() {
        rejected(
                Selection.class,
                "                if (casState(s, GIVEN_UP)) {",
                "                state = GIVEN_UP;\n                if (s != null) {",
                Cancel.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void interruptThatLeavesASelectListed_isRejected() {
        rejected(
                BlockingSelection.class,
                "        if (Thread.interrupted()) {\n            clear(null);\n",
                "        if (Thread.interrupted()) {\n",
                InterruptOfBothWays.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void futureIsNotAskedAgainByAnAsyncSelect_isRejected() {
        rejected(
                Selection.class,
                "int done = clauses.doneFuture();",
                "int done = -1;",
                FutureOfAnAsyncSelect.class,
                Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void timeThatOverwritesAChoice_isRejected() {
        rejected(
                AsyncSelection.class,
                START_TIMER,
                "new Thread(() -> handle.settleAtOnce(clauses.get(clauses.indexOfTimeout()).finish(null))).start();",
                TimeUp.class,
                Checks.EXCEPTION);
    }

    private static void rejected(
            Class<?> original, String text, String fault, Class<? extends Runnable> race, String kind) {
        Checks.interleavingRejected(Mutant.of(original, text, fault).body(race), kind);
    }
}
