// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/** The pipe over ids of 32 bits: filter in parallel, commit in order. */
final class Pipe extends Ring<Pipe.IntSlot> {
    /** Survivors of a block. */
    static final class IntSlot extends Slot {
        final int[] index; // within the block
        final int[] u;
        final int[] v;
        final Ahead ahead = new Ahead();

        IntSlot(int capacity) {
            index = new int[capacity];
            u = new int[capacity];
            v = new int[capacity];
        }
    }

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
        int[] cells = forest.cells();
        Giant giant = forest.giant();
        int top = giant == null ? -1 : Forest.find(cells, giant.anchor);
        for (int start = 0; start < block.count; start += Ahead.GROUP) {
            int left = slot.ahead.take(cells, giant, top, block, start);
            filter(block, slot, left, giant, top);
        }
    }

    private void filter(Block block, IntSlot slot, int left, Giant giant, int top) {
        Ahead ahead = slot.ahead;
        int count = slot.count;
        for (int j = 0; j < left; j++) {
            int u = ahead.u[j];
            int v = ahead.v[j];
            slot.index[count] = ahead.index[j];
            slot.u[count] = u;
            slot.v[count] = v;
            count += u == v ? 0 : 1;
        }
        slot.count = count;
        if (giant != null) {
            ahead.tell(giant, top, block, left);
        }
    }

    @Override
    void commit(IntSlot slot) {
        forest.gather(slot.first);
        for (int start = 0; start < slot.count; start += Ahead.GROUP) {
            commit(slot, start, Math.min(slot.count, start + Ahead.GROUP));
        }
    }

    private void commit(IntSlot slot, int start, int end) {
        int[] cells = forest.cells();
        slot.ahead.climb(cells, slot.u, start, end);
        slot.ahead.climb(cells, slot.v, start, end);
        for (int i = start; i < end; i++) {
            int u = Forest.root(cells, slot.u[i], slot.u[i]);
            int v = Forest.root(cells, slot.v[i], slot.v[i]);
            if (u != v) {
                long edge = run.edge(slot.first + slot.index[i]);
                forest.link(u, v, run.traced(edge));
                run.accept(edge);
            }
        }
    }
}
