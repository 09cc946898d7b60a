// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.ThreadKind;
import java.util.Collection;
import java.util.Spliterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers the table of views of channels 4: what collections have by default, and limits of arguments. */
@Timeout(120)
class QueueDefaultsContractTest {
    private static final String QUEUES = "dev.heddle.channels.internal.QueueContractTest#withBuffer";

    @ParameterizedTest
    @MethodSource(QUEUES)
    void bulkRemoval_byItself(QueueContractTest.Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1, 2);
        Collection<Integer> itself = queue;
        assertTrue(queue.containsAll(itself));
        assertFalse(queue.retainAll(itself));
        assertEquals("[1, 2]", queue.toString());
        assertTrue(queue.removeAll(itself));
        assertTrue(queue.isEmpty());
    }

    /** Equal to all numbers, of which none is equal to it. */
    private static final class AnyNumber {
        @Override
        public boolean equals(Object other) {
            return other instanceof Integer || other instanceof AnyNumber;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @ParameterizedTest
    @MethodSource(QUEUES)
    void contains_remove_askWhatIsLookedFor(QueueContractTest.Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1, 2);
        Object any = new AnyNumber();
        assertTrue(queue.contains(any));
        assertTrue(queue.remove(any));
        assertEquals("[2]", queue.toString());
    }

    @ParameterizedTest
    @MethodSource(QUEUES)
    void spliterator_isOrderedAndWithoutNulls(QueueContractTest.Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1, 2);
        int promised = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.CONCURRENT;
        assertTrue(queue.spliterator().hasCharacteristics(promised));
        assertFalse(queue.spliterator().hasCharacteristics(Spliterator.SIZED));
        assertThrows(NullPointerException.class, () -> queue.spliterator().tryAdvance(null));
        assertThrows(NullPointerException.class, () -> queue.forEach(null));
        assertThrows(NullPointerException.class, () -> queue.iterator().forEachRemaining(null));
        assertArrayEquals(new Integer[] {1, 2}, queue.toArray(Integer[]::new));
        assertEquals(3, queue.parallelStream().mapToInt(e -> e).sum());
        assertEquals(2, queue.size());
    }

    @ParameterizedTest
    @MethodSource(QUEUES)
    void noTime_isATry(QueueContractTest.Subject subject) throws InterruptedException {
        BlockingQueue<Integer> queue = subject.make();
        for (long none : new long[] {0, -1, Long.MIN_VALUE}) {
            assertNull(queue.poll(none, TimeUnit.DAYS));
            assertTrue(queue.offer(1, none, TimeUnit.DAYS));
            assertEquals(1, queue.poll(none, TimeUnit.NANOSECONDS));
        }
        var taker = Outcome.parked(ThreadKind.PLATFORM, () -> queue.poll(Long.MAX_VALUE, TimeUnit.DAYS));
        assertTrue(queue.offer(2, Long.MAX_VALUE, TimeUnit.DAYS));
        assertEquals(2, taker.value());
    }
}
