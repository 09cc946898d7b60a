// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/**
 * A few edges whose cells are read before any of them is decided: by reads that do not depend on each other and without
 * branches, so that the processor overlaps their misses.
 */
final class Ahead {
    /* Implementation notes
     * Idea           How many misses overlap is a matter of how many loads are among the few hundred instructions that a
     *                processor has in flight. So a loop of loads and nothing else goes first, over the ends on one side; the
     *                loop that takes the step finds all in the cache.
     * Paths          The first steps leave a path as it is, which keeps the lines of the cache clean for the other threads;
     *                a path that is longer is halved, so that none stays long.
     */
    static final int GROUP = 512; // edges; their cells stay in the first cache
    private static final int STEPS = 3; // most paths are no longer
    static final int WORD = 64; // edges that have a bit each

    final int[] index = new int[GROUP]; // within the block, of the edges that are left
    final int[] u = new int[GROUP]; // what was seen to be the root of one end
    final int[] v = new int[GROUP];
    private final long[] uIn = new long[GROUP / WORD]; // bit j: one end of edge j is known to be in the giant
    private final long[] vIn = new long[GROUP / WORD];
    private int seen; // of the cells, so that reading them is not optimised away

    /**
     * Takes the edges of a block from this one on, and returns how many are left: all but those of which both ends are in the
     * giant, if there is one, whose root is {@code top}.
     */
    int take(int[] cells, Giant giant, int top, Block block, int start) {
        int end = Math.min(block.count, start + GROUP);
        int left = giant == null ? all(block, start, end) : left(giant, top, block, start, end);
        for (int step = 0; step < STEPS; step++) {
            climb(cells, u, 0, left);
            climb(cells, v, 0, left);
        }
        for (int j = 0; j < left; j += WORD) {
            finish(cells, j, Math.min(left, j + WORD));
        }
        return left;
    }

    /** One step up for some vertices, or none. */
    void climb(int[] cells, int[] at, int start, int end) {
        int read = 0;
        for (int j = start; j < end; j++) {
            read += cells[at[j]];
        }
        seen = read;
        for (int j = start; j < end; j++) {
            at[j] = Forest.up(cells, at[j]);
        }
    }

    /** The rest of the way, of those that have one. */
    private void finish(int[] cells, int start, int end) {
        long deep = 0; // bit j: edge j, modulo 64, has an end below its root
        for (int j = start; j < end; j++) {
            deep |= (long) (1 + ((cells[u[j]] & cells[v[j]]) >> 31)) << j;
        }
        for (; deep != 0; deep &= deep - 1) { // ends: each round clears a bit
            int j = start + Long.numberOfTrailingZeros(deep);
            u[j] = Forest.find(cells, u[j]);
            v[j] = Forest.find(cells, v[j]);
        }
    }

    private int all(Block block, int start, int end) {
        System.arraycopy(block.from, block.offset + start, u, 0, end - start);
        System.arraycopy(block.to, block.offset + start, v, 0, end - start);
        for (int i = start; i < end; i++) {
            index[i - start] = i;
        }
        return end - start;
    }

    private int left(Giant giant, int top, Block block, int start, int end) {
        int left = 0;
        for (int i = start; i < end; i += WORD) {
            left = left(giant, top, block, i, Math.min(end, i + WORD), left);
        }
        return left;
    }

    private int left(Giant giant, int top, Block block, int start, int end, int before) {
        int[] from = block.from;
        int[] to = block.to;
        int offset = block.offset;
        long rest = 0; // loads alone at first; bit i is that of edge i, modulo 64
        for (int i = start; i < end; i++) {
            rest |= (long) (giant.both(from[offset + i], to[offset + i]) ^ 1) << i;
        }
        int left = before;
        for (; rest != 0; rest &= rest - 1) { // ends: each round clears a bit
            int i = start + Long.numberOfTrailingZeros(rest);
            int x = from[offset + i];
            int y = to[offset + i];
            int xIn = giant.bit(x);
            int yIn = giant.bit(y);
            index[left] = i;
            u[left] = x ^ ((x ^ top) & -xIn); // top if it is in, else x
            v[left] = y ^ ((y ^ top) & -yIn);
            uIn[left / WORD] = (uIn[left / WORD] & ~(1L << left)) | ((long) xIn << left);
            vIn[left / WORD] = (vIn[left / WORD] & ~(1L << left)) | ((long) yIn << left);
            left++;
        }
        return left;
    }

    /** Tells the giant which ends of the edges that are left were found under its root. */
    void tell(Giant giant, int top, Block block, int left) {
        for (int j = 0; j < left; j += WORD) {
            int end = Math.min(left, j + WORD);
            tell(giant, block.from, block.offset, j, under(top, u, j, end) & ~uIn[j / WORD]);
            tell(giant, block.to, block.offset, j, under(top, v, j, end) & ~vIn[j / WORD]);
        }
    }

    /** Which of up to 64 roots are this one. */
    private static long under(int top, int[] roots, int start, int end) {
        long found = 0;
        for (int j = start; j < end; j++) {
            found |= (long) (((roots[j] ^ top) - 1) >>> 31) << j;
        }
        return found;
    }

    private void tell(Giant giant, int[] ends, int offset, int start, long found) {
        for (long rest = found; rest != 0; rest &= rest - 1) { // ends: each round clears a bit
            giant.add(ends[offset + index[start + Long.numberOfTrailingZeros(rest)]]);
        }
    }
}
