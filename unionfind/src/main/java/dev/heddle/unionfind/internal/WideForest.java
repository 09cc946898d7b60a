// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/** As {@link Forest}, over the longs below n. */
public final class WideForest {
    private final Pages cells;
    private final Links links;
    private long roots;

    /** Every vertex alone, in pages of 2 to the {@code shift} cells. */
    public WideForest(long n, Links links, int shift) {
        this.cells = new Pages(n, shift);
        this.links = links;
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

    /** Unites the trees of two vertices; only one thread at a time may do that. False if they are one tree. */
    boolean unite(long x, long y) {
        long u = walk(x);
        long v = walk(y);
        if (u == v) {
            return false;
        }
        long sizeOfU = -cells.getOpaque(u);
        long sizeOfV = -cells.getOpaque(v);
        boolean down = links.loses(u, v, sizeOfU, sizeOfV);
        long loser = down ? u : v;
        long winner = down ? v : u;
        cells.setOpaque(winner, -(sizeOfU + sizeOfV)); // only walks read it meanwhile, and for its sign
        cells.setRelease(loser, winner);
        roots--;
        return true;
    }

    /** The size of the tree of this root. */
    public long size(long root) {
        return -cells.getOpaque(root);
    }
}
