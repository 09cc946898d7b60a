// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/** The pipe over ids of 64 bits. */
final class WidePipe extends Ring<WidePipe.LongSlot> {
    /** Survivors of a block. */
    static final class LongSlot extends Slot {
        final int[] index; // within the block
        final long[] u;
        final long[] v;

        LongSlot(int capacity) {
            index = new int[capacity];
            u = new long[capacity];
            v = new long[capacity];
        }
    }

    private final WideForest forest;

    WidePipe(WideForest forest, Run run, Feed feed, Crew crew, int ring) {
        super(run, feed, crew, slots(ring, feed.blockSize));
        this.forest = forest;
    }

    private static LongSlot[] slots(int ring, int capacity) {
        LongSlot[] slots = new LongSlot[ring];
        for (int i = 0; i < ring; i++) {
            slots[i] = new LongSlot(capacity);
        }
        return slots;
    }

    @Override
    void filter(Block block, LongSlot slot) {
        int count = 0;
        for (int i = 0; i < block.count; i++) {
            long u = forest.walk(block.wideFrom[i]);
            long v = forest.walk(block.wideTo[i]);
            slot.index[count] = i;
            slot.u[count] = u;
            slot.v[count] = v;
            count += u == v ? 0 : 1;
        }
        slot.count = count;
    }

    @Override
    void commit(LongSlot slot) {
        for (int i = 0; i < slot.count; i++) {
            forest.unite(slot.u[i], slot.v[i], slot.first + slot.index[i], run);
        }
    }
}
