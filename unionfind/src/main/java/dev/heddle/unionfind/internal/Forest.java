// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Trees over the ints below n. The cell of a root holds the size of its tree, negative; every other cell holds an ancestor.
 */
public final class Forest {
    /* Implementation notes
     * Giant          Most graphs get a tree that most vertices are in. Its size changes with nearly every link, and its root
     *                is at the end of nearly every walk: the size stands beside the cells while a batch is applied, so that
     *                the cell stays in the caches of those who walk. settle() puts it back. Its bits are for batches that
     *                are long enough to pay for them.
     * Ordering       Walks of a batch are plain. Whoever links has the order from the token of the ring, or is alone. All
     *                others want an ancestor, whichever: an old one makes an edge stay that could have gone (F1, F3).
     */
    private static final int CHUNK = 1 << 16; // vertices that a worker takes at a time
    private static final int NOBODY = Integer.MIN_VALUE; // no cell holds it
    private static final int SHARE = 32; // a tree with such a part of the vertices is worth a set of bits

    private final int[] cells;
    private final Links links;
    private final Trace trace; // null: none
    private int roots;
    private volatile Giant giant; // null: nothing is known of it; written by whoever links
    private int giantRoot = -1; // of the tree that it is in
    private int giantSize; // of that tree; its cell holds an older one till settle()

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

    /** What is known of the largest tree, or null. */
    Giant giant() {
        return giant;
    }

    int[] cells() {
        return cells;
    }

    /** One step up, or none; without a branch, for it would be mispredicted when the cell comes late from memory. */
    static int up(int[] cells, int x) {
        int parent = cells[x];
        int isRoot = parent >> 31;
        return (x & isRoot) | (parent & ~isRoot);
    }

    /** As {@link #walk}, but plain. */
    static int find(int[] cells, int x) {
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
            cells[at] = next; // F3
            at = next;
        }
    }

    /** The root of x, which may be the vertex {@code at} above it. */
    static int root(int[] cells, int at, int x) {
        return cells[at] < 0 ? at : find(cells, x);
    }

    /** Links two roots, in one thread at a time. Which of them wins is not decided by branches, which would be mispredicted. */
    void link(int u, int v, long edge) {
        int top = giantRoot;
        int loser;
        if ((long) (u ^ top) * (v ^ top) == 0) { // one of them has the giant
            loser = linkToGiant(u ^ v ^ top);
        } else {
            int size = -cells[u] - cells[v];
            loser = links.loser(u, v, -cells[u], -cells[v]);
            int winner = u ^ v ^ loser;
            cells[winner] = -size; // only walks read it meanwhile, and for its sign
            if (size > 2L * giantSize && size > cells.length / SHARE) {
                putSize();
                giant = giant == null ? null : new Giant(cells.length, winner);
                giantRoot = winner;
                giantSize = size;
            }
        }
        setCellRelease(loser, u ^ v ^ loser);
        roots--;
        if (trace != null) {
            trace.link(loser, u ^ v ^ loser, edge);
        }
    }

    /** Of another root and that of the giant the one that loses. */
    private int linkToGiant(int other) {
        int top = giantRoot;
        int size = -cells[other];
        boolean wins = links.loses(top, other, giantSize, size);
        giantSize += size;
        if (wins) {
            cells[other] = -giantSize;
            giantRoot = other;
            return top;
        }
        Giant known = giant;
        if (known != null) {
            known.add(other);
        }
        return other;
    }

    private void putSize() {
        if (giantRoot >= 0) {
            cells[giantRoot] = -giantSize;
        }
    }

    /** Begins to gather what is in the giant, if there is one and the batch has so many edges that it pays. */
    void gather(long applied) {
        if (giant == null && giantRoot >= 0 && applied >= cells.length / SHARE) {
            giant = new Giant(cells.length, giantRoot);
        }
    }

    /** The batch is over. */
    void settle() {
        putSize();
        giant = null;
    }

    /**
     * Unites along the edges of a block, one after the other, in this thread alone: for edges whose cells are near. What most
     * links do, take a vertex that was alone into the giant, is done by a store.
     */
    void uniteNear(Block block, Run run) {
        for (int start = 0; start < block.count; start += Ahead.WORD) {
            int first = block.offset + start;
            int end = block.offset + Math.min(start + Ahead.WORD, block.count);
            long accepted = uniteNear(block.from, block.to, first, end, block, run);
            run.accept(block.first + start, Long.rotateRight(accepted, first));
        }
    }

    /** Those of at most 64 edges that are accepted: bit i is that of edge i, modulo 64. Few variables, to fit registers. */
    private long uniteNear(int[] from, int[] to, int first, int end, Block block, Run run) {
        int[] all = cells;
        int top = magnet();
        int counted = 0;
        long accepted = 0;
        for (int i = first; i < end; i++) {
            int x = from[i];
            int y = to[i];
            int cellOfX = all[x];
            int cellOfY = all[y];
            if (cellOfX == cellOfY && cellOfX >= 0) {
                continue; // one parent
            }
            if (cellOfX == top && cellOfY == -1) {
                all[y] = top;
                accepted |= 1L << i;
                continue;
            }
            int u = find(all, x);
            int v = find(all, y);
            if (u != v) {
                join(Long.bitCount(accepted) - counted);
                accepted |= 1L << i;
                counted = Long.bitCount(accepted);
                link(u, v, traced(run, block.first + i - block.offset));
                top = magnet();
            }
        }
        join(Long.bitCount(accepted) - counted);
        return accepted;
    }

    /** The root under which every vertex goes that is alone, or nobody. */
    private int magnet() {
        return trace == null && links.kind() == Links.Kind.SIZE && giantRoot >= 0 ? giantRoot : NOBODY;
    }

    /** Counts vertices that were alone and are in the giant. */
    private void join(int joined) {
        giantSize += joined;
        roots -= joined;
    }

    /** The same for edges whose cells are far: they are fetched ahead, and what is in the giant is not looked at. */
    void uniteFar(Block block, Run run, Ahead ahead) {
        gather(block.first);
        for (int start = 0; start < block.count; start += Ahead.GROUP) {
            int left = ahead.take(cells, giant, giantRoot, block, start);
            uniteFar(block, left, run, ahead);
        }
    }

    private void uniteFar(Block block, int left, Run run, Ahead ahead) {
        int[] all = cells;
        if (giant != null) {
            ahead.tell(giant, giantRoot, block, left);
        }
        for (int j = 0; j < left; j++) {
            int u = root(all, ahead.u[j], ahead.u[j]);
            int v = root(all, ahead.v[j], ahead.v[j]);
            if (u != v) {
                long position = block.first + ahead.index[j];
                link(u, v, traced(run, position));
                run.accept(run.edge(position));
            }
        }
    }

    private long traced(Run run, long position) {
        return trace == null ? 0 : run.traced(run.edge(position));
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

    void countRoots() {
        roots = 0;
        for (int cell : cells) {
            roots += cell < 0 ? 1 : 0;
        }
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
