// SPDX-License-Identifier: Apache-2.0
package dev.heddle.examples;

import dev.heddle.sync.CancellableQueueSynchronizer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A user's primitive: a latch with simple cancellation. Waiters that gave up cost the opener one failed resume each. */
public final class Latch extends CancellableQueueSynchronizer<Boolean> {
    private static final int OPEN = 1 << 30;

    private final AtomicInteger count;
    private final AtomicInteger waiters = new AtomicInteger();

    public Latch(int count) {
        super(Resumption.ASYNC, Cancellation.SIMPLE);
        this.count = new AtomicInteger(count);
    }

    public void countDown() {
        if (count.getAndDecrement() == 1) {
            int announced = waiters.getAndAdd(OPEN);
            resume(true, announced); // fails for those who have left, and that is all right
        }
    }

    /** Whether the latch was open in time. */
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException {
        if (count.get() <= 0 || waiters.getAndIncrement() >= OPEN) {
            return true;
        }
        return suspend(timeout, unit) != null;
    }
}
