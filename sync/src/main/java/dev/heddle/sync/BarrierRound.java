// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One round of a {@link CyclicBarrier}, which explains it. The queue hands out true for a trip, false for a break. */
final class BarrierRound extends CancellableQueueSynchronizer<Boolean> {
    private static final long BROKEN = 1;
    private static final long RESET = 2;
    private static final long ONE_PLACE = 4;
    private static final int PLACE_SHIFT = 2;

    private final CyclicBarrier barrier;
    private final int parties;
    volatile long word; // places left, above two flags
    private volatile CountDownLatch gate; // for those who come while the action runs
    Thread tripper; // runs the action; a thread compares it with itself only
    private long arrived; // written and read by the breaker only

    BarrierRound(CyclicBarrier barrier, int parties, int segmentSize, int spins) {
        super(Resumption.ASYNC, Cancellation.SMART, segmentSize, spins);
        this.barrier = barrier;
        this.parties = parties;
        WORD.set(this, parties * ONE_PLACE);
    }

    /** The arrival index, or -1 if the round is decided already. */
    int takePlace() {
        long w = (long) WORD.getAndAdd(this, -ONE_PLACE); // LP of the trip
        return isDecided(w) ? -1 : (int) places(w) - 1;
    }

    /** Of a round that is decided: whether its action still runs. */
    boolean isTripping() {
        return barrier.isCurrent(this) && !isBroken(word);
    }

    void resetByAction() {
        WORD.getAndBitwiseOr(this, RESET);
    }

    void fail() {
        WORD.getAndBitwiseAnd(this, ~RESET); // a failure weighs more than a reset before it
        WORD.getAndBitwiseOr(this, BROKEN);
    }

    private boolean breakUp(long flags) {
        for (; ; ) { // ends: repeats only after an arrival, and these are limited
            long w = word;
            if (isDecided(w)) {
                return false;
            }
            if (WORD.compareAndSet(this, w, w | flags)) { // LP of a break
                arrived = parties - places(w);
                return true;
            }
        }
    }

    boolean breakForReset() {
        return breakUp(BROKEN | RESET);
    }

    @Override
    boolean claimAbort() {
        return breakUp(BROKEN);
    }

    /** All are resumed together: whoever runs beside the others may expect it, and a first one that does not may not. */
    @Override
    boolean isNext(long index, long resumed) {
        return barrier.allMayRun();
    }

    @Override
    void abortDone() {
        resumeMany(false, arrived);
    }

    /** The breaker resumes all who have arrived, and meets itself. */
    @Override
    protected boolean onCancellation() {
        return false;
    }

    @Override
    protected void completeRefusedResume(Boolean tripped) {} // the breaker's own

    @Override
    protected Object blocker() {
        return barrier;
    }

    CountDownLatch gate() {
        CountDownLatch fresh = gate;
        if (fresh == null) {
            fresh = new CountDownLatch(1);
            fresh = GATE.compareAndSet(this, null, fresh) ? fresh : gate;
        }
        return fresh;
    }

    /** Called when the round has ended: whoever makes a gate later looks at that first. */
    void openGate() {
        CountDownLatch g = gate;
        if (g != null) {
            g.countDown();
        }
    }

    static long places(long w) {
        return w >> PLACE_SHIFT;
    }

    static boolean isBroken(long w) {
        return (w & BROKEN) != 0;
    }

    static boolean isReset(long w) {
        return (w & RESET) != 0;
    }

    static boolean isDecided(long w) {
        return isBroken(w) || places(w) <= 0;
    }

    // VarHandle mechanics
    private static final VarHandle WORD = field("word", long.class);
    private static final VarHandle GATE = field("gate", CountDownLatch.class);

    private static VarHandle field(String name, Class<?> type) {
        return ConstantBootstraps.fieldVarHandle(
                MethodHandles.lookup(), name, VarHandle.class, BarrierRound.class, type);
    }
}
