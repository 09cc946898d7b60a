// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.ChannelClosedException;
import dev.heddle.channels.Overflow;
import dev.heddle.channels.Reservation;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.Threads;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A channel whose senders wait for room: without a buffer, with one, or unlimited.
 *
 * @param <E> the type of the elements
 */
public final class CellChannel<E> extends CellQueries<E> implements Selectable<E> {
    /* Implementation notes
     * Source         PPoPP 2023: two counters deal out the cells of one infinite array, and all that can happen between a
     *                send and a receive happens on one cell.
     * Where          words and segments: CellWords. What is buffer: CellWindows. The end: CellClosing. Cells from the side
     *                of senders and receivers: CellSends, CellTransfers, CellReceives. Observers: CellQueries. This class
     *                is the front.
     * Deviations     No counter of expansions: see CellWindows. No intermediate states of cells: the waiter's own word says
     *                who claimed it. Elements lie in the cells as they are; all states are of a type of ours.
     */
    static final int SEGMENT_SIZE = 64; // five bytes an element; the paper has 32

    /** A channel of this capacity, with this hook or null for none. */
    public CellChannel(int capacity, Consumer<? super E> onUndelivered) {
        this(capacity, SEGMENT_SIZE, onUndelivered);
    }

    /** The same with segments of another size, a power of two. */
    CellChannel(int capacity, int segmentSize, Consumer<? super E> onUndelivered) {
        super(capacity == UNLIMITED ? UNLIMITED_ROOM : capacity, segmentSize, onUndelivered);
    }

    @Override
    public int capacity() {
        return room == UNLIMITED_ROOM ? UNLIMITED : (int) room;
    }

    // ---- sending

