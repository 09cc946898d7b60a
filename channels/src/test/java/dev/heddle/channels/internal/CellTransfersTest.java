// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.channels.ChannelClosedException;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers channels 5, 7, 11, 13, 17 for transfers without limit. */
@Timeout(120)
class CellTransfersTest {
    private static final String KINDS = "dev.heddle.testkit.ThreadKind#available";

    private final List<Integer> dropped = Collections.synchronizedList(new ArrayList<>());
    private final CellChannel<Integer> channel = Shapes.channel(Channel.UNLIMITED, 2, dropped::add);
    private final TransferQueue<Integer> queue = channel.asTransferQueue();

    private Outcome<Boolean> parkedTransfer(ThreadKind kind, int element) {
        return Outcome.parked(kind, () -> {
            queue.transfer(element);
            return true;
        });
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void close_transferWaits_isStillReceived(ThreadKind kind) throws Exception {
        var transfer = parkedTransfer(kind, 1);
        assertTrue(channel.close());
        assertThrows(ChannelClosedException.class, () -> queue.transfer(2));
        assertThrows(ChannelClosedException.class, () -> queue.tryTransfer(3));
        assertThrows(ChannelClosedException.class, () -> queue.tryTransfer(4, 1, TimeUnit.DAYS));
        assertEquals(List.of(2, 3, 4), dropped);
        assertFalse(channel.isClosedForReceive());
        assertFalse(channel.isEmpty());
        assertEquals(1, queue.take());
        assertTrue(transfer.value());
        assertTrue(channel.isClosedForReceive());
        assertThrows(ChannelClosedException.class, queue::take);
        assertNull(queue.poll());
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void close_transferWaitsAndGivesUp_channelIsDrained(ThreadKind kind) {
        var transfer = parkedTransfer(kind, 1);
        channel.close();
        transfer.thread.interrupt();
        assertInstanceOf(InterruptedException.class, transfer.failure());
        assertTrue(channel.isClosedForReceive());
        assertThrows(ChannelClosedException.class, queue::take);
        assertEquals(List.of(1), dropped);
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void cancel_transfersWait_areToldAndReportedOnce(ThreadKind kind) {
        channel.trySend(0);
        var first = parkedTransfer(kind, 1);
        channel.trySend(2);
        var second = Outcome.parked(kind, () -> queue.tryTransfer(3, 1, TimeUnit.DAYS));
        assertTrue(channel.cancel());
        assertInstanceOf(ChannelClosedException.class, first.failure());
        assertInstanceOf(ChannelClosedException.class, second.failure());
        List<Integer> sorted = new ArrayList<>(dropped);
        Collections.sort(sorted);
        assertEquals(List.of(0, 1, 2, 3), sorted);
        assertEquals(0, queue.size());
        assertTrue(channel.isClosedForReceive());
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void interrupted_elementGoesToTheHook_timedOutItDoesNot(ThreadKind kind) throws Exception {
        var transfer = parkedTransfer(kind, 1);
        transfer.thread.interrupt();
        assertInstanceOf(InterruptedException.class, transfer.failure());
        assertEquals(List.of(1), dropped);
        assertFalse(queue.tryTransfer(2, 1, TimeUnit.MICROSECONDS));
        assertFalse(queue.tryTransfer(3));
        var entry = Outcome.start(kind, () -> {
            Thread.currentThread().interrupt();
            return queue.tryTransfer(4, 1, TimeUnit.DAYS);
        });
        assertInstanceOf(InterruptedException.class, entry.failure());
        assertEquals(List.of(1, 4), dropped);
        assertTrue(channel.isEmpty());
    }

    @ParameterizedTest
    @MethodSource(KINDS)
    void removed_isNotReported(ThreadKind kind) {
        var transfer = parkedTransfer(kind, 1);
        assertTrue(queue.remove(1));
        assertTrue(transfer.value());
        assertEquals(List.of(), dropped);
        assertTrue(channel.isEmpty());
    }

    /** Whoever has the ticket has the element, though it has not looked at the cell yet: the transfer can't be undone. */
    @Test
    void givesUp_receiverHasTheTicket_isReceived() throws Exception {
        Deadline once = new Deadline() {
            private boolean parked;

            @Override
            public boolean passed() {
                return parked;
            }

            @Override
            public void park(Object blocker) {
                parked = true;
                channel.takeReceive();
            }

            @Override
            public boolean maySpin() {
                return false;
            }
        };
        assertNull(channel.transfer(1, once));
        assertNull(channel.tryReceive());
        assertEquals(1, channel.visit(channel.start(CellWords.RECEIVE), 0, true, null));
        assertEquals(List.of(), dropped);
        channel.trySend(2);
        assertEquals(2, channel.tryReceive());
    }

    @Test
    void removed_receiverHasTheTicket_isNot() {
        var transfer = parkedTransfer(ThreadKind.PLATFORM, 1);
        Buffered.Place<Integer> seen = channel.oldest();
        assertEquals(0, channel.takeReceive());
        assertFalse(seen.remove());
        assertTrue(transfer.value());
        assertEquals(1, channel.visit(channel.start(CellWords.RECEIVE), 0, true, null));
    }

    @Test
    void manyGiveUp_leaveNothingToPass() throws Exception {
        CellChannel<Integer> fresh = new CellChannel<>(Channel.UNLIMITED, null);
        TransferQueue<Integer> view = fresh.asTransferQueue();
        for (boolean elementBefore : new boolean[] {false, true}) {
            if (elementBefore) {
                fresh.trySend(1);
            }
            for (int i = 0; i < 100_000; i++) {
                assertFalse(view.tryTransfer(i, 1, TimeUnit.NANOSECONDS));
            }
            assertTrue(CellChannelAbortTest.segments(fresh) <= 10, () -> CellChannelAbortTest.segments(fresh) + "");
            fresh.trySend(2);
            if (elementBefore) {
                assertEquals(1, fresh.tryReceive());
            }
            assertEquals(2, fresh.tryReceive());
            assertTrue(fresh.isEmpty());
        }
        assertTrue(fresh.receives >= 0, "a window though nothing was removed");
    }

    @Test
    void removedAndGivenUp_windowIsLeft() throws Exception {
        for (int i = 0; i < 10; i++) {
            channel.trySend(i);
            assertFalse(queue.tryTransfer(-1, 1, TimeUnit.NANOSECONDS));
        }
        for (int i = 9; i > 0; i -= 2) {
            assertTrue(queue.remove(i));
        }
        assertTrue(channel.receives < 0);
        assertFalse(queue.tryTransfer(-1, 1, TimeUnit.NANOSECONDS));
        assertEquals(0, channel.receive());
        assertTrue(channel.receives >= 0, () -> channel.window.toString());
        for (int i = 2; i < 10; i += 2) {
            assertEquals(i, channel.receive());
        }
        assertNull(channel.tryReceive());
        assertEquals(0, channel.size());
    }
}
