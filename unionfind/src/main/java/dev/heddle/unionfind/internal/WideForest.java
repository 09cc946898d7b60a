// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/** As {@link Forest}, over the longs below n. */
public final class WideForest {
    private static final int CHUNK = 1 << 16; // vertices that a worker takes at a time

    private final Pages cells;
    private final Links links;
    private final WideTrace trace; // null: none
    private long roots;

    /** Every vertex alone, in pages of 2 to the {@code shift} cells. */
    public WideForest(long n, Links links, boolean traced, int shift) {
        this.cells = new Pages(n, shift);
        this.links = links;
        this.trace = traced ? new WideTrace(cells) : null;
        this.roots = n;
        for (long x = 0; x < n; x++) {
            cells.setOpaque(x, -1);
        }
    }

    public long vertexCount() {
        return cells.length();
    }

    /** The number of trees; exact between batches. */
    public long rootCount() {
        return roots;
    }

    /** A vertex that was seen to be the root of x's tree; halves the path to it. Others may link meanwhile. */
    public long walk(long x) {
        long at = x;
        while (true) { // ends: every step rises
            long parent = cells.getOpaque(at);
            if (parent < 0) {
                return at;
            }
            long next = cells.getOpaque(parent);
            if (next < 0) {
                return parent;
            }
            cells.setOpaque(at, next); // an ancestor of a non-root: harmless at any time (F3)
            at = next;
        }
    }

    /** The record of links, or null. */
    public WideTrace trace() {
        return trace;
    }

    /** Unites the trees of two vertices; only one thread at a time may do that. Nothing is done if they are one tree. */
    void unite(long x, long y, long position, Run run) {
        long u = walk(x);
        long v = walk(y);
        if (u == v) {
            return;
        }
        long sizeOfU = -cells.getOpaque(u);
        long sizeOfV = -cells.getOpaque(v);
        boolean down = links.loses(u, v, sizeOfU, sizeOfV);
        long loser = down ? u : v;
        long winner = down ? v : u;
        cells.setOpaque(winner, -(sizeOfU + sizeOfV)); // only walks read it meanwhile, and for its sign
        cells.setRelease(loser, winner);
        roots--;
        long edge = run.edge(position);
        run.accept(edge);
        if (trace != null) {
            trace.link(loser, winner, run.traced(edge));
        }
    }

    /** The size of the tree of this root. */
    public long size(long root) {
        return -cells.getOpaque(root);
    }

    /** The least vertex of each tree, for all its vertices. The walks, which are most of the work, are shared. */
    public Pages labels(Crew crew) {
        Pages labels = cells.ofLength(cells.length());
        int chunks = Math.toIntExact((labels.length() + CHUNK - 1) / CHUNK);
        crew.forEach(chunks, c -> {
            long start = (long) c * CHUNK;
            long end = Math.min(labels.length(), start + CHUNK);
            for (long x = start; x < end; x++) {
                labels.setOpaque(x, walk(x));
            }
        });
        // In place: a root's own label, which is read by those after it, is settled when the tree is first met.
        for (long x = 0; x < labels.length(); x++) {
            long root = labels.getOpaque(x);
            long atRoot = root < 0 ? root : labels.getOpaque(root);
            if (atRoot < 0) {
                labels.setOpaque(x, ~atRoot); // met before; x itself may be that root
            } else if (root > x && atRoot == root) {
                labels.setOpaque(root, ~x); // met first here
                labels.setOpaque(x, x);
            } else {
                labels.setOpaque(x, atRoot);
            }
        }
        return labels;
    }
}
