// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that live as long as a trial and play rounds together. Starting a round allocates nothing, so what
 * {@code -prof gc} counts is the primitive's own.
 */
public final class Crew implements AutoCloseable {
    /** What one member does in a round. */
    @FunctionalInterface
    public interface Part {
        /** Plays the part of the given member. */
        void play(int member) throws Exception;
    }

    private final Thread[] members;
    private final AtomicInteger left = new AtomicInteger();
    private final AtomicInteger round = new AtomicInteger();
    private volatile boolean closed;
    private volatile Throwable failure;
    private volatile Thread caller;
    private volatile Part part;

    /** Starts a crew of the given kind and size; its members park until the first round. */
    public Crew(Threads kind, int size) {
        members = new Thread[size];
        for (int i = 0; i < size; i++) {
            int member = i;
            members[i] = kind.unstarted("crew-" + i, () -> live(member));
        }
        for (Thread member : members) {
            member.start();
        }
    }

    /** Returns the number of members. */
    public int size() {
        return members.length;
    }

    /** Returns a pot of so many operations for this crew. */
    public Pot pot(int operations) {
        return new Pot(operations, members.length);
    }

    /** Plays one round: returns when every member has played its part, or throws what the first failed one threw. */
    public void play(Part next) throws InterruptedException {
        start(next);
        await();
    }

    /** Starts a round and returns; the caller must {@link #await} it. */
    public void start(Part next) {
        caller = Thread.currentThread();
        left.set(members.length);
        part = next;
        round.incrementAndGet();
        for (Thread member : members) {
            LockSupport.unpark(member);
        }
    }

    /** Waits for the end of the round. */
    public void await() throws InterruptedException {
        while (left.get() > 0 && failure == null) { // ends: members finish, fail, or the harness interrupts
            LockSupport.park(this);
            if (Thread.interrupted()) {
                throw new InterruptedException("round " + round + ": " + left.get() + " members still busy");
            }
        }
        if (failure != null) {
            throw new IllegalStateException("a member failed in round " + round, failure);
        }
    }

    @Override
    public void close() {
        closed = true;
        round.incrementAndGet();
        for (Thread member : members) {
            LockSupport.unpark(member);
        }
    }

    private void live(int member) {
        int seen = 0;
        while (true) { // ends: close
            while (round.get() == seen) {
                LockSupport.park(this);
            }
            seen = round.get();
            if (closed) {
                return;
            }
            try {
                part.play(member);
            } catch (Throwable t) {
                failure = t;
            }
            if (left.decrementAndGet() == 0 || failure != null) {
                LockSupport.unpark(caller);
            }
        }
    }
}
