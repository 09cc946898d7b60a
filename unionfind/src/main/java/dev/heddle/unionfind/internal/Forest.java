// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Trees over the ints below n. The cell of a root holds the size of its tree, negative; every other cell holds an ancestor.
 */
public final class Forest {
    private static final int CHUNK = 1 << 16; // vertices that a worker takes at a time

    private final int[] cells;
    private final Links links;
    private final Trace trace; // null: none
    private int roots;

    /** Every vertex alone. */
    public Forest(int n, Links links, boolean traced) {
        this.cells = new int[n];
        this.links = links;
        this.trace = traced ? new Trace(n) : null;
        this.roots = n;
        Arrays.fill(cells, -1);
    }

    public int vertexCount() {
        return cells.length;
    }

    /** The number of trees; exact between batches. */
    public int rootCount() {
        return roots;
    }

    /** The record of links, or null. */
    public Trace trace() {
        return trace;
    }

    Links links() {
        return links;
    }

    /** A vertex that was seen to be the root of x's tree; halves the path to it. Others may link meanwhile. */
    public int walk(int x) {
        int at = x;
        while (true) { // ends: every step rises
            int parent = cellOpaque(at);
            if (parent < 0) {
                return at;
            }
            int next = cellOpaque(parent);
            if (next < 0) {
                return parent;
            }
            setCellOpaque(at, next); // an ancestor of a non-root: harmless at any time (F3)
            at = next;
        }
    }

    /** One step up, or none. */
    int step(int x) {
        int parent = cellOpaque(x);
        return parent < 0 ? x : parent;
    }

    /** Unites the trees of two vertices; only one thread at a time may do that. False if they are one tree. */
    boolean unite(int x, int y, long edge) {
        int u = walk(x);
        int v = walk(y);
        if (u == v) {
            return false;
        }
        link(u, v, edge);
        return true;
    }

    private void link(int u, int v, long edge) {
        int sizeOfU = -cellOpaque(u);
        int sizeOfV = -cellOpaque(v);
        boolean down = links.loses(u, v, sizeOfU, sizeOfV);
        int loser = down ? u : v;
        int winner = down ? v : u;
        setCellOpaque(winner, -(sizeOfU + sizeOfV)); // only walks read it meanwhile, and for its sign
        setCellRelease(loser, winner);
        roots--;
        if (trace != null) {
            trace.link(loser, winner, edge);
        }
    }

    /**
     * Unites along the edges of a block, one after the other, while no other thread is at work. The loop over edges that
     * are rejected is short and plain, for then the processor looks ahead and overlaps the misses of several edges.
     */
    void uniteAll(Block block, Run run) {
        int[] all = cells;
        int[] from = block.from;
        int[] to = block.to;
        int offset = block.offset;
        int count = block.count;
        for (int i = 0; i < count; i++) {
            int u = find(all, from[offset + i]);
            int v = find(all, to[offset + i]);
            if (u != v) {
                long edge = run.edge(block.first + i);
                link(u, v, run.traced(edge));
                run.accept(edge);
            }
        }
    }

    /** As {@link #walk}, but plain. */
    private static int find(int[] cells, int x) {
        int at = x;
        while (true) { // ends: every step rises
            int parent = cells[at];
            if (parent < 0) {
                return at;
            }
            int next = cells[parent];
            if (next < 0) {
                return parent;
            }
            cells[at] = next;
            at = next;
        }
    }

    /** The size of the tree of this root. */
    public int size(int root) {
        return -cellOpaque(root);
    }

    /** A copy of the cells as they are after every path was made as short as it can be. */
    public int[] flattened() {
        for (int x = 0; x < cells.length; x++) {
            int root = walk(x);
            if (root != x) {
                cells[x] = root;
            }
        }
        return cells.clone();
    }

    /** The least vertex of each tree, for all its vertices. The walks, which are most of the work, are shared. */
    public int[] labels(Crew crew) {
        int[] labels = new int[cells.length];
        int chunks = (int) ((labels.length + CHUNK - 1L) / CHUNK);
        crew.forEach(chunks, c -> {
            int start = c * CHUNK;
            int end = start + Math.min(CHUNK, labels.length - start);
            for (int x = start; x < end; x++) {
                labels[x] = walk(x);
            }
        });
        // In place: a root's own label, which is read by those after it, is settled when the tree is first met.
        for (int x = 0; x < labels.length; x++) {
            int root = labels[x];
            if (root < 0) {
                labels[x] = ~root; // a root that was met before its turn
            } else if (root > x && labels[root] == root) {
                labels[root] = ~x; // met first here
                labels[x] = x;
            } else {
                labels[x] = labels[root] < 0 ? ~labels[root] : labels[root];
            }
        }
        return labels;
    }

    // For schedulers that link in several threads

    void countLinks(int links) {
        roots -= links;
    }

    /** Records a link that this thread alone makes. */
    void traceLink(int loser, int winner, long edge) {
        if (trace != null) {
            trace.link(loser, winner, edge);
        }
    }

    // VarHandle mechanics

    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(int[].class);

    /** Opaque: a walk needs fresh values, not their order. */
    int cellOpaque(int x) {
        return (int) CELLS.getOpaque(cells, x);
    }

    int cell(int x) {
        return (int) CELLS.getVolatile(cells, x);
    }

    private void setCellOpaque(int x, int value) {
        CELLS.setOpaque(cells, x, value);
    }

    void setCellRelease(int x, int value) {
        CELLS.setRelease(cells, x, value);
    }

    void setCell(int x, int value) {
        CELLS.setVolatile(cells, x, value);
    }

    void addToCell(int x, int value) {
        CELLS.getAndAdd(cells, x, value);
    }
}
