// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Overflow;
import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Settlement;
import dev.heddle.sync.internal.Threads;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A channel that holds the latest element only. A send replaces the element before it and never waits.
 *
 * @param <E> the type of the elements
 */
public final class ConflatedChannel<E> extends LossyChannel<E> {
    /* Implementation notes
     * Idea           One slot says everything: nothing, the element, that receivers wait, or that the channel is closed.
     *                A sender that meets waiting receivers carries its element until it has claimed one of them, so an
     *                element that was sent is in the slot or delivered, never in between.
     * State machine  slot:  null      -> element | Waiting(end) | Ended
     *                       element   -> null | other element | Ended(element) | Ended
     *                       Waiting(n)-> Waiting(m), m > n | element | Ended
     *                       Ended(element) -> Ended | cancelled; Ended -> cancelled
     * Enlisting      A receiver fills the next cell of the line, then makes the slot Waiting(end) with its cell below the
     *                end. If it finds an element (or the end) in the slot instead, it takes its cell back and starts over;
     *                if it can't take it back, somebody else's Waiting has covered the cell and a sender served it.
     * Invariants     I1  while the slot is null or an element, every cell that was ever below an end is final: Waiting(n) is
     *                    replaced by an element only after a look at all cells below n, and they stay final
     *                I2  so a claim of a cell below an end happens while no element is in the slot
     *                Waiting(n) without a live waiter is legal, it costs the next send that look
     *                channels 2, 7, 8, 9, 11, 16
     * Linearization  send: the swap of the slot, or the claim of a waiter. receive: the compare-and-set that empties the
     *                slot; if it waits, it takes its place when the slot covers its cell. close, cancel: the change to Ended.
     *                A claim after Ended, by a sender that read the slot before: just before Ended; see ReceiverLine.close.
     * Ordering       the slot and verdicts are volatile; the element is published by the compare-and-set of either
     * Progress       lock-free; a send repeats only if another operation has changed the slot, a receive likewise
     * Closing        is finished by every operation that meets it
     */
    private static final int SEGMENT_SIZE = 32;

    /** What the slot holds if it is no element. */
    private abstract static class State {}

    /** No element, and those who wait, if any, stand in cells below {@code end}. */
    private static final class Waiting extends State {
        private long end; // written before it is published

        @Override
        public String toString() {
            return "WAITING below " + end;
        }
    }

    /** Closed. */
    private static final class Ended extends State {
        private final Throwable cause;
        private final Object element; // null: nothing left
        private final boolean cancelled;
        private final long end; // those who waited stand in cells below
        private volatile boolean told; // they all know

        Ended(Throwable cause, Object element, boolean cancelled, long end) {
            this.cause = cause;
            this.element = element;
            this.cancelled = cancelled;
            this.end = end;
            this.told = end == 0; // by the constructor alone
        }

        Ended emptied(boolean byCancel) {
            return new Ended(cause, null, byCancel, 0);
        }

        ChannelClosedException exception() {
            return closedBy(cancelled, cause);
        }

        @Override
        public String toString() {
            return end(true, cancelled);
        }
    }

    private final int segmentSize;
    private volatile Object slot;
    private volatile ReceiverLine<E> line; // null until a receiver waits

    /** An empty channel with this hook, or null for none. */
    public ConflatedChannel(Consumer<? super E> onUndelivered) {
        this(onUndelivered, SEGMENT_SIZE);
    }

    /** For tests: small segments. */
    ConflatedChannel(Consumer<? super E> onUndelivered, int segmentSize) {
        super(onUndelivered);
        this.segmentSize = segmentSize;
    }

    @Override
    public int capacity() {
        return 1;
    }

    // ---- send

    @Override
    public boolean trySend(E element) {
        Objects.requireNonNull(element, "element");
        Object old = slot;
        if (!(old instanceof State) && casSlot(old, element)) { // LP
            if (old != null) {
                drop(old);
            }
            return true;
        }
        sendSlow(element);
        return true;
    }

