// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

import dev.heddle.jmh.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Threads parked in a gate without permits. */
public final class Parked {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final WaitingGate gate;
    private final List<Thread> threads;

    /** Starts the threads and returns once all of them wait. */
    public Parked(WaitingGate gate, Threads kind, int count) {
        this.gate = gate;
        this.threads = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Thread thread = kind.unstarted("parked-" + i, this::waitInGate);
            threads.add(thread);
            thread.start();
        }
        awaitParked(count);
    }

    /** Returns the threads in the order in which they were started. */
    public List<Thread> threads() {
        return threads;
    }

    /** Lets every thread through and waits for its end. */
    public void release() throws InterruptedException {
        for (int i = gate.waiting(); i > 0; i--) {
            gate.leave();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void waitInGate() {
        try {
            gate.enter();
        } catch (InterruptedException aborted) {
            Thread.currentThread().interrupt(); // the end of this thread is what the benchmark waits for
        }
    }

    private void awaitParked(int count) {
        long start = System.nanoTime();
        while (gate.waiting() < count || !allWaiting()) { // ends: the threads wait, or the limit passes
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new IllegalStateException("only " + gate.waiting() + " of " + count + " threads wait");
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }

    private boolean allWaiting() {
        return threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING);
    }
}
