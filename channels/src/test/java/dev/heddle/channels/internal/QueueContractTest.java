// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.channels.Channel;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Covers the table of views of channels 4: the same cases on the queues of the JDK and on ours. */
@Timeout(120)
class QueueContractTest {
    private static final int ROOM = 2;

    /** A kind of queue. */
    record Subject(String name, Supplier<BlockingQueue<Integer>> maker, boolean insertsMindInterrupts) {
        BlockingQueue<Integer> make(Integer... elements) {
            BlockingQueue<Integer> queue = maker.get();
            for (Integer element : elements) {
                assertTrue(queue.offer(element));
            }
            return queue;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Subject subject(String name, Supplier<BlockingQueue<Integer>> maker) {
        return new Subject(name, maker, true);
    }

    static Stream<Subject> bounded() {
        return Stream.of(
                subject("ArrayBlockingQueue", () -> new ArrayBlockingQueue<>(ROOM)),
                subject("LinkedBlockingQueue", () -> new LinkedBlockingQueue<>(ROOM)),
                subject("buffered", () -> Channel.<Integer>buffered(ROOM).asBlockingQueue()));
    }

    static Stream<Subject> unlimited() {
        return Stream.of(
                subject("LinkedBlockingQueue, no limit", LinkedBlockingQueue::new),
                new Subject(
                        "LinkedTransferQueue", LinkedTransferQueue::new, false), // it never waits, so it never looks
                subject("unlimited", () -> Channel.<Integer>unlimited().asBlockingQueue()),
                subject(
                        "unlimited as TransferQueue",
                        () -> Channel.<Integer>unlimited().asTransferQueue()));
    }

    static Stream<Subject> rendezvous() {
        return Stream.of(
                subject("SynchronousQueue", SynchronousQueue::new),
                subject("SynchronousQueue, fair", () -> new SynchronousQueue<>(true)),
                subject("rendezvous", () -> Channel.<Integer>rendezvous().asBlockingQueue()),
                subject(
                        "rendezvous as TransferQueue",
                        () -> Channel.<Integer>rendezvous().asTransferQueue()));
    }

    static Stream<Subject> withBuffer() {
        return Stream.concat(bounded(), unlimited());
    }

    static Stream<Subject> all() {
        return Stream.concat(withBuffer(), rendezvous());
    }

    private static <T> Outcome<T> parked(Callable<T> call) {
        return Outcome.parked(ThreadKind.PLATFORM, call);
    }

    private static Outcome<Boolean> parkedPut(BlockingQueue<Integer> queue, int element) {
        return parked(() -> {
            queue.put(element);
            return true;
        });
    }

    // ---- all kinds

    @ParameterizedTest
    @MethodSource("all")
    void null_isRejected(Subject subject) {
        BlockingQueue<Integer> queue = subject.make();
        assertThrows(NullPointerException.class, () -> queue.add(null));
        assertThrows(NullPointerException.class, () -> queue.offer(null));
        assertThrows(NullPointerException.class, () -> queue.put(null));
        assertThrows(NullPointerException.class, () -> queue.offer(null, 1, TimeUnit.DAYS));
        assertThrows(NullPointerException.class, () -> queue.addAll(null));
        assertThrows(NullPointerException.class, () -> queue.drainTo(null));
        assertThrows(NullPointerException.class, () -> queue.drainTo(null, 1));
        assertThrows(NullPointerException.class, () -> queue.toArray((Object[]) null));
        assertFalse(queue.contains(null));
        assertFalse(queue.remove(null));
        assertEquals(0, queue.size());
    }

    @ParameterizedTest
    @MethodSource("all")
    void itself_isRejected(Subject subject) {
        BlockingQueue<Integer> queue = subject.make();
        assertThrows(IllegalArgumentException.class, () -> queue.drainTo(queue));
        assertThrows(IllegalArgumentException.class, () -> queue.drainTo(queue, 1));
        Collection<Integer> itself = queue;
        assertThrows(IllegalArgumentException.class, () -> queue.addAll(itself));
    }

    @ParameterizedTest
    @MethodSource("all")
    void empty_hasNothing(Subject subject) throws InterruptedException {
        BlockingQueue<Integer> queue = subject.make();
        assertNull(queue.poll());
        assertNull(queue.peek());
        assertNull(queue.poll(1, TimeUnit.MILLISECONDS));
        assertThrows(NoSuchElementException.class, queue::remove);
        assertThrows(NoSuchElementException.class, queue::element);
        assertTrue(queue.isEmpty());
        assertEquals(0, queue.size());
        assertFalse(queue.iterator().hasNext());
        assertThrows(NoSuchElementException.class, () -> queue.iterator().next());
        assertEquals("[]", queue.toString());
        assertEquals(0, queue.toArray().length);
        assertEquals(0, queue.drainTo(new ArrayList<>()));
        assertEquals(0, queue.stream().count());
        assertFalse(queue.remove(1));
        assertFalse(queue.contains(1));
        queue.clear();
        assertTrue(queue.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("all")
    void interruptedOnEntry_waitingMethodsThrow(Subject subject) {
        BlockingQueue<Integer> queue = subject.make();
        interrupted(() -> queue.take());
        interrupted(() -> queue.poll(1, TimeUnit.DAYS));
        if (subject.insertsMindInterrupts()) {
            interrupted(() -> {
                queue.put(1);
                return null;
            });
            interrupted(() -> queue.offer(1, 1, TimeUnit.DAYS));
        }
        assertEquals(0, queue.size());
    }

    @ParameterizedTest
    @MethodSource("withBuffer")
    void interruptedOnEntry_thoughThereIsAnElement_takeThrows(Subject subject) {
        if (subject.insertsMindInterrupts()) {
            BlockingQueue<Integer> queue = subject.make(1);
            interrupted(() -> queue.take());
            interrupted(() -> queue.poll(1, TimeUnit.DAYS));
            assertEquals(1, queue.poll());
        }
    }

    private static void interrupted(Callable<Object> call) {
        var outcome = Outcome.start(ThreadKind.PLATFORM, () -> {
            Thread.currentThread().interrupt();
            return call.call();
        });
        assertInstanceOf(InterruptedException.class, outcome.failure());
        assertFalse(outcome.flag());
    }

    @ParameterizedTest
    @MethodSource("all")
    void take_waits_getsWhatIsPut(Subject subject) throws InterruptedException {
        BlockingQueue<Integer> queue = subject.make();
        var taker = parked(queue::take);
        queue.put(1);
        assertEquals(1, taker.value());
        var timed = parked(() -> queue.poll(1, TimeUnit.DAYS));
        queue.put(2);
        assertEquals(2, timed.value());
        var offered = parked(queue::take);
        assertTrue(queue.offer(3));
        assertEquals(3, offered.value());
        assertEquals(0, queue.size());
    }

    @ParameterizedTest
    @MethodSource("all")
    void take_interruptedWhileItWaits_throws(Subject subject) {
        BlockingQueue<Integer> queue = subject.make();
        var taker = parked(queue::take);
        taker.thread.interrupt();
        assertInstanceOf(InterruptedException.class, taker.failure());
        assertFalse(taker.flag());
    }

    // ---- with a buffer

    @ParameterizedTest
    @MethodSource("withBuffer")
    void elements_areSeenInOrder(Subject subject) throws InterruptedException {
        BlockingQueue<Integer> queue = subject.make();
        assertTrue(queue.add(1));
        queue.put(2);
        assertEquals(2, queue.size());
        assertFalse(queue.isEmpty());
        assertEquals(1, queue.peek());
        assertEquals(1, queue.element());
        assertTrue(queue.contains(2));
        assertFalse(queue.contains(3));
        assertTrue(queue.containsAll(List.of(1, 2)));
        assertEquals("[1, 2]", queue.toString());
        assertArrayEquals(new Object[] {1, 2}, queue.toArray());
        assertArrayEquals(new Integer[] {1, 2}, queue.toArray(new Integer[0]));
        assertEquals(List.of(1, 2), new ArrayList<>(queue));
        assertEquals(List.of(1, 2), queue.stream().toList());
        List<Integer> seen = new ArrayList<>();
        queue.forEach(seen::add);
        assertEquals(List.of(1, 2), seen);
        assertEquals(1, queue.remove());
        assertEquals(2, queue.take());
        assertNull(queue.poll());
    }

    @ParameterizedTest
    @MethodSource("withBuffer")
    void remove_takesOneOfEqualElements(Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1000, 1000);
        assertTrue(queue.remove(Integer.valueOf(1000)));
        assertEquals(1, queue.size());
        assertTrue(queue.remove(Integer.valueOf(1000)));
        assertFalse(queue.remove(Integer.valueOf(1000)));
        assertNull(queue.poll());
        assertTrue(queue.offer(1));
        assertTrue(queue.offer(2));
        assertTrue(queue.remove(2));
        assertEquals("[1]", queue.toString());
        assertTrue(queue.offer(3));
        assertTrue(queue.remove(1));
        assertEquals(3, queue.poll());
    }

    @ParameterizedTest
    @MethodSource("withBuffer")
    void iterator_removes(Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1, 2);
        Iterator<Integer> it = queue.iterator();
        assertThrows(IllegalStateException.class, it::remove);
        assertEquals(1, it.next());
        it.remove();
        assertThrows(IllegalStateException.class, it::remove);
        assertEquals("[2]", queue.toString());
        assertTrue(it.hasNext());
        assertEquals(2, it.next());
        assertFalse(it.hasNext());
        it.remove();
        assertThrows(NoSuchElementException.class, it::next);
        assertTrue(queue.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("withBuffer")
    void iterator_whileElementsComeAndGo_goesOn(Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1, 2);
        Iterator<Integer> it = queue.iterator();
        assertEquals(1, queue.poll());
        assertTrue(queue.offer(3));
        List<Integer> seen = new ArrayList<>();
        it.forEachRemaining(seen::add);
        assertTrue(seen.containsAll(List.of(2)), seen::toString);
        assertEquals("[2, 3]", queue.toString());
    }

    @ParameterizedTest
    @MethodSource("withBuffer")
    void bulkRemoval_keepsTheRest(Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1, 2);
        assertThrows(NullPointerException.class, () -> queue.removeIf(null));
        assertThrows(NullPointerException.class, () -> queue.removeAll(null));
        assertThrows(NullPointerException.class, () -> queue.retainAll(null));
        assertTrue(queue.removeIf(e -> e == 1));
        assertFalse(queue.removeIf(e -> e == 1));
        assertTrue(queue.offer(3));
        assertTrue(queue.removeAll(List.of(2)));
        assertFalse(queue.retainAll(List.of(3)));
        assertTrue(queue.retainAll(List.of()));
        assertTrue(queue.isEmpty());
        assertTrue(queue.addAll(List.of(4, 5)));
        queue.clear();
        assertEquals(0, queue.size());
        assertTrue(queue.offer(6));
        assertTrue(queue.offer(7));
        assertEquals("[6, 7]", queue.toString());
    }

    @ParameterizedTest
    @MethodSource("withBuffer")
    void drainTo_takesWhatIsThere(Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1, 2);
        List<Integer> target = new ArrayList<>();
        assertEquals(0, queue.drainTo(target, 0));
        assertEquals(0, queue.drainTo(target, -1));
        assertEquals(1, queue.drainTo(target, 1));
        assertEquals(List.of(1), target);
        assertTrue(queue.offer(3));
        assertEquals(2, queue.drainTo(target));
        assertEquals(List.of(1, 2, 3), target);
        assertEquals(0, queue.drainTo(target, 7));
    }

