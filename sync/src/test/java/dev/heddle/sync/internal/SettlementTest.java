// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Covers sync 4, 18, 23: settling granted futures, and futures whose outside completion is an abort. */
class SettlementTest {
    /** A future whose queue is one flag. */
    private static final class Slot extends AbortableFuture<Integer> {
        boolean waiting = true;
        int asked;

        @Override
        protected boolean abandon() {
            asked++;
            boolean won = waiting;
            waiting = false;
            return won;
        }

        Slot granted(int value) {
            assertTrue(abandon());
            grant(value);
            return this;
        }
    }

    @Test
    void run_chain_settlesInOrder() {
        List<Integer> order = new ArrayList<>();
        AbortableFuture<?> chain = null;
        for (int i = 0; i < 10; i++) {
            var slot = new Slot().granted(i);
            var unused = slot.thenAccept(order::add);
            chain = Settlement.append(chain, slot);
        }
        Settlement.run(chain);
        Settlement.run(null);
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), order);
    }

    @Test
    void run_insideADependent_isLeftToTheOuterRun() {
        List<String> order = new ArrayList<>();
        var inner = new Slot().granted(2);
        var unused = inner.thenRun(() -> order.add("inner"));
        var outer = new Slot().granted(1);
        var unused2 = outer.thenRun(() -> {
            Settlement.run(Settlement.append(null, inner));
            assertFalse(inner.isDone());
            order.add("outer");
        });
        Settlement.run(Settlement.append(null, outer));
        assertEquals(List.of("outer", "inner"), order);
    }

    @Test
    void run_deepNesting_needsConstantStack() {
        var depth = new AtomicInteger();
        settleNext(depth, 200_000);
        assertEquals(200_000, depth.get());
    }

    private static void settleNext(AtomicInteger depth, int limit) {
        var slot = new Slot().granted(0);
        var unused = slot.thenRun(() -> {
            if (depth.incrementAndGet() < limit) {
                settleNext(depth, limit);
            }
        });
        Settlement.run(Settlement.append(null, slot));
    }

    @Test
    void run_grantedFailure_failsTheFuture() {
        var slot = new Slot();
        var cause = new IllegalStateException("broken");
        assertTrue(slot.abandon());
        slot.grantFailure(cause);
        Settlement.run(Settlement.append(null, slot));
        assertSame(cause, assertThrows(CompletionException.class, slot::join).getCause());
    }

    @Test
    void complete_waiting_abortsAndKeepsTheOutsideResult() {
        var slot = new Slot();
        assertTrue(slot.complete(7));
        assertEquals(7, slot.join());
        assertFalse(slot.complete(8));
        assertFalse(slot.cancel(true));
        assertEquals(7, slot.join());
    }

    @Test
    void complete_granted_hasNoEffect() {
        var slot = new Slot().granted(1);
        assertFalse(slot.complete(7));
        assertFalse(slot.completeExceptionally(new IllegalStateException()));
        assertFalse(slot.cancel(true));
        assertFalse(slot.isDone());
        Settlement.run(Settlement.append(null, slot));
        assertEquals(1, slot.join());
    }

    @Test
    void cancel_waiting_abortsOnce() {
        var slot = new Slot();
        assertTrue(slot.cancel(true));
        assertTrue(slot.cancel(true)); // as CompletableFuture: true while cancelled
        assertThrows(CancellationException.class, slot::join);
    }

    @Test
    void otherCompletions_reachTheQueue() {
        var timed = new Slot();
        assertSame(timed, timed.completeOnTimeout(3, 1, TimeUnit.NANOSECONDS));
        assertEquals(3, timed.join());
        var async = new Slot();
        assertEquals(4, async.completeAsync(() -> 4).join());
        var failing = new Slot();
        CompletableFuture<Integer> failed = failing.completeAsync(() -> {
            throw new IllegalStateException("supplier");
        });
        assertThrows(CompletionException.class, failed::join);
        var obtruded = new Slot();
        obtruded.obtrudeValue(5);
        assertEquals(5, obtruded.join());
        for (Slot slot : List.of(timed, async, failing, obtruded)) {
            assertFalse(slot.waiting);
            assertTrue(slot.asked > 0);
        }
    }
}
