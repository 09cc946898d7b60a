// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Segment;

/** The calling thread, waiting for more or fewer permits of a {@link PermitQueue} than one. */
final class BulkWaiter implements PermitQueue.PermitWaiter {
    private final Thread thread = Thread.currentThread();
    private final int permits;

    BulkWaiter(int permits) {
        this.permits = permits;
    }

    @Override
    public int permits() {
        return permits;
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public void place(Segment segment, int offset) {
        // its thread knows
    }
}
