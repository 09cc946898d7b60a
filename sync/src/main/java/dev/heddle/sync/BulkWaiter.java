// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Segment;

/** The calling thread, waiting for permits of a {@link PermitQueue} where it does not do to stand in the cell itself. */
class BulkWaiter implements PermitQueue.PermitWaiter {
    private final Thread thread = Thread.currentThread();
    private final int permits;

    BulkWaiter(int permits) {
        this.permits = permits;
    }

    @Override
    public final int permits() {
        return permits;
    }

    @Override
    public final Thread thread() {
        return thread;
    }

    @Override
    public final void place(Segment segment, int offset) {
        // its thread knows
    }
}