    @Override
    public void send(E element) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        interruptedOnEntry(element);
        Threads.reserveStack();
        Segment start = start(SEND); // before the ticket
        long s = takeSend(); // LP, if the cell does not turn out to be dead
        if (!sendFast(start, s, element)) {
            CellState result = ended(sendSlow(start, s, element, Thread.currentThread()), Deadline.NEVER, true);
            if (result != null) {
                failSend(element, result);
            }
        }
    }

    @Override
    public void sendUninterruptibly(E element) {
        Objects.requireNonNull(element, "element");
        if (send(element, Deadline.NEVER, false) != null) {
            throw undelivered(element, closedNow());
        }
    }

    @Override
    public boolean send(E element, long timeout, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        long nanos = unit.toNanos(timeout);
        interruptedOnEntry(element);
        CellState result = nanos > 0 ? send(element, Deadline.after(nanos), true) : sendNow(element);
        if (result != null && result != CellState.TIMED_OUT) {
            failSend(element, result);
        }
        return result == null;
    }

    private void interruptedOnEntry(E element) throws InterruptedException {
        if (Thread.interrupted()) {
            throw undelivered(element, new InterruptedException());
        }
    }

    private void failSend(E element, CellState result) throws InterruptedException {
        if (result == CellState.INTERRUPTED) {
            throw undelivered(element, new InterruptedException());
        }
        throw undelivered(element, closedNow());
    }

    @Override
    public boolean trySend(E element) {
        CellState result = sendNow(Objects.requireNonNull(element, "element"));
        if (result == CellState.CLOSED) {
            throw undelivered(element, closedNow());
        }
        return result == null;
    }

    @Override
    public CompletableFuture<Void> sendAsync(E element) {
        return sendLater(Objects.requireNonNull(element, "element"));
    }

    // ---- transfers: without limit, or without a buffer

    /** Sends, and waits until the element is received. */
    void transfer(E element) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        interruptedOnEntry(element);
        CellState result = transfer(element, Deadline.NEVER);
        if (result != null) {
            failSend(element, result);
        }
    }

    /** The same; false if the element was not received in time, and is taken back. */
    boolean transfer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        long nanos = unit.toNanos(timeout);
        interruptedOnEntry(element);
        CellState result = nanos > 0 ? transfer(element, Deadline.after(nanos)) : transferNow(element);
        if (result != null && result != CellState.TIMED_OUT) {
            failSend(element, result);
        }
        return result == null;
    }

    /** Sends to a receiver that waits; false if none does. */
    boolean tryTransfer(E element) {
        CellState result = transferNow(Objects.requireNonNull(element, "element"));
        if (result == CellState.CLOSED) {
            throw undelivered(element, closedNow());
        }
        return result == null;
    }

    // ---- reservations

    @Override
    public Reservation<E> reserve() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (room == 0) {
            throw new UnsupportedOperationException("no buffer to reserve room in");
        }
        KeptRoom<E> place = new KeptRoom<>(this); // alloc: before anything is kept
        CellState result = keepRoom(Deadline.NEVER);
        if (result == CellState.INTERRUPTED) {
            throw new InterruptedException();
        }
        if (result == CellState.CLOSED) {
            throw closedNow();
        }
        return place;
    }

    // ---- receiving

    @Override
    public E receive() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Threads.reserveStack();
        Segment start = start(RECEIVE); // before the ticket
        long r = takeReceive(); // LP, if the cell does not turn out to be dead
        E element = receiveFast(start, r);
        if (element != null) {
            return element;
        }
        Object result = receiveSlow(start, r, Deadline.NEVER, true);
        return result instanceof CellState state ? noElement(state) : element(result);
    }

    @Override
    public E receiveUninterruptibly() {
        Object result = receive(Deadline.NEVER, false);
        if (result == CellState.CLOSED) {
            throw closedNow();
        }
        return element(result);
    }

    @Override
    public E receive(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Object result = nanos > 0 ? receive(Deadline.after(nanos), true) : receiveNow();
        return result instanceof CellState state ? noElement(state) : element(result);
    }

    private E noElement(CellState state) throws InterruptedException {
        if (state == CellState.INTERRUPTED) {
            throw new InterruptedException();
        }
        if (state == CellState.CLOSED) {
            throw closedNow();
        }
        return null; // TIMED_OUT
    }

    @Override
    public E tryReceive() {
        Object result = receiveNow();
        if (result == CellState.CLOSED) {
            throw closedNow();
        }
        return result instanceof CellState ? null : element(result);
    }

    @Override
    protected E receiveIfPresent() {
        Object result = receiveNow();
        return result instanceof CellState ? null : element(result);
    }

    @Override
    public CompletableFuture<E> receiveAsync() {
        return receiveLater();
    }

    private ChannelClosedException closedNow() {
        finishClosing();
        return closed();
    }

    // ---- select

    @Override
    public Object receiveAtOnce() {
        return receiveNow();
    }

    @Override
    public Object sendAtOnce(E element) {
        CellState result = sendNow(element);
        return result == null ? CellState.DONE : result;
    }

    @Override
    public Object receiveFor(Selection<?> selection, Selection.Round round, int clause) {
        SelectReceive waiter = new SelectReceive(selection, round, clause);
        selection.leaves(clause, waiter);
        Threads.reserveStack();
        Segment start = start(RECEIVE);
        long r = takeReceive();
        E element = receiveFast(start, r);
        return element != null ? element : receiveSlow(start, r, waiter);
    }

    @Override
    public Object sendFor(E element, Selection<?> selection, Selection.Round round, int clause) {
        SelectSend waiter = new SelectSend(this, element, selection, round, clause);
        selection.leaves(clause, waiter);
        CellState result = sendOrInstall(element, waiter);
        return result == null ? CellState.DONE : result;
    }

    @Override
    public RuntimeException refusal() {
        return closedNow();
    }

    @Override
    public RuntimeException refusal(E element) {
        return undelivered(element, closedNow());
    }

    // ---- queries

    /** What it is, what is in it, who waits, and whether it has ended; looks at each cell in use. */
    @Override
    public String toString() {
        return described(limitText(), Overflow.SUSPEND, size(), waitingSenders(), waitingReceivers(), endText());
    }

    String limitText() {
        return room == UNLIMITED_ROOM ? "UNLIMITED" : Long.toString(room);
    }

    String endText() {
        Closing c = sends < 0 ? closing : null;
        return end(c != null, c != null && c.cancelled);
    }
}