    private void sendSlow(E element) {
        Threads.reserveStack(); // a claimed receiver must be woken
        for (; ; ) { // ends: repeats only if another operation has changed the slot
            Object old = slot;
            if (old instanceof Ended ended) {
                finish(ended);
                throw undelivered(element, ended.exception());
            }
            if (old instanceof Waiting waiting && line.serve(element, waiting.end)) {
                return;
            }
            if (casSlot(old, element)) { // LP
                if (old != null && !(old instanceof State)) {
                    drop(old);
                }
                return;
            }
        }
    }

    @SuppressWarnings("unchecked") // what is no State was sent
    private void drop(Object old) {
        if (hasHook()) {
            rethrow(dropped((E) old, null));
        }
    }

    // ---- receive

    @Override
    public E tryReceive() {
        for (; ; ) { // ends: repeats only if another operation has changed the slot
            Object s = slot;
            if (!(s instanceof State)) {
                if (s == null || casSlot(s, null)) { // LP
                    return element(s);
                }
            } else if (s instanceof Waiting) {
                return null;
            } else {
                Ended ended = (Ended) s;
                finish(ended);
                if (ended.element == null) {
                    throw ended.exception();
                }
                if (casSlot(ended, ended.emptied(false))) { // LP
                    return element(ended.element);
                }
            }
        }
    }

