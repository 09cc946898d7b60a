// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Who changes the index of a splay-list, and when: samples of accesses, insertions and removals, one at a time. */
final class SplayUpkeep {
    /* Implementation notes
     * Idea           A sample is a statistic: if the lock is taken it is dropped. An insertion or removal must reach the
     *                index some time, or runs without entries and dead keys grow: it is put on a stack, and whoever has
     *                the lock works the stack off.
     * Invariants     U1 when the lock is free and nobody is between a push and its look at the lock, nothing is pending.
     *                U2 a node is cut only here, so with the lock a node seen not cut stays so.
     * Progress       Nobody waits for the lock but a writer that finds more than a bound pending, after its effect.
     * Errors         What is pushed is allocated before the effect, so an effect is never left out. A comparator that
     *                throws, or an error of the JVM, amid a change leaves weights wrong: the next change lays the levels
     *                out anew first, which compares no keys. After an error the work is pushed again; after a throw it is
     *                not, since all writers would meet it.
     */
    private final SplayIndex index;
    private final int period;
    private final int maxPending;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<Pending> pending = new AtomicReference<>();
    private final AtomicLong skipped = new AtomicLong();

    /** That a change did not come to its end. The lock guards it. */
    private boolean torn;

    SplayUpkeep(SplayIndex index, int period, int maxPending) {
        this.index = index;
        this.period = period;
        this.maxPending = maxPending;
    }

    long skipped() {
        return skipped.get();
    }

    /** Counts one access of many. */
    void sample(SplayNode node) {
        if (period == 1 || ThreadLocalRandom.current().nextInt(period) == 0) {
            sampled(node);
        }
    }

    private void sampled(SplayNode node) {
        if (tryLock()) {
            work(node);
            settlePending();
        } else {
            skipped.incrementAndGet();
        }
    }

    /** Has what was inserted or removed worked into the index or out of it. */
    void settle(Pending change) {
        int waiting = push(change);
        if (waiting > maxPending && !lock.isHeldByCurrentThread()) {
            lock.lock();
            work(null);
        }
        settlePending();
    }

    private int push(Pending fresh) {
        while (true) { // ends: each turn lost is a push or a drain by another thread
            Pending before = pending.get();
            int depth = fresh.putOn(before);
            if (pending.compareAndSet(before, fresh)) {
                return depth;
            }
        }
    }

    /** Whoever gave the lock back looks again: what was pushed meanwhile found it taken (U1). */
    private void settlePending() {
        while (pending.get() != null && tryLock()) { // ends: each turn empties the stack
            work(null);
        }
    }

    /** Not twice by a thread: a comparator that uses the list would meet a pass half done. */
    private boolean tryLock() {
        return !lock.isHeldByCurrentThread() && lock.tryLock();
    }

    /** With the lock, which it gives back. */
    private void work(SplayNode sampled) {
        try {
            change(sampled);
        } finally {
            lock.unlock();
        }
    }

    private void change(SplayNode sampled) {
        if (torn) {
            index.rebuild();
        }
        torn = true;
        if (sampled != null && !sampled.isCut()) {
            index.pass(sampled, 1);
        }
        drain(Pending.reverse(pending.getAndSet(null)));
        index.maintain();
        torn = false;
    }

    private void drain(Pending all) {
        Pending p = all;
        try {
            while (p != null) { // ends: a finite list
                Pending taken = p;
                p = p.next;
                done(taken);
            }
        } finally {
            while (p != null) { // ends: a finite list; there is something only if the work on one failed
                Pending rest = p;
                p = p.next;
                push(rest);
            }
        }
    }

    private void done(Pending taken) {
        try {
            work(taken.node, taken.hits);
        } catch (VirtualMachineError e) {
            push(taken);
            throw e;
        }
    }

    /** A key that was removed and is back keeps its node, and its hits. */
    private void work(SplayNode node, long hits) {
        long due = Math.max(1, hits);
        if (index.keep(node)) {
            return;
        }
        if (node.casValue(SplayNode.DEAD, SplayNode.CUT)) {
            index.drop(node);
        } else if (!node.isCut() && node.selfPlain() < due) {
            index.pass(node, due - node.selfPlain());
        }
    }

    /**
     * Works off all that is pending, and asks the index; waits for upkeep that is under way. A comparator that asks amid a change
     * gets an answer from what is there: a change within that one would leave the weights wrong.
     */
    <R> R inspect(Function<SplayIndex, R> question) {
        if (lock.isHeldByCurrentThread()) {
            return question.apply(index);
        }
        R answer;
        lock.lock();
        try {
            change(null);
            answer = question.apply(index);
        } finally {
            lock.unlock();
        }
        settlePending();
        return answer;
    }

    /** A node to be worked into the index or out of it. */
    static final class Pending {
        final SplayNode node;
        final long hits;
        private Pending next;
        private int depth;

        /** Of a node that is to be inserted, with so many hits, or removed: made before that. */
        Pending(SplayNode node, long hits) {
            this.node = node;
            this.hits = hits;
        }

        /** How many there are then. Only whoever holds this one may do so; it is published by a CAS. */
        private int putOn(Pending others) {
            next = others;
            depth = others == null ? 1 : others.depth + 1;
            return depth;
        }

        /** Oldest first; the stack was taken, nobody else sees it. */
        static Pending reverse(Pending top) {
            Pending done = null;
            Pending p = top;
            while (p != null) { // ends: a finite list
                Pending after = p.next;
                p.next = done;
                done = p;
                p = after;
            }
            return done;
        }
    }
}
