// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Race;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Covers channels 9: a receive that gives up is as if it had never been, also for a send that fails, or serves another,
 * while the receive still waits.
 */
@Tag("lincheck")
class GivenUpInterleavingTest {
    private static final int RECEIVERS = 2;

    /** What a step of a thread gave. Sends have elements above 0; 0 and below are receivers that give up. */
    private record Step(int what, boolean result) {}

    /** Two futures wait to receive; two threads send without waiting, and one of them gives up the first future. */
    static class AsIfNotThere extends Race {
        @Override
        public final void run() {
            var channel = new CellChannel<Integer>(0, 1, null);
            List<CompletableFuture<Integer>> receives = new ArrayList<>();
            for (int i = 0; i < RECEIVERS; i++) {
                receives.add(channel.receiveAsync());
            }
            List<Step> one = new ArrayList<>();
            List<Step> other = new ArrayList<>();
            Thread thread = start(() -> one.add(new Step(1, channel.trySend(1))));
            for (int element : sentFirst()) {
                other.add(new Step(element, channel.trySend(element)));
            }
            other.add(new Step(0, receives.get(0).cancel(false)));
            join(thread);
            List<Integer> got = new ArrayList<>();
            for (CompletableFuture<Integer> each : receives) {
                got.add(each.isDone() && !each.isCancelled() ? each.join() : null);
            }
            expect(explained(one, other, got), one + " beside " + other + " with " + got);
        }

        /** What the second thread sends before it gives up. */
        int[] sentFirst() {
            return new int[] {2, 3};
        }

        /** Whether those who did not give up explain it. */
        boolean explained(List<Step> one, List<Step> other, List<Integer> got) {
            int last = other.size() - 1;
            return explains(one, other.subList(0, last), got, other.get(last).result ? List.of(1) : List.of(0, 1));
        }

        /** Whether the steps, one after the other in some order, serve the receivers in theirs. */
        static boolean explains(List<Step> one, List<Step> other, List<Integer> got, List<Integer> waiting) {
            for (int at = 0; at <= other.size(); at++) {
                List<Step> steps = new ArrayList<>(other);
                steps.addAll(at, one);
                if (inOrder(steps, got, new ArrayDeque<>(waiting))) {
                    return true;
                }
            }
            return false;
        }

        private static boolean inOrder(List<Step> steps, List<Integer> got, Deque<Integer> waiting) {
            Integer[] served = new Integer[RECEIVERS];
            for (Step step : steps) {
                boolean result;
                if (step.what > 0) {
                    result = !waiting.isEmpty();
                    if (result) {
                        served[waiting.removeFirst()] = step.what;
                    }
                } else {
                    result = waiting.remove(-step.what);
                }
                if (result != step.result) {
                    return false;
                }
            }
            for (int i = 0; i < RECEIVERS; i++) {
                if (!Objects.equals(served[i], got.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The same, but giving up takes place when it is called, and who gave up stood in the line until then. */
    static final class AtOnePoint extends AsIfNotThere {
        @Override
        boolean explained(List<Step> one, List<Step> other, List<Integer> got) {
            return explains(one, other, got, List.of(0, 1));
        }
    }

    /** The shortest way to a receiver that gives up while it is served. */
    static final class GivesUpAtOnce extends AsIfNotThere {
        @Override
        int[] sentFirst() {
            return new int[0];
        }
    }

    @Test
    void trySend_receiverGivesUp_isAsIfItHadNotBeen() {
        Checks.interleave(new AsIfNotThere());
    }

    @Test
    @Tag("mutant")
    void receiverGivesUp_atOnePoint_isRejected() {
        Checks.interleavingRejected(new AtOnePoint(), Checks.EXCEPTION);
    }

    @Test
    @Tag("mutant")
    void elementForOneWhoGaveUpIsLost_isRejected() {
        Checks.interleavingRejected(
                Mutant.of(
                                CellSends.class,
                                "if (!receiver.claim(element)) { // it gave up",
                                "if (!receiver.claim(element) && element == null) {")
                        .body(GivesUpAtOnce.class),
                Checks.EXCEPTION);
    }
}
