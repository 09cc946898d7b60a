// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/** One batch on its way: what every scheduler needs to know and to tell. */
public final class Run {
    private static final int SPINS = 200;

    final Accepted accepted;
    private final LongUnaryOperator order; // from position to edge; null: the same
    private final long base; // edges of earlier batches, for the record of links
    private final LongPredicate progress; // null: none
    private final Runnable pause; // null but in tests
    private final Thread caller = Thread.currentThread();
    private volatile boolean stopped;
    private final AtomicReference<Throwable> failure = new AtomicReference<>(); // what came first
    private volatile long applied; // edges; written by whoever commits
    private volatile long serial; // edges looked at one after the other

    /** A batch that begins. */
    public Run(Accepted accepted, LongUnaryOperator order, long base, LongPredicate progress, Runnable pause) {
        this.accepted = accepted;
        this.order = order;
        this.base = base;
        this.progress = progress;
        this.pause = pause;
    }

    long edge(long position) {
        return order == null ? position : order.applyAsLong(position);
    }

    void accept(long edge) {
        accepted.add(edge);
    }

    /** Accepts the edges at up to 64 positions from this one on: those whose bit is set. */
    void accept(long position, long bits) {
        if (order == null) {
            accepted.add(position, bits);
            return;
        }
        for (long rest = bits; rest != 0; rest &= rest - 1) { // ends: each round clears a bit
            accepted.add(order.applyAsLong(position + Long.numberOfTrailingZeros(rest)));
        }
    }

    long traced(long edge) {
        return base + edge;
    }

    /** The edges before this position are decided. */
    void applied(long position) {
        applied = position;
    }

    public long applied() {
        return applied;
    }

    /** Counts edges that one thread looked at after the other. */
    void countSerial(long edges) {
        long sum = serial + edges;
        serial = sum; // whoever commits is alone
    }

    public long serial() {
        return serial;
    }

    /** Ends the batch for all threads. */
    void fail(Throwable e) {
        failure.compareAndSet(null, e);
        stopped = true;
    }

    /** Throws what ended the batch, if anything did. */
    public void throwFailure() {
        Crew.rethrow(failure.get());
    }

    boolean failed() {
        return failure.get() != null;
    }

    /** No new block is to be taken. */
    public boolean stopped() {
        return stopped;
    }

    /** Tells how far it is, if this is the thread that began the batch, and asks whether to go on. */
    void report() {
        if (progress == null || Thread.currentThread() != caller || stopped) {
            return;
        }
        try {
            stopped = !progress.test(applied);
        } catch (Throwable e) { // reason: the helpers are to stop too; the caller throws it
            fail(e);
        }
    }

    /** A place where tests let another thread go first. */
    void pause() {
        if (pause != null) {
            pause.run();
        }
    }

    /** Waits a moment for another thread, for the longer the more often it has. */
    @SuppressWarnings("ThreadPriorityCheck")
    static void backOff(int times) {
        if (times < SPINS) {
            Thread.onSpinWait();
        } else {
            Thread.yield(); // reason: the one that is waited for may need this core
        }
    }
}
