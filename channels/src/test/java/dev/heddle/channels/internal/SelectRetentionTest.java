// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Segment;
import dev.heddle.testkit.Reach;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers channels 5, 19: what losing clauses leave behind is bounded. */
@Timeout(300)
class SelectRetentionTest {
    private static final int TIMES = 200_000;

    private static int segments(CellChannel<?> channel) {
        Segment first = channel.start(CellWords.LIMIT);
        for (int which : new int[] {CellWords.SEND, CellWords.RECEIVE}) {
            first = channel.start(which).id() < first.id() ? channel.start(which) : first;
        }
        int n = 0;
        for (Segment s = first; s != null; s = s.next()) {
            n++;
        }
        return n;
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static SelectClause<? extends Integer>[] array(SelectClause<Integer>... clauses) {
        return clauses;
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "2, 32"})
    void clauses_thatAlwaysLose_leaveNothing(int capacity, int segment) throws Exception {
        CellChannel<Integer> idle = Shapes.channel(capacity, segment);
        CellChannel<Integer> full = Shapes.channel(capacity, segment);
        CellChannel<Integer> live = Shapes.channel(capacity, segment);
        for (int i = 0; i < capacity; i++) {
            full.send(i);
        }
        CompletableFuture<Void> never = new CompletableFuture<>();
        SelectClause.Future<Void, Integer> stopped = new SelectClause.Future<>(never, v -> -1);
        SelectClause<Integer> receive = new SelectClause.Receive<Integer, Integer>(idle, e -> -1);
        ConflatedChannel<Integer> line = new ConflatedChannel<>(null, segment);
        SelectClause<Integer> inLine = new SelectClause.Receive<Integer, Integer>(line, e -> -1);
        SelectClause<Integer> send = new SelectClause.Send<Integer, Integer>(full, -1, () -> -1);
        SelectClause<Integer> wins = new SelectClause.Receive<Integer, Integer>(live, e -> e);
        for (int i = 0; i < TIMES; i++) {
            CompletableFuture<Integer> select =
                    AsyncSelection.select(new Clauses<Integer>(array(receive, stopped, inLine, send, wins), false));
            live.send(i);
            assertEquals(i, select.get());
        }
        assertEquals(0, stopped.waiters.size());
        assertEquals(1, never.getNumberOfDependents());
        assertTrue(segments(idle) <= 4, () -> segments(idle) + " segments");
        assertTrue(segments(full) <= 4, () -> segments(full) + " segments");
        assertTrue(segments(live) <= 4, () -> segments(live) + " segments");
        assertTrue(Reach.segments(line) <= Reach.FEW, () -> Reach.segments(line) + " segments");
        assertNull(idle.tryReceive());
        for (int i = 0; i < capacity; i++) {
            assertEquals(i, full.tryReceive());
            assertTrue(full.trySend(i));
        }
        assertEquals(capacity == 0 ? null : (Integer) 0, full.tryReceive());
    }
}
