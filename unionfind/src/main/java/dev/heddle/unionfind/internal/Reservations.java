// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/** Rounds over a window of edges: all reserve their roots for the least, those that hold one of theirs link. */
final class Reservations {
    /* Implementation notes
     * Source         Blelloch, Fineman, Gibbons, Shun, PPoPP 2012 (deterministic reservations); two-sided, and the proof of
     *                the accept bits, our own
     * Idea           Every edge of the window writes its number to both roots, the least stays. An edge that holds one of its
     *                roots is the least undecided edge that leaves that component, so it is accepted by any sequential run
     *                (F2). Winning on one end suffices, else the largest component would let one edge a round pass.
     * Invariants     UF-16: a root is linked at most once a round, by the edge that holds it; no cycle, since around one the
     *                numbers would fall for ever; between rounds nothing is reserved at a live root
     * Determinism    The length of the window depends on the number of losers alone, not on threads. The accept bits do not
     *                depend on it at all; the links do.
     * Ordering       phases are separated by the crew; within one the marks are opaque and go down by compare-and-set
     */
    private static final int FREE = Integer.MAX_VALUE;
    private static final int CHUNK = 1024; // edges that a worker takes at a time
    private static final int FIRST = 1 << 13; // the window at first
    private static final int LEAST = 1 << 9;
    private static final int MOST = 1 << 16;

    private final Forest forest;
    private final Run run;
    private final int[] marks; // by root: the least edge that wants it
    private final int least;
    private final int most;
    private int window;
    private int[] index; // of the edges in the window, ascending
    private int[] u; // a vertex of the tree at one end
    private int[] v;
    private int[] kept; // of each chunk
    private int rounds;

    Reservations(Forest forest, Run run) {
        this(forest, run, FIRST, LEAST, MOST);
    }

    /** For tests: another window. */
    Reservations(Forest forest, Run run, int first, int least, int most) {
        this.forest = forest;
        this.run = run;
        this.least = least;
        this.most = most;
        window = first;
        marks = new int[forest.vertexCount()];
        Arrays.fill(marks, FREE);
        index = new int[most];
        u = new int[most];
        v = new int[most];
        kept = new int[(most + CHUNK - 1) / CHUNK];
    }

    /** Rounds so far. */
    int rounds() {
        return rounds;
    }

    /** Decides the edges of the block; a flag of 1 accepts one. */
    void apply(Block block, byte[] flags, Crew crew) {
        if (block.count > CHUNK) {
            crew.start(); // an executor that fails does so before anything of the block is decided
        }
        int carried = 0;
        int next = 0;
        while (carried > 0 || next < block.count) { // ends: the least edge in the window is decided
            int fresh = Math.min(Math.max(window - carried, 0), block.count - next);
            for (int i = 0; i < fresh; i++, next++) {
                index[carried + i] = next;
                u[carried + i] = block.from[block.offset + next];
                v[carried + i] = block.to[block.offset + next];
            }
            int count = carried + fresh;
            int chunks = (count + CHUNK - 1) / CHUNK;
            crew.forEach(chunks, c -> reserve(c * CHUNK, Math.min(count, (c + 1) * CHUNK)));
            crew.forEach(chunks, c -> kept[c] = commit(block, c * CHUNK, Math.min(count, (c + 1) * CHUNK), flags));
            carried = pack(chunks);
            rounds++;
            adapt(count, carried);
        }
    }

    private void reserve(int start, int end) {
        run.pause();
        for (int i = start; i < end; i++) {
            u[i] = forest.walk(u[i]);
            v[i] = forest.walk(v[i]);
            if (u[i] != v[i]) {
                mark(u[i], index[i]);
                mark(v[i], index[i]);
            }
        }
    }

    private void mark(int root, int edge) {
        for (int seen = markOpaque(root); seen > edge; seen = markOpaque(root)) { // ends: the mark goes down
            if (MARKS.compareAndSet(marks, root, seen, edge)) {
                return;
            }
        }
    }

    /** How many edges are to be tried again; they are moved to the beginning of the chunk. */
    private int commit(Block block, int start, int end, byte[] flags) {
        run.pause();
        int again = start;
        for (int i = start; i < end; i++) {
            if (u[i] == v[i]) {
                continue; // rejected for good (F1)
            }
            int high = Math.max(u[i], v[i]);
            int low = Math.min(u[i], v[i]);
            int edge = index[i];
            if (markOpaque(high) == edge) {
                if (markOpaque(low) == edge) {
                    setMarkOpaque(low, FREE); // it stays a root
                }
                link(block, high, low, edge, flags);
            } else if (markOpaque(low) == edge) {
                link(block, low, high, edge, flags);
            } else {
                index[again] = edge;
                u[again] = high;
                v[again] = low;
                again++;
            }
        }
        return again - start;
    }

    private void link(Block block, int loser, int winner, int edge, byte[] flags) {
        forest.setCellRelease(loser, winner);
        forest.traceLink(loser, winner, run.traced(run.edge(block.first + edge)));
        flags[edge] = 1;
    }

    private int pack(int chunks) {
        int count = 0;
        for (int c = 0; c < chunks; c++) {
            System.arraycopy(index, c * CHUNK, index, count, kept[c]);
            System.arraycopy(u, c * CHUNK, u, count, kept[c]);
            System.arraycopy(v, c * CHUNK, v, count, kept[c]);
            count += kept[c];
        }
        return count;
    }

    private void adapt(int count, int losers) {
        if (losers * 5L > count) {
            window = Math.max(least, window / 2);
        } else if (losers * 10L < count) {
            window = Math.min(most, window * 2);
        }
    }

    /** Whether nothing is reserved at any root: so it is between two blocks. */
    boolean isFree() {
        for (int x = 0; x < marks.length; x++) {
            if (forest.cell(x) < 0 && marks[x] != FREE) {
                return false;
            }
        }
        return true;
    }

    // VarHandle mechanics

    private static final VarHandle MARKS = MethodHandles.arrayElementVarHandle(int[].class);

    private int markOpaque(int root) {
        return (int) MARKS.getOpaque(marks, root);
    }

    private void setMarkOpaque(int root, int mark) {
        MARKS.setOpaque(marks, root, mark);
    }
}
