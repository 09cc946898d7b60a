// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TransferQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers the table of views of channels 4: the same transfers on the queue of the JDK and on ours. */
@Timeout(120)
class TransferQueueContractTest {
    /** A kind of queue. */
    record Subject(String name, Supplier<TransferQueue<Integer>> maker) {
        TransferQueue<Integer> make(Integer... elements) {
            TransferQueue<Integer> queue = maker.get();
            queue.addAll(List.of(elements));
            return queue;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Subject ours(int segment) {
        return new Subject(
                "unlimited, segments of " + segment,
                () -> ChannelTransferQueue.of(Shapes.channel(Channel.UNLIMITED, segment)));
    }

    /** Those that hold what nobody has taken yet. */
    static Stream<Subject> unlimited() {
        return Stream.of(new Subject("LinkedTransferQueue", LinkedTransferQueue::new), ours(1), ours(2), ours(32));
    }

    static Stream<Subject> all() {
        return Stream.concat(
                unlimited(),
                Stream.of(new Subject(
                        "rendezvous", () -> Channel.<Integer>rendezvous().asTransferQueue())));
    }

    private static <T> Outcome<T> parked(Callable<T> call) {
        return Outcome.parked(ThreadKind.PLATFORM, call);
    }

    private static Outcome<Boolean> parkedTransfer(TransferQueue<Integer> queue, int element) {
        return parked(() -> {
            queue.transfer(element);
            return true;
        });
    }

    // ---- all kinds

    @ParameterizedTest
    @MethodSource("all")
    void null_isRejected(Subject subject) {
        TransferQueue<Integer> queue = subject.make();
        assertThrows(NullPointerException.class, () -> queue.transfer(null));
        assertThrows(NullPointerException.class, () -> queue.tryTransfer(null));
        assertThrows(NullPointerException.class, () -> queue.tryTransfer(null, 1, TimeUnit.DAYS));
        assertThrows(NullPointerException.class, () -> queue.tryTransfer(1, 1, null));
        assertEquals(0, queue.size());
    }

    @ParameterizedTest
    @MethodSource("all")
    void nobodyWaits_tryTransferLeavesNothing(Subject subject) throws InterruptedException {
        TransferQueue<Integer> queue = subject.make();
        assertFalse(queue.hasWaitingConsumer());
        assertEquals(0, queue.getWaitingConsumerCount());
        assertFalse(queue.tryTransfer(1));
        assertFalse(queue.tryTransfer(1, 0, TimeUnit.DAYS));
        assertFalse(queue.tryTransfer(1, -1, TimeUnit.DAYS));
        assertFalse(queue.tryTransfer(1, Long.MIN_VALUE, TimeUnit.NANOSECONDS));
        assertFalse(queue.tryTransfer(1, 1, TimeUnit.MILLISECONDS));
        assertTrue(queue.isEmpty());
        assertNull(queue.poll());
    }

    @ParameterizedTest
    @MethodSource("all")
    void consumersWait_areCountedAndServedInOrder(Subject subject) throws InterruptedException {
        TransferQueue<Integer> queue = subject.make();
        var first = parked(queue::take);
        var second = parked(() -> queue.poll(1, TimeUnit.DAYS));
        var third = parked(queue::take);
        var fourth = parked(queue::take);
        assertTrue(queue.hasWaitingConsumer());
        assertEquals(4, queue.getWaitingConsumerCount());
        assertTrue(queue.tryTransfer(1));
        assertEquals(1, first.value());
        queue.transfer(2);
        assertEquals(2, second.value());
        assertTrue(queue.tryTransfer(3, 1, TimeUnit.DAYS));
        assertEquals(3, third.value());
        assertEquals(1, queue.getWaitingConsumerCount());
        assertTrue(queue.tryTransfer(4, Long.MIN_VALUE, TimeUnit.DAYS));
        assertEquals(4, fourth.value());
        assertFalse(queue.hasWaitingConsumer());
        assertFalse(queue.tryTransfer(5));
    }

    @ParameterizedTest
    @MethodSource("all")
    void consumerHasLeft_nobodyIsServed(Subject subject) {
        TransferQueue<Integer> queue = subject.make();
        var gone = parked(queue::take);
        gone.thread.interrupt();
        assertInstanceOf(InterruptedException.class, gone.failure());
        assertFalse(queue.hasWaitingConsumer());
        assertFalse(queue.tryTransfer(1));
        var transfer = parkedTransfer(queue, 2);
        assertEquals(2, queue.poll());
        assertTrue(transfer.value());
    }

    @ParameterizedTest
    @MethodSource("all")
    void transfer_waits_untilItIsTaken(Subject subject) throws InterruptedException {
        List<Callable<Integer>> ways = new ArrayList<>();
        TransferQueue<Integer> queue = subject.make();
        ways.add(queue::take);
        ways.add(queue::poll);
        ways.add(() -> queue.poll(1, TimeUnit.DAYS));
        ways.add(queue::remove);
        ways.add(() -> drained(queue, Integer.MAX_VALUE));
        ways.add(() -> drained(queue, 1));
        for (Callable<Integer> way : ways) {
            var transfer = parkedTransfer(queue, 7);
            assertEquals(7, Outcome.start(ThreadKind.PLATFORM, way).value());
            assertTrue(transfer.value());
            var timed = parked(() -> queue.tryTransfer(8, Long.MAX_VALUE, TimeUnit.DAYS));
            assertEquals(8, Outcome.start(ThreadKind.PLATFORM, way).value());
            assertTrue(timed.value());
            assertTrue(queue.isEmpty());
        }
    }

    private static Integer drained(TransferQueue<Integer> queue, int max) {
        List<Integer> target = new ArrayList<>();
        assertEquals(1, queue.drainTo(target, max));
        return target.get(0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void transfer_interrupted_takesTheElementBack(Subject subject) throws InterruptedException {
        TransferQueue<Integer> queue = subject.make();
        for (int i = 0; i < 5; i++) {
            var transfer = parkedTransfer(queue, 1);
            var timed = parked(() -> queue.tryTransfer(2, 1, TimeUnit.DAYS));
            var third = parkedTransfer(queue, 3);
            transfer.thread.interrupt();
            assertInstanceOf(InterruptedException.class, transfer.failure());
            assertFalse(transfer.flag());
            timed.thread.interrupt();
            assertInstanceOf(InterruptedException.class, timed.failure());
            assertFalse(timed.flag());
            assertEquals(3, queue.take());
            assertTrue(third.value());
            assertNull(queue.poll());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void interruptedOnEntry_throws(Subject subject) {
        TransferQueue<Integer> queue = subject.make();
        for (boolean timed : new boolean[] {true, false}) {
            var outcome = Outcome.start(ThreadKind.PLATFORM, () -> {
                Thread.currentThread().interrupt();
                if (timed) {
                    return queue.tryTransfer(1, 1, TimeUnit.DAYS);
                }
                queue.transfer(1);
                return true;
            });
            assertInstanceOf(InterruptedException.class, outcome.failure());
            assertFalse(outcome.flag());
        }
        assertNull(queue.poll());
    }

    // ---- without limit: what waits to be taken is there

    @ParameterizedTest
    @MethodSource("unlimited")
    void transfer_waiting_isAnElement(Subject subject) {
        TransferQueue<Integer> queue = subject.make(1);
        var transfer = parkedTransfer(queue, 2);
        queue.add(3);
        var timed = parked(() -> queue.tryTransfer(4, 1, TimeUnit.DAYS));
        assertEquals(4, queue.size());
        assertFalse(queue.isEmpty());
        assertEquals("[1, 2, 3, 4]", queue.toString());
        assertTrue(queue.containsAll(List.of(1, 2, 3, 4)));
        assertFalse(queue.contains(5));
        assertEquals(List.of(1, 2, 3, 4), queue.stream().toList());
        assertEquals(List.of(1, 2, 3, 4), List.of(queue.toArray(Integer[]::new)));
        assertEquals(1, queue.poll());
        assertEquals(2, queue.peek());
        assertEquals(2, queue.element());
        assertEquals(Integer.MAX_VALUE, queue.remainingCapacity());
        assertEquals(2, queue.poll());
        assertTrue(transfer.value());
        assertEquals(3, queue.poll());
        assertEquals(4, queue.poll());
        assertTrue(timed.value());
    }

    @ParameterizedTest
    @MethodSource("unlimited")
    void tryTransfer_elementsAreThere_doesNotWaitForThem(Subject subject) {
        TransferQueue<Integer> queue = subject.make(1);
        assertFalse(queue.tryTransfer(2));
        assertEquals("[1]", queue.toString());
    }

    @ParameterizedTest
    @MethodSource("unlimited")
    void transfer_elementRemoved_ends(Subject subject) {
        List<Consumer<TransferQueue<Integer>>> ways = List.of(
                queue -> assertTrue(queue.remove(Integer.valueOf(1000))),
                queue -> assertTrue(queue.removeIf(e -> e == 1000)),
                queue -> assertTrue(queue.removeAll(List.of(1000))),
                queue -> assertTrue(queue.retainAll(List.of(1, 3))),
                TransferQueueContractTest::removeSecond);
        for (Consumer<TransferQueue<Integer>> way : ways) {
            TransferQueue<Integer> queue = subject.make(1);
            var transfer = parkedTransfer(queue, 1000);
            queue.add(3);
            way.accept(queue);
            assertTrue(transfer.value());
            assertFalse(transfer.flag());
            assertFalse(queue.remove(Integer.valueOf(1000)));
            assertEquals("[1, 3]", queue.toString());
            assertEquals(1, queue.poll());
            assertEquals(3, queue.poll());
            assertNull(queue.poll());
        }
    }

    private static void removeSecond(TransferQueue<Integer> queue) {
        Iterator<Integer> it = queue.iterator();
        it.next();
        assertEquals(1000, it.next());
        it.remove();
    }

    @ParameterizedTest
    @MethodSource("unlimited")
    void clear_endsAllTransfers(Subject subject) {
        TransferQueue<Integer> queue = subject.make();
        List<Outcome<Boolean>> transfers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            transfers.add(parkedTransfer(queue, i));
            queue.add(i);
        }
        queue.clear();
        transfers.forEach(each -> assertTrue(each.value()));
        assertTrue(queue.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("unlimited")
    void drainTo_endsTheTransfersOfWhatItTakes(Subject subject) {
        TransferQueue<Integer> queue = subject.make();
        var first = parkedTransfer(queue, 1);
        queue.add(2);
        var third = parkedTransfer(queue, 3);
        List<Integer> target = new ArrayList<>();
        assertEquals(2, queue.drainTo(target, 2));
        assertTrue(first.value());
        assertTrue(third.thread.isAlive());
        assertEquals(1, queue.drainTo(target));
        assertTrue(third.value());
        assertEquals(List.of(1, 2, 3), target);
    }

    @ParameterizedTest
    @MethodSource("unlimited")
    void put_neverWaits_whoeverElseDoes(Subject subject) throws InterruptedException {
        TransferQueue<Integer> queue = subject.make();
        var transfer = parkedTransfer(queue, 1);
        queue.put(2);
        assertTrue(queue.offer(3));
        assertTrue(queue.offer(4, 0, TimeUnit.DAYS));
        assertTrue(queue.add(5));
        var timed = parked(() -> queue.tryTransfer(6, 1, TimeUnit.DAYS));
        for (int i = 1; i <= 6; i++) {
            assertEquals(i, queue.take());
        }
        assertTrue(transfer.value());
        assertTrue(timed.value());
    }

    @ParameterizedTest
    @MethodSource("unlimited")
    void tryTransfer_timesOutOverAndOver_leavesNothing(Subject subject) throws InterruptedException {
        TransferQueue<Integer> queue = subject.make(0);
        for (int i = 1; i < 300; i++) {
            assertFalse(queue.tryTransfer(-1, 1, TimeUnit.MICROSECONDS));
            queue.add(i);
        }
        assertEquals(300, queue.size());
        for (int i = 0; i < 300; i++) {
            assertEquals(i, queue.poll());
        }
        assertNull(queue.poll());
        var taker = parked(queue::take);
        assertTrue(queue.tryTransfer(5));
        assertEquals(5, taker.value());
    }

    @ParameterizedTest
    @MethodSource("unlimited")
    void removeIf_elementTakenMeanwhile_isNotItsRemoval(Subject subject) {
        TransferQueue<Integer> queue = subject.make(1);
        assertFalse(queue.removeIf(e -> e.equals(queue.poll())));
        assertTrue(queue.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("unlimited")
    void iterator_transferTakenMeanwhile_goesOn(Subject subject) {
        TransferQueue<Integer> queue = subject.make(1);
        var transfer = parkedTransfer(queue, 2);
        queue.add(3);
        Iterator<Integer> it = queue.iterator();
        assertEquals(1, it.next());
        assertEquals(1, queue.poll());
        assertEquals(2, queue.poll());
        assertTrue(transfer.value());
        List<Integer> rest = new ArrayList<>();
        it.forEachRemaining(rest::add);
        assertTrue(rest.contains(3), rest::toString);
        it.remove();
        assertTrue(queue.isEmpty());
    }
}