    // ---- with a limit

    @ParameterizedTest
    @MethodSource("bounded")
    void full_rejects(Subject subject) throws InterruptedException {
        BlockingQueue<Integer> queue = subject.make();
        assertEquals(2, queue.remainingCapacity());
        assertTrue(queue.offer(1));
        assertEquals(1, queue.remainingCapacity());
        assertTrue(queue.offer(2, 1, TimeUnit.DAYS));
        assertEquals(0, queue.remainingCapacity());
        assertFalse(queue.offer(3));
        assertFalse(queue.offer(3, 1, TimeUnit.MILLISECONDS));
        assertThrows(IllegalStateException.class, () -> queue.add(3));
        assertThrows(IllegalStateException.class, () -> queue.addAll(List.of(3)));
        assertEquals("[1, 2]", queue.toString());
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void put_waits_untilThereIsRoom(Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1, 2);
        var third = parkedPut(queue, 3);
        assertEquals("[1, 2]", queue.toString());
        assertEquals(2, queue.size());
        assertTrue(queue.remove(2));
        assertTrue(third.value());
        assertEquals("[1, 3]", queue.toString());
        var fourth = parkedPut(queue, 4);
        Iterator<Integer> it = queue.iterator();
        it.next();
        it.remove();
        assertTrue(fourth.value());
        assertEquals("[3, 4]", queue.toString());
        var fifth = parkedPut(queue, 5);
        queue.clear();
        assertTrue(fifth.value());
        assertEquals("[5]", queue.toString());
        assertTrue(queue.offer(6));
        var seventh = parkedPut(queue, 7);
        List<Integer> target = new ArrayList<>();
        assertEquals(2, queue.drainTo(target));
        assertEquals(List.of(5, 6), target);
        assertTrue(seventh.value());
        assertEquals("[7]", queue.toString());
    }

