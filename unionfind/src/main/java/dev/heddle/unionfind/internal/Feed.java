// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.EdgeCursor;
import dev.heddle.unionfind.EdgeSource;
import dev.heddle.unionfind.RandomAccessEdges;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongUnaryOperator;

/**
 * Hands the edges of a batch out in numbered blocks, each to one worker. Blocks are numbered in the order of the batch,
 * without a gap.
 */
public abstract class Feed implements AutoCloseable {
    final int blockSize;
    final long bound; // vertices are below it
    final boolean wide; // whether ids of 64 bits are wanted
    volatile long limit; // blocks from this one on are not handed out yet

    private Feed(int blockSize, long bound, boolean wide) {
        this.blockSize = blockSize;
        this.bound = bound;
        this.wide = wide;
    }

    /** Blocks of a source in an order: from position to edge, or null for that of the source. */
    public static Feed of(EdgeSource source, LongUnaryOperator order, int blockSize, long bound, boolean wide) {
        if (source instanceof RandomAccessEdges edges) {
            if (edges.edgeCount() < 0) { // else the batch would do nothing, and not say so
                throw new IllegalStateException("a source with random access has " + edges.edgeCount() + " edges");
            }
            return new OfAny(edges, order, blockSize, bound, wide);
        }
        if (order != null) {
            throw new UnsupportedOperationException("a shuffled order needs RandomAccessEdges, not " + source);
        }
        return new OfCursor(source.open(), blockSize, bound, wide);
    }

    /** Hands out blocks from number {@code start} on, which is the next one, but none from {@code limit} on. */
    abstract void resume(long start, long limit);

    /** Takes the next block; false if there is none. A block with a failure is the last one that counts. */
    abstract boolean take(Block block);

    /** Whether there is no block from this one on. */
    abstract boolean isEnd(long block);

    @Override
    public void close() {}

    final void check(Block block) {
        block.offset = 0;
        block.checkLongs(bound);
        if (!wide) {
            block.narrow();
        }
    }

    /** Edges that can be copied from any place. */
    private static final class OfAny extends Feed {
        private final RandomAccessEdges edges;
        private final LongUnaryOperator order;
        private final long count;
        private final long blocks;
        private final AtomicLong next = new AtomicLong();

        OfAny(RandomAccessEdges edges, LongUnaryOperator order, int blockSize, long bound, boolean wide) {
            super(blockSize, bound, wide);
            this.edges = edges;
            this.order = order;
            this.count = edges.edgeCount();
            this.blocks = (count + blockSize - 1) / blockSize;
        }

        @Override
        void resume(long start, long newLimit) {
            next.set(start);
            limit = Math.min(newLimit, blocks);
        }

        @Override
        boolean isEnd(long block) {
            return block >= blocks;
        }

        @Override
        boolean take(Block block) {
            long number = next.getAndIncrement();
            if (number >= limit) {
                return false;
            }
            block.number = number;
            block.first = number * blockSize;
            block.count = (int) Math.min(blockSize, count - block.first);
            block.failure = null;
            if (edges instanceof Pairs.OfInts ints && order == null && !wide) {
                block.view(ints.from, ints.to, (int) block.first, block.count);
                block.checkInts((int) bound);
                return true;
            }
            if (edges instanceof MappedEdges mapped && order == null) {
                take(mapped, block);
                return true;
            }
            fill(block);
            check(block);
            if (order != null && block.failure instanceof Block.NoSuchVertexException e) {
                block.failure = e.at(order.applyAsLong(block.first + block.count));
            }
            return true;
        }

        private void take(MappedEdges mapped, Block block) {
            if (mapped.isNarrow() && !wide) {
                block.makeIntRoom();
                mapped.copyAny(block.first, block.count, block.pairs(), block.from, block.to);
                block.checkInts((int) bound);
            } else {
                block.makeRoom();
                mapped.copyAny(block.first, block.count, block.wideFrom, block.wideTo);
                check(block);
            }
            if (block.failure != null) { // of a vertex: that it is negative is the fault of the file
                block.failure = mapped.failureOf(block.first + block.count, block.failure);
            }
        }

        private void fill(Block block) {
            int wanted = block.count;
            block.count = 0; // those before a failure
            try {
                block.makeRoom();
                if (order == null) {
                    edges.copy(block.first, wanted, block.wideFrom, block.wideTo);
                    block.count = wanted;
                } else {
                    gather(block, wanted);
                }
            } catch (Throwable e) { // reason: thrown by whoever applies the batch
                block.failure = e;
            }
        }

        private void gather(Block block, int wanted) {
            if (edges instanceof Pairs.OfInts ints) {
                for (int i = 0; i < wanted; i++) {
                    int edge = (int) order.applyAsLong(block.first + i);
                    block.wideFrom[i] = ints.from[edge];
                    block.wideTo[i] = ints.to[edge];
                }
                block.count = wanted;
                return;
            }
            long[] x = new long[1];
            long[] y = new long[1];
            for (; block.count < wanted; block.count++) {
                int i = block.count;
                edges.copy(order.applyAsLong(block.first + i), 1, x, y);
                block.wideFrom[i] = x[0];
                block.wideTo[i] = y[0];
            }
        }
    }

    /** Edges that come one after the other. Taking them is done by one worker at a time, and is itself work. */
    private static final class OfCursor extends Feed {
        private final EdgeCursor cursor;
        private final ReentrantLock lock = new ReentrantLock();
        private long next; // block
        private long position;
        private boolean ended;

        OfCursor(EdgeCursor cursor, int blockSize, long bound, boolean wide) {
            super(blockSize, bound, wide);
            this.cursor = cursor;
        }

        @Override
        void resume(long start, long newLimit) {
            limit = newLimit;
        }

        @Override
        boolean isEnd(long block) {
            lock.lock();
            try {
                return ended && block >= next;
            } finally {
                lock.unlock();
            }
        }

        @Override
        boolean take(Block block) {
            lock.lock();
            try {
                if (ended || next >= limit) {
                    return false;
                }
                fill(block);
                if (block.count == 0 && block.failure == null) {
                    return false;
                }
                block.number = next++;
                block.first = position;
                position += block.count;
            } finally {
                lock.unlock();
            }
            check(block);
            return true;
        }

        private void fill(Block block) {
            block.count = 0;
            block.failure = null;
            try {
                block.makeRoom();
                // One call, so that a failure comes when there is nothing to give before it.
                int count = cursor.next(block.wideFrom, block.wideTo, blockSize);
                if (count < 0 || count > blockSize) { // else the batch would not end, or end in a strange place
                    throw new IllegalStateException("a cursor gave " + count + " of at most " + blockSize + " edges");
                }
                block.count = count;
                ended = count == 0;
            } catch (Throwable e) { // reason: thrown by whoever applies the batch
                block.failure = e;
                ended = true;
            }
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
