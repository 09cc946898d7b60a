// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/** The pipe over ids of 32 bits: filter in parallel, commit in order. */
final class Pipe extends Ring<Pipe.IntSlot> {
    /** Survivors of a block. */
    static final class IntSlot extends Slot {
        final int[] index; // within the block
        final int[] u;
        final int[] v;

        IntSlot(int capacity) {
            index = new int[capacity];
            u = new int[capacity];
            v = new int[capacity];
        }
    }

    /** Edges whose parents are read before any of them is decided: independent reads, which the processor overlaps. */
    static final int GROUP = 64;

    private final Forest forest;

    Pipe(Forest forest, Run run, Feed feed, Crew crew, int ring) {
        super(run, feed, crew, slots(ring, feed.blockSize));
        this.forest = forest;
    }

    private static IntSlot[] slots(int ring, int capacity) {
        IntSlot[] slots = new IntSlot[ring];
        for (int i = 0; i < ring; i++) {
            slots[i] = new IntSlot(capacity);
        }
        return slots;
    }

    @Override
    void filter(Block block, IntSlot slot) {
        int count = 0;
        for (int start = 0; start < block.count; start += GROUP) {
            int end = Math.min(block.count, start + GROUP);
            gather(block, slot, start, end, count);
            for (int i = start; i < end; i++) {
                int u = forest.walk(block.from[block.offset + i]);
                int v = forest.walk(block.to[block.offset + i]);
                slot.index[count] = i;
                slot.u[count] = u;
                slot.v[count] = v;
                count += u == v ? 0 : 1;
            }
        }
        slot.count = count;
    }

    /** Reads what the walks will read; the free end of the slot takes what it finds, so that it is not optimised away. */
    private void gather(Block block, IntSlot slot, int start, int end, int free) {
        int to = end - start;
        for (int i = 0; i < to; i++) {
            slot.u[free + i] = forest.step(block.from[block.offset + start + i]);
            slot.v[free + i] = forest.step(block.to[block.offset + start + i]);
        }
        for (int i = 0; i < to; i++) {
            slot.u[free + i] = forest.step(slot.u[free + i]);
            slot.v[free + i] = forest.step(slot.v[free + i]);
        }
    }

    @Override
    void commit(IntSlot slot) {
        for (int start = 0; start < slot.count; start += GROUP) {
            int end = Math.min(slot.count, start + GROUP);
            for (int i = start; i < end; i++) { // as in gather
                slot.u[i] = forest.step(slot.u[i]);
                slot.v[i] = forest.step(slot.v[i]);
            }
            for (int i = start; i < end; i++) {
                long edge = run.edge(slot.first + slot.index[i]);
                if (forest.unite(slot.u[i], slot.v[i], run.traced(edge))) {
                    run.accept(edge);
                }
            }
        }
    }
}
