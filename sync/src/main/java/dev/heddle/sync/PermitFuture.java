// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Segment;
import dev.heddle.sync.internal.WaitQueue;

/** A future that waits for permits of a {@link PermitQueue}. */
class PermitFuture<T> extends AbortableFuture<T> implements PermitQueue.PermitWaiter {
    private final int permits;
    private PermitQueue queue; // this and the cell: written before anybody who could abort has the future
    private Segment segment;
    private int offset;

    /** A waiter for {@code permits} permits that will be completed with {@code result}. */
    PermitFuture(int permits, T result) {
        this.permits = permits;
        grant(result); // now: a drain must not allocate
    }

    /** Enlists this waiter, which {@code in} has counted. */
    final void enlist(PermitQueue in) {
        queue = in;
        in.cells().enlist(this, in);
    }

    @Override
    public final int permits() {
        return permits;
    }

    @Override
    public final Thread thread() {
        return null;
    }

    @Override
    public final void place(Segment s, int o) {
        segment = s;
        offset = o;
    }

    @Override
    protected final boolean abandon() {
        return WaitQueue.abandon(this, segment, offset, queue);
    }
}
