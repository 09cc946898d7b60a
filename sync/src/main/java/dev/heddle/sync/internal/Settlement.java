// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.internal;

/**
 * Settles granted futures: sets their results and so runs their dependents. An operation collects the futures in a chain
 * while it works on a queue and settles them at its very end, when it holds nothing: a dependent may use the same
 * primitive.
 *
 * <p>A chain is written as its last future, null when it is empty; the futures themselves are the links, so collecting
 * allocates nothing and can't fail.
 */
public final class Settlement {
    /* Implementation notes
     * Idea         Settling runs dependents, a dependent may release, a release may grant further futures. Done on the
     *              spot this is a recursion as deep as the queue is long. So a settlement that begins inside another
     *              one on the same thread only appends to it (a trampoline): constant stack (sync 18, sync 23).
     * ThreadLocal  Needed to know "inside another one on this thread": the calls in between are user code, so there is
     *              nothing to pass a reference through. It is set only while futures are settled, and removed after.
     */
    private static final ThreadLocal<Settlement> RUNNING = new ThreadLocal<>(); // reason: "ThreadLocal" above

    private AbortableFuture<?> chain; // granted by dependents while this settlement runs; owned by its thread

    private Settlement() {}

    /** Adds a granted future, which is in no chain yet, behind a chain and gives the longer chain. */
    public static AbortableFuture<?> append(AbortableFuture<?> chain, AbortableFuture<?> future) {
        if (chain == null) {
            future.nextToSettle = future; // circular: the last one knows the first
        } else {
            future.nextToSettle = chain.nextToSettle;
            chain.nextToSettle = future;
        }
        return future;
    }

    /** Settles every future of the chain, in order; inside another settlement it leaves them to that one. */
    public static void run(AbortableFuture<?> chain) {
        if (chain == null) {
            return;
        }
        Settlement outer = running();
        if (outer != null) {
            outer.chain = join(outer.chain, chain);
            return;
        }
        Settlement mine = null;
        try {
            mine = new Settlement();
            RUNNING.set(mine);
        } catch (OutOfMemoryError e) {
            mine = null; // nested settlements will use the stack instead: that is better than losing the grants
        }
        try {
            settleAll(mine, chain);
        } finally {
            RUNNING.remove();
        }
    }

    private static Settlement running() {
        try {
            return RUNNING.get();
        } catch (OutOfMemoryError e) {
            return null; // get() allocates only if nothing is set
        }
    }

    /** Settles the chain and what dependents add to {@code mine} meanwhile. */
    private static void settleAll(Settlement mine, AbortableFuture<?> chain) {
        Throwable failure = null;
        AbortableFuture<?> rest = chain;
        while (rest != null) { // ends when the dependents grant nothing more
            AbortableFuture<?> f = rest.nextToSettle;
            rest = f == rest ? null : unlinkFirst(rest, f);
            f.nextToSettle = null;
            try {
                f.settle();
            } catch (Throwable t) { // an Error out of the machinery of dependents: the others must not pay for it
                failure = failure == null ? t : failure;
            }
            if (mine != null && mine.chain != null) {
                rest = join(rest, mine.chain);
                mine.chain = null;
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private static AbortableFuture<?> unlinkFirst(AbortableFuture<?> last, AbortableFuture<?> first) {
        last.nextToSettle = first.nextToSettle;
        return last;
    }

    private static AbortableFuture<?> join(AbortableFuture<?> left, AbortableFuture<?> right) {
        if (left == null) {
            return right;
        }
        AbortableFuture<?> first = left.nextToSettle;
        left.nextToSettle = right.nextToSettle;
        right.nextToSettle = first;
        return right;
    }
}
