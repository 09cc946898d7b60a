// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Workers filter blocks of edges at the same time; whoever holds the token commits what is left of them, block after block
 * in the order of the batch.
 *
 * @param <S> what stays of a block
 */
abstract class Ring<S extends Ring.Slot> implements Part {
    /* Implementation notes
     * Source         our own; F1 to F3 in proofs-notes 07
     * Idea           An edge whose ends are connected by edges that were accepted, earlier or later, is rejected for good
     *                (F1). All others are committed one after the other. So filtering needs no order, and links have one.
     * Invariants     UF-12 only the holder of the token writes root cells, sizes and accept bits
     *                UF-13 a block that is ready is committed by its worker, or by a holder of the token who looks again
     *                after it has given the token back
     *                slot of block b is free when committed > b - ring
     * Ordering       ready, committed and token are volatile: a worker writes ready and reads the token, a committer writes
     *                the token and reads ready. The token orders what committers write.
     * Progress       blocking: a worker that stops with the oldest block, or with the token, stops the others a ring later.
     *                The worker with the oldest block never waits for room.
     */
    /** What stays of a block until it is committed. */
    abstract static class Slot {
        int count; // survivors
        long first; // position of the block's first edge
        int edges;
        Throwable failure;
        volatile long ready; // number of the block, plus one
    }

    final Run run;
    private final Feed feed;
    private final Crew crew;
    private final S[] slots;
    private final AtomicBoolean token = new AtomicBoolean();
    private final AtomicLong taken = new AtomicLong(); // blocks
    private volatile long committed; // blocks; written by the holder of the token
    private long begun; // blocks committed before this run

    Ring(Run run, Feed feed, Crew crew, S[] slots) {
        this.run = run;
        this.feed = feed;
        this.crew = crew;
        this.slots = slots;
    }

    /** Puts what is not rejected for good into the slot. */
    abstract void filter(Block block, S slot);

    /** Links and accepts, in order. */
    abstract void commit(S slot);

    @Override
    public final long run(long start, long limit) {
        feed.resume(start, limit);
        committed = start;
        begun = start;
        taken.set(0);
        for (S slot : slots) {
            slot.ready = 0;
        }
        crew.run(this::work);
        if (!run.failed() && committed - begun != taken.get()) {
            throw new AssertionError(taken.get() + " blocks taken, committed only " + (committed - begun));
        }
        return committed;
    }

    private void work() {
        try {
            takeAndCommit();
        } catch (Throwable e) {
            run.fail(e); // nobody is to wait for the block that this thread has taken
            throw e;
        }
    }

    private void takeAndCommit() {
        Block block = new Block(feed.blockSize);
        while (!run.stopped() && feed.take(block)) {
            taken.getAndIncrement();
            run.pause();
            if (!awaitRoom(block.number)) {
                return;
            }
            S slot = slots[(int) (block.number % slots.length)];
            slot.first = block.first;
            slot.edges = block.count;
            slot.failure = block.failure;
            slot.count = 0;
            filter(block, slot);
            run.pause();
            slot.ready = block.number + 1; // then look for the token
            tryCommit();
            run.report();
        }
    }

    /** False if there will be none, since the batch has failed. */
    private boolean awaitRoom(long number) {
        for (int times = 0; number - committed >= slots.length; times++) { // ends: the oldest block needs no room
            tryCommit();
            if (run.failed()) {
                return false;
            }
            Run.backOff(times);
        }
        return true;
    }

    private void tryCommit() {
        while (isReady(committed) && !run.failed()) { // ends: each round a block is committed, here or elsewhere
            if (!token.compareAndSet(false, true)) {
                return; // the holder looks again
            }
            while (isReady(committed) && !run.failed()) { // ends: with the blocks that are ready
                commitNext();
            }
            run.pause();
            token.set(false); // then look again
        }
    }

    private boolean isReady(long number) {
        return slots[(int) (number % slots.length)].ready == number + 1;
    }

    private void commitNext() {
        S slot = slots[(int) (committed % slots.length)];
        commit(slot);
        run.pause();
        run.countSerial(slot.count);
        run.applied(slot.first + slot.edges);
        if (slot.failure != null) {
            run.fail(slot.failure);
        }
        long next = committed + 1;
        committed = next; // the token is held: nobody else writes it
    }
}