    @ParameterizedTest
    @MethodSource("bounded")
    void put_interruptedWhileItWaits_throws(Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1, 2);
        var third = parkedPut(queue, 3);
        third.thread.interrupt();
        assertInstanceOf(InterruptedException.class, third.failure());
        assertEquals(2, queue.drainTo(new ArrayList<>()));
        assertTrue(queue.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("unlimited")
    void noLimit_isNeverFull(Subject subject) {
        BlockingQueue<Integer> queue = subject.make(1);
        for (int i = 2; i <= 1000; i++) {
            assertTrue(queue.add(i));
        }
        assertEquals(1000, queue.size());
        assertTrue(queue.remainingCapacity() > 1_000_000);
        assertTrue(queue.removeIf(e -> e % 2 == 0));
        assertEquals(500, queue.size());
        assertEquals(500, queue.drainTo(new ArrayList<>()));
    }

    // ---- without a buffer

    @ParameterizedTest
    @MethodSource("rendezvous")
    void noBuffer_putWaits_isNoElement(Subject subject) {
        BlockingQueue<Integer> queue = subject.make();
        assertEquals(0, queue.remainingCapacity());
        assertFalse(queue.offer(1));
        assertThrows(IllegalStateException.class, () -> queue.add(1));
        var putter = parkedPut(queue, 1);
        assertEquals(0, queue.size());
        assertTrue(queue.isEmpty());
        assertNull(queue.peek());
        assertFalse(queue.contains(1));
        assertFalse(queue.remove(1));
        assertFalse(queue.iterator().hasNext());
        assertEquals("[]", queue.toString());
        queue.clear();
        assertEquals(1, queue.poll());
        assertTrue(putter.value());
        var timed = parked(() -> queue.offer(2, 1, TimeUnit.DAYS));
        List<Integer> target = new ArrayList<>();
        assertEquals(0, queue.drainTo(target, 0));
        assertEquals(1, queue.drainTo(target));
        assertEquals(List.of(2), target);
        assertTrue(timed.value());
    }

    @ParameterizedTest
    @MethodSource("rendezvous")
    void noBuffer_timePasses_nothingHappens(Subject subject) throws InterruptedException {
        BlockingQueue<Integer> queue = subject.make();
        assertFalse(queue.offer(1, 1, TimeUnit.MILLISECONDS));
        assertNull(queue.poll());
    }
}
