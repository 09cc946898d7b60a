// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

/**
 * Granted futures that are still to be settled, in order. An operation collects them while it works on a queue and
 * settles them at its very end, when it holds nothing: a dependent that runs then may use the same primitive.
 */
public final class Settlement {
    /* Implementation notes
     * Idea         Settling runs dependents, a dependent may release, a release may grant further futures. Done on the
     *              spot this is a recursion as deep as the queue is long. So a settlement that begins inside another
     *              one on the same thread only appends to it (a trampoline): constant stack (sync 18, sync 23).
     * ThreadLocal  Needed to know "inside another one on this thread": the calls in between are user code, so there is
     *              nothing to pass a reference through. It is set only while futures are settled, and removed after.
     */
    private static final ThreadLocal<Settlement> RUNNING = new ThreadLocal<>();

    private AbortableFuture<?> first;
    private AbortableFuture<?> last;

    /** Makes an empty one. */
    public Settlement() {}

    /** Makes one with one future, or gives {@code into} with that future added if it is not null. */
    public static Settlement add(Settlement into, AbortableFuture<?> future) {
        Settlement target = into != null ? into : new Settlement();
        target.append(future);
        return target;
    }

    private void append(AbortableFuture<?> future) {
        if (last == null) {
            first = future;
        } else {
            last.nextToSettle = future;
        }
        last = future;
    }

    /** Settles every future, in order; {@code settlement} may be null. Returns at once inside another settlement. */
    public static void run(Settlement settlement) {
        if (settlement == null || settlement.first == null) {
            return;
        }
        Settlement outer = RUNNING.get();
        if (outer != null) {
            outer.appendAll(settlement);
            return;
        }
        RUNNING.set(settlement);
        try {
            settlement.settleAll();
        } finally {
            RUNNING.remove();
        }
    }

    private void appendAll(Settlement other) {
        if (last == null) {
            first = other.first;
        } else {
            last.nextToSettle = other.first;
        }
        last = other.last;
    }

    private void settleAll() {
        Throwable failure = null;
        for (AbortableFuture<?> f = poll(); f != null; f = poll()) { // ends when dependents grant nothing more
            try {
                f.settle();
            } catch (Throwable t) { // an Error from a dependent's machinery: the others must not pay for it
                failure = failure == null ? t : failure;
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private AbortableFuture<?> poll() {
        AbortableFuture<?> f = first;
        if (f != null) {
            first = f.nextToSettle;
            f.nextToSettle = null;
            if (first == null) {
                last = null;
            }
        }
        return f;
    }
}