    @Override
    public E receive() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return receive(Deadline.NEVER, true);
    }

    @Override
    public E receiveUninterruptibly() {
        return receive(false);
    }

    private E receive(boolean interruptible) {
        try {
            return receive(Deadline.NEVER, interruptible);
        } catch (InterruptedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public E receive(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return nanos <= 0 ? tryReceive() : receive(Deadline.after(nanos), true);
    }

    /** Receives; null if the deadline has passed. */
    @SuppressWarnings("unchecked") // a verdict that is no marker is an element
    E receive(Deadline deadline, boolean interruptible) throws InterruptedException {
        for (; ; ) { // ends: repeats only if an element was sent meanwhile
            E element = tryReceive();
            if (element != null) {
                return element;
            }
            SlotWaiter<E> me = SlotWaiter.ofThread();
            if (!enlist(me)) {
                continue;
            }
            Object verdict = me.await(this, deadline, interruptible);
            if (verdict == SlotWaiter.CLOSED) {
                throw ((Ended) slot).exception();
            }
            if (verdict != SlotWaiter.ABORTED) {
                return (E) verdict;
            }
            if (interruptible && Thread.interrupted()) {
                throw new InterruptedException();
            }
            return null;
        }
    }

    @Override
    public CompletableFuture<E> receiveAsync() {
        CompletableFuture<E> ready = new CompletableFuture<>(); // before an element is taken, for want of memory after
        for (; ; ) { // ends: repeats only if an element was sent meanwhile
            try {
                E element = tryReceive();
                if (element != null) {
                    ready.complete(element);
                    return ready;
                }
            } catch (ChannelClosedException closed) {
                ready.completeExceptionally(closed);
                return ready;
            }
            SlotWaiter.Future<E> future = new SlotWaiter.Future<>();
            if (enlist(SlotWaiter.ofFuture(future))) {
                return future;
            }
        }
    }

    /** Puts a receiver into the line; false if it is not in the line since there is something else to do. */
    private boolean enlist(SlotWaiter<E> me) {
        Threads.reserveStack(); // a cell that was filled must be covered or taken back
        Waiting fresh = new Waiting(); // alloc: before the cell is filled
        long i = line().install(me);
        for (; ; ) { // ends: repeats only if another operation has changed the slot
            Object s = slot;
            if (s instanceof Waiting waiting && waiting.end > i) {
                return true;
            }
            if (s != null && !(s instanceof Waiting)) {
                return !me.abort(); // a failed abort: it was covered, and served
            }
            fresh.end = i + 1;
            if (casSlot(s, fresh)) { // LP of a receive that waits
                return true;
            }
        }
    }

    // ---- select

    @Override
    public Object receiveFor(Selection<?> selection, Selection.Round round, int clause) {
        SelectSlot<E> waiter = new SelectSlot<>(selection, round, clause);
        selection.leaves(clause, waiter);
        enlist(waiter);
        return waiter;
    }

    private ReceiverLine<E> line() {
        ReceiverLine<E> there = line;
        if (there == null) {
            LINE.compareAndSet(this, null, new ReceiverLine<E>(segmentSize));
            there = line;
        }
        return there;
    }

    // ---- end

    @Override
    public boolean close(Throwable cause) {
        for (; ; ) { // ends: repeats only if another operation has changed the slot
            Object s = slot;
            if (s instanceof Ended ended) {
                finish(ended);
                return false;
            }
            Ended closed = new Ended(cause, s instanceof State ? null : s, false, endOf(s));
            if (casSlot(s, closed)) { // LP
                finish(closed);
                return true;
            }
        }
    }

    @Override
    public boolean cancel(Throwable cause) {
        for (; ; ) { // ends: repeats only if another operation has changed the slot
            Object s = slot;
            if (s instanceof Ended ended) {
                finish(ended); // what takes its place knows of no waiters
                if (ended.cancelled) {
                    return false;
                }
            }
            Object element = s instanceof Ended ended ? ended.element : s instanceof State ? null : s;
            Ended cancelled = s instanceof Ended ended ? ended.emptied(true) : new Ended(cause, null, true, endOf(s));
            if (casSlot(s, cancelled)) { // LP
                finish(cancelled);
                if (element != null) {
                    drop(element);
                }
                return true;
            }
        }
    }

    private static long endOf(Object s) {
        return s instanceof Waiting waiting ? waiting.end : 0;
    }

    /** Tells all who wait; every operation that meets a closed slot does it, or knows it done. */
    private void finish(Ended ended) {
        if (!ended.told) {
            Threads.reserveStack();
            AbortableFuture<?> chain = line.close(ended.end, ended.exception());
            ended.told = true; // before dependents run: they need not look again
            Settlement.run(chain);
        }
    }

    @Override
    public boolean isClosedForSend() {
        return ended() != null;
    }

    @Override
    public boolean isClosedForReceive() {
        Ended ended = ended();
        return ended != null && ended.element == null;
    }

    private Ended ended() {
        if (slot instanceof Ended ended) {
            finish(ended);
            return ended;
        }
        return null;
    }

    // ---- queries

    @Override
    public boolean isEmpty() {
        return elementIn(slot) == null;
    }

    @Override
    public int size() {
        return isEmpty() ? 0 : 1;
    }

    private E elementIn(Object s) {
        return element(s instanceof Ended ended ? ended.element : s instanceof State ? null : s);
    }

    @SuppressWarnings("unchecked") // what is no State was sent
    private E element(Object s) {
        return (E) s;
    }

    @Override
    public int waitingReceivers() {
        ReceiverLine<E> there = line;
        return there == null ? 0 : there.waiting();
    }

    @Override
    public void discard(E element) {
        drop(element);
    }

    @Override
    public Place<E> oldest() {
        Object s = slot;
        E element = elementIn(s);
        return element == null ? null : new Seen(element, s);
    }

    /** The element, as it was seen in the slot. */
    private final class Seen implements Place<E> {
        private final E element;
        private final Object seen;

        Seen(E element, Object seen) {
            this.element = element;
            this.seen = seen;
        }

        @Override
        public E element() {
            return element;
        }

        @Override
        public boolean remove() {
            if (casSlot(seen, seen instanceof Ended ended ? ended.emptied(false) : null)) {
                return true;
            }
            return slot instanceof Ended ended && ended.element == element && casSlot(ended, ended.emptied(false));
        }

        @Override
        public Place<E> next() {
            return null;
        }
    }

    /** What it is, what is in it, who waits, and whether it has ended. */
    @Override
    public String toString() {
        Object s = slot;
        int elements = elementIn(s) == null ? 0 : 1;
        return described(
                "1", Overflow.DROP_OLDEST, elements, 0, waitingReceivers(), s instanceof Ended ? s.toString() : "");
    }

    // VarHandle mechanics
    private static final VarHandle SLOT = field("slot", Object.class);
    private static final VarHandle LINE = field("line", ReceiverLine.class);

    private boolean casSlot(Object expected, Object state) {
        return SLOT.compareAndSet(this, expected, state);
    }

    private static VarHandle field(String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), name, VarHandle.class, ConflatedChannel.class, type);
    }
}
