// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Covers channels 15: a {@code StackOverflowError} at any depth of a reservation loses no place. */
@Timeout(120)
class ReserveAtEveryDepthTest {
    private static final int STACK = 256 << 10; // bytes
    private static final int ENOUGH = 40; // successes in a row on the way back up the stack: now there is enough of it
    private static final int MANY = 10_000; // more than there are levels
    private static final int ROUNDS = 3; // the first with code that was hardly run before

    private int inARow;
    private int overflows;
    private int done;

    /** Runs the operation with the whole stack, so that classes are there, and at every depth of a small one. */
    private void atEveryDepth(Runnable operation) throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            once(operation);
        }
        for (int i = 0; i < ROUNDS; i++) {
            inARow = 0;
            overflows = 0;
            var task = new FutureTask<>(() -> dive(operation), null);
            Thread thread = new Thread(null, task, "small stack", STACK);
            thread.start();
            Await.ended(thread);
            task.get();
            assertEquals(ENOUGH, inARow);
            assertTrue(overflows > 0);
        }
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void dive(Runnable operation) {
        try {
            dive(operation);
        } catch (StackOverflowError e) {
            // the end of the stack: now the way back
        }
        if (inARow < ENOUGH) {
            try {
                once(operation);
            } catch (StackOverflowError e) {
                overflows++;
                inARow = 0;
            }
        }
    }

    private void once(Runnable operation) {
        operation.run();
        done++;
        inARow++;
    }

    @Test
    void free_isKeptOrNot() throws Exception {
        int capacity = 1000;
        CellChannel<Integer> channel = Shapes.channel(capacity, 2);
        atEveryDepth(() -> {
            if (channel.keepRoom(Deadline.NEVER) != null) {
                throw new AssertionError("not kept");
            }
        });
        for (int i = done; i < capacity; i++) {
            assertTrue(channel.trySend(i));
        }
        assertFalse(channel.trySend(-1));
    }

    @Test
    void wait_givenUp_leavesTheLine() throws Exception {
        CellChannel<Integer> channel = Shapes.channel(1, 2);
        channel.send(1);
        atEveryDepth(() -> {
            Thread.currentThread().interrupt();
            try {
                if (channel.keepRoom(Deadline.NEVER) != CellState.INTERRUPTED) {
                    throw new AssertionError("not interrupted");
                }
            } finally {
                boolean unused = Thread.interrupted();
            }
        });
        assertEquals(0, channel.reserverLine().waiting());
        assertEquals(1, channel.receive());
        assertTrue(channel.trySend(2));
        assertFalse(channel.trySend(3));
    }

    /** The element is received, by the waiting thread itself, while a place is waited for. */
    @Test
    void granted_isKept() throws Exception {
        List<CellChannel<Integer>> channels = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            channels.add(Shapes.channel(1, 2));
            channels.get(i).send(i);
        }
        boolean[] kept = new boolean[MANY];
        int[] next = new int[1];
        atEveryDepth(() -> {
            int i = next[0]++;
            kept[i] = channels.get(i).keepRoom(receiving(channels.get(i))) == null;
        });
        for (int i = 0; i < next[0]; i++) {
            CellChannel<Integer> channel = channels.get(i);
            int free = 1 - channel.size() - (kept[i] ? 1 : 0);
            assertEquals(free > 0, channel.trySend(-1), channel::toString);
            if (kept[i]) {
                channel.giveBack();
            } else {
                assertTrue(channel.tryReceive() != null);
            }
            assertTrue(channel.trySend(-1), channel::toString);
            assertFalse(channel.trySend(-1), channel::toString);
        }
    }

    private static Deadline receiving(CellChannel<Integer> channel) {
        return new Deadline() {
            @Override
            public boolean passed() {
                return false;
            }

            @Override
            public void park(Object blocker) {
                channel.receiveNow();
            }
        };
    }
}
