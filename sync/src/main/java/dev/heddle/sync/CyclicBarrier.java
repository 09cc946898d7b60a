// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Threads;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Lets a fixed number of parties wait for each other, again and again. Source compatible with
 * {@link java.util.concurrent.CyclicBarrier}: a program that changes its import behaves the same.
 *
 * <p>The last party to arrive trips the barrier: it runs the barrier action, if there is one, and then all go on. If a
 * waiting party is interrupted, times out or is cancelled, or if the action fails, the barrier breaks: all other parties
 * that wait or come later get {@link BrokenBarrierException}, until {@link #reset()}. Whoever trips or breaks the barrier
 * wakes all waiting parties, in the order of their arrival, in linear time and constant stack.
 *
 * <p>A party that arrives while the action runs belongs to the next round and waits for the end of the action first, as
 * does {@code reset()} from another thread. The action itself may reset the barrier, not wait at it.
 *
 * <p><b>Memory effects.</b> What a party does before it arrives happens-before the action, and the action happens-before
 * the return of every party from that round.
 *
 * <p><b>Progress.</b> Arriving is lock-free; queries are wait-free.
 *
 * <p>Source: PLDI 2023 (the CancellableQueueSynchronizer), section on the barrier; breaking is ours.
 */
public class CyclicBarrier {
    /* Implementation notes
     * Source         PLDI 2023, barrier: a counter and a queue. The paper's ignores waiters that leave.
     * Idea           Each round is a BarrierRound: one word and one queue, fresh, so a fast party of the next round never
     *                meets a slow one of this round. Arriving is one fetch-and-add on the word; taking the last place is
     *                the trip. Breaking is a compare-and-set that wins only while places are left. Whoever wins either
     *                owes every party that has arrived exactly one resume: true for a trip, false for a break.
     * State machine  word = places left | BROKEN | RESET:
     *                  open (places > 0)  -> open (arrival) | tripping (last arrival) | BROKEN (interrupt, time-out,
     *                                        cancel) | BROKEN+RESET (reset)
     *                  tripping           -> next generation | BROKEN (the action failed) | tripping+RESET (reset by the
     *                                        action)
     *                  BROKEN             -> next generation (reset)
     * Invariants     sync 25  places go down by one per arrival, so exactly one party gets index 0
     *                sync 3   trip: parties - 1 resumes; break: as many as had arrived; the breaker's own cell refuses
     *                a party that wants to leave breaks the round first (claimAbort); if that fails the outcome is
     *                decided and it waits for it
     *                arrivals at a round that is decided change nothing that anybody reads
     * Linearization  trip, break: the step on the word that decides. reset: the same, or the swap of the generation.
     * Ordering       all volatile.
     * Deviations     The JDK's barrier makes latecomers wait for a lock while the action runs; here they wait at a gate
     *                that the tripper opens. Without an action nobody waits: latecomers start the next round themselves.
     *                await() called by the action on its own barrier fails, where the JDK's would wait for itself.
     */
    private static final int ARRIVED_BROKEN = -1; // results of arrive() that are no index
    private static final int ARRIVED_INTERRUPTED = -2;
    private static final int ARRIVED_TIMED_OUT = -3;

    private static final int ARRIVING = 0; // phases of an Arrival
    private static final int AT_GATE = 1;
    private static final int LEFT = 2;
    private static final int ARRIVED = 3;

    private static final int MAX_SEGMENT = 16;
    /**
     * Enough for an active wait to last longer than it takes to wake a thread: once one party was late, the others would
     * otherwise be parked whenever it comes, for ever after.
     */
    private static final int SPINS = 4096;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final int parties;
    private final Runnable action;
    private final int segmentSize;
    private final int spins;
    private volatile BarrierRound generation;

    /**
     * Makes a barrier without an action.
     *
     * @param parties how many must arrive to trip it
     * @throws IllegalArgumentException if {@code parties} is less than one
     */
    public CyclicBarrier(int parties) {
        this(parties, null);
    }

    /**
     * Makes a barrier whose last party runs {@code action}, which may be null, before all go on.
     *
     * @param parties how many must arrive to trip it
     * @param action what the last party runs, or null
     * @throws IllegalArgumentException if {@code parties} is less than one
     */
    public CyclicBarrier(int parties, Runnable action) {
        this(parties, action, Math.min(MAX_SEGMENT, powerOfTwo(parties - 1)), SPINS);
    }

    /** For tests. */
    CyclicBarrier(int parties, Runnable action, int segmentSize, int spins) {
        if (parties <= 0) {
            throw new IllegalArgumentException("parties <= 0: " + parties);
        }
        this.parties = parties;
        this.action = action;
        this.segmentSize = segmentSize;
        this.spins = spins;
        GENERATION.set(this, newRound());
    }

    private static int powerOfTwo(int least) {
        return least <= 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
    }

    // ---- arriving

    /**
     * Arrives and waits for the other parties. The last one to arrive runs the action.
     *
     * @return the arrival index: {@code parties - 1} for the first to arrive, 0 for the last
     * @throws InterruptedException if interrupted on entry or while waiting; the barrier is broken then
     * @throws BrokenBarrierException if the barrier is broken, or is broken or reset while this party waits. What the
     *     action throws goes to the last party as it is.
     */
    public int await() throws InterruptedException, BrokenBarrierException {
        int index = arrive(Deadline.NEVER);
        if (index < 0) {
            throwInterruptedOrBroken(index);
        }
        return index;
    }

    /**
     * As {@link #await()}, for a limited time; zero or less does not wait.
     *
     * @param timeout how long to wait
     * @param unit of the timeout
     * @return the arrival index
     * @throws InterruptedException as for {@link #await()}
     * @throws BrokenBarrierException as for {@link #await()}
     * @throws TimeoutException if the time was over before the last party arrived; the barrier is broken then
     */
    public int await(long timeout, TimeUnit unit)
            throws InterruptedException, BrokenBarrierException, TimeoutException {
        return await(Deadline.after(unit.toNanos(timeout)));
    }

    final int await(Deadline deadline) throws InterruptedException, BrokenBarrierException, TimeoutException {
        int index = arrive(deadline);
        if (index == ARRIVED_TIMED_OUT) {
            throw new TimeoutException();
        }
        if (index < 0) {
            throwInterruptedOrBroken(index);
        }
        return index;
    }

    private static void throwInterruptedOrBroken(int code) throws InterruptedException, BrokenBarrierException {
        if (code == ARRIVED_INTERRUPTED) {
            throw new InterruptedException();
        }
        throw new BrokenBarrierException();
    }

    private int arrive(Deadline deadline) {
        Threads.reserveMoreStack(); // also for the wait, which reserves some itself
        for (; ; ) { // ends: repeats only if the round was decided meanwhile, and waits for the next one then
            BarrierRound g = generation;
            long w = g.word;
            if (BarrierRound.isDecided(w)) {
                if (BarrierRound.isBroken(w) && !BarrierRound.isReset(w)) {
                    return ARRIVED_BROKEN;
                }
                awaitNext(g);
            } else if (Thread.currentThread().isInterrupted()) {
                if (g.claimAbort()) {
                    Thread.interrupted(); // the exception takes its place
                    g.abortDone();
                    return ARRIVED_INTERRUPTED;
                }
            } else {
                BarrierRound next = prepare(g, w);
                int index = g.takePlace();
                if (index == 0) {
                    trip(g, next);
                    return 0;
                }
                if (index > 0) {
                    return result(g.await(deadline, true), index);
                }
            }
        }
    }

    private static int result(Object state, int index) {
        if (state == CellState.INTERRUPTED) {
            return ARRIVED_INTERRUPTED;
        }
        if (state == CellState.TIMED_OUT) {
            return ARRIVED_TIMED_OUT;
        }
        return CellQueue.<Boolean>value(state) ? index : ARRIVED_BROKEN;
    }

    /**
     * Arrives without blocking the caller, except for the action: the last party runs it.
     *
     * @return a future of the arrival index. It fails with {@link BrokenBarrierException} if the barrier is or gets
     *     broken, and with what the action throws if this was the last party. Any completion from outside ({@code
     *     cancel}, {@code orTimeout}, …) before the round is decided breaks the barrier.
     */
    public CompletableFuture<Integer> awaitAsync() {
        Arrival arrival = new Arrival();
        arrive(arrival);
        return arrival;
    }

    private void arrive(Arrival arrival) {
        Threads.reserveMoreStack();
        for (; ; ) { // ends: as in arrive(Deadline)
            BarrierRound g = generation;
            long w = g.word;
            if (BarrierRound.isDecided(w)) {
                if (BarrierRound.isBroken(w) && !BarrierRound.isReset(w)) {
                    arrival.arrived(ARRIVED_BROKEN);
                    CellQueue.settle(arrival, false);
                    return;
                }
                CountDownLatch gate = action != null ? g.gate() : null;
                if (gate == null || !g.isTripping()) {
                    awaitNext(g);
                } else if (arrival.await(gate)) {
                    return; // comes back when the gate opens
                }
            } else {
                BarrierRound next = prepare(g, w);
                int index = g.takePlace();
                if (index >= 0) {
                    arriveAt(g, next, arrival, index);
                    return;
                }
            }
        }
    }

    private void arriveAt(BarrierRound g, BarrierRound next, Arrival arrival, int index) {
        if (index > 0) {
            arrival.index = index;
            g.install(arrival);
            arrival.arrived(index);
            return;
        }
        arrival.arrived(0);
        try {
            trip(g, next);
        } catch (Throwable failure) { // what the action throws is the result of the last party
            arrival.failure = failure;
        }
        CellQueue.settle(arrival, arrival.failure == null);
    }

    /** The last party has arrived: runs the action, starts the next round, lets the others go. */
    private void trip(BarrierRound g, BarrierRound next) {
        boolean tripped = false;
        try {
            if (action != null) {
                g.tripper = Thread.currentThread();
                action.run();
            }
            tripped = true;
        } finally {
            boolean reset = BarrierRound.isReset(g.word);
            if (tripped) {
                startNext(g, next);
            } else {
                g.fail();
            }
            g.resumeMany(tripped && !reset, parties - 1L);
            g.openGate();
        }
    }

    // ---- rounds

    /** Returns when {@code g}, which is decided, is no longer the current generation, or is broken for good. */
    private void awaitNext(BarrierRound g) {
        if (action == null || BarrierRound.isBroken(g.word)) {
            startNext(g, null);
        } else if (g.tripper == Thread.currentThread()) {
            throw new IllegalStateException("the barrier action waits at its own barrier");
        } else {
            CountDownLatch gate = g.gate();
            if (g.isTripping()) {
                gate.awaitUninterruptibly();
            }
        }
    }

    /** Whether there is a processor for each party: only then is it worth a party's while to wait actively. */
    boolean allMayRun() {
        return parties <= PROCESSORS;
    }

    /** Allocates what the party needs that finds {@code w}: the next round if it is the last one, else a place to wait. */
    private BarrierRound prepare(BarrierRound g, long w) {
        if (BarrierRound.places(w) == 1) {
            return newRound();
        }
        g.prepare();
        return null;
    }

    private BarrierRound newRound() {
        return new BarrierRound(this, parties, segmentSize, spins);
    }

    /** {@code next} is used if it is there; it is missing if another party was faster than we thought. */
    private void startNext(BarrierRound g, BarrierRound next) {
        while (generation == g) { // ends: a swap succeeds, ours or another's
            try {
                GENERATION.compareAndSet(this, g, next != null ? next : newRound());
            } catch (OutOfMemoryError retried) { // the round is decided: there is no way back
                Threads.giveWay();
            }
        }
    }

    /**
     * Starts a new round. Parties that wait get {@link BrokenBarrierException}. A broken barrier becomes usable again.
     */
    public void reset() {
        Threads.reserveStack();
        BarrierRound next = newRound();
        for (; ; ) { // ends: repeats only if the round was decided meanwhile
            BarrierRound g = generation;
            long w = g.word;
            if (BarrierRound.isBroken(w)) {
                startNext(g, next);
                return;
            }
            if (BarrierRound.isDecided(w)) {
                if (g.tripper == Thread.currentThread()) {
                    g.resetByAction();
                    return;
                }
                awaitNext(g);
            } else if (g.breakForReset()) {
                startNext(g, next);
                g.abortDone();
                return;
            }
        }
    }

    final boolean isCurrent(BarrierRound g) {
        return generation == g;
    }

    // ---- queries

    /** {@return the number of parties that trip this barrier} */
    public int getParties() {
        return parties;
    }

    /** {@return whether a party has broken this barrier since its construction or the last reset} */
    public boolean isBroken() {
        long w = generation.word;
        return BarrierRound.isBroken(w) && !BarrierRound.isReset(w);
    }

    /** {@return how many parties wait at the barrier now} */
    public int getNumberWaiting() {
        BarrierRound g = generation;
        long w = g.word;
        if (BarrierRound.isBroken(w) || BarrierRound.isReset(w)) {
            return 0;
        }
        if (BarrierRound.isDecided(w)) {
            return action != null ? parties : 0; // all stand there until the action has run
        }
        return parties - (int) BarrierRound.places(w);
    }

    /** The future of a party. */
    private final class Arrival extends AsyncWaiter<Boolean, Integer> {
        int index;
        Throwable failure; // of the action
        private volatile int phase;

        /** Waits at the gate; false if the gate is open already. */
        @SuppressWarnings("FutureReturnValueIgnored") // comeBack lets nothing out
        boolean await(CountDownLatch gate) {
            PHASE.set(this, AT_GATE);
            CompletableFuture<Void> open = gate.awaitAsync();
            if (open.isDone()) {
                return !PHASE.compareAndSet(this, AT_GATE, ARRIVING); // true: cancelled here
            }
            open.thenRun(this::comeBack);
            return true;
        }

        private void comeBack() {
            if (PHASE.compareAndSet(this, AT_GATE, ARRIVING)) {
                try {
                    arrive(this);
                } catch (Throwable problem) { // out of memory before the arrival: the future has to tell
                    failure = problem;
                    arrived(ARRIVED_BROKEN);
                    CellQueue.settle(this, false);
                }
            }
        }

        void arrived(int at) {
            index = at;
            phase = ARRIVED;
        }

        @Override
        protected boolean abandon() {
            int rounds = 0;
            while (phase != ARRIVED) { // ends: arriving takes a few steps of another thread, and runs no user code
                if (PHASE.compareAndSet(this, AT_GATE, LEFT)) {
                    return true;
                }
                if (phase == LEFT) {
                    return false;
                }
                if (++rounds < CellQueue.SPINS && Threads.maySpin()) {
                    Thread.onSpinWait();
                } else {
                    Threads.giveWay();
                }
            }
            return super.abandon();
        }

        @Override
        void accept(Boolean tripped) {
            if (tripped) {
                grant(index);
            } else {
                grantFailure(failure != null ? failure : new BrokenBarrierException());
            }
        }
    }

    // VarHandle mechanics
    private static final VarHandle GENERATION = field(CyclicBarrier.class, "generation", BarrierRound.class);
    private static final VarHandle PHASE = field(Arrival.class, "phase", int.class);

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(MethodHandles.lookup(), name, VarHandle.class, owner, type);
    }
}
