// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

/**
 * A few edges whose cells are read before any of them is decided: by reads that do not depend on each other and without
 * branches, so that the processor overlaps their misses.
 */
final class Ahead {
    static final int GROUP = 64; // edges

    final int[] index = new int[GROUP]; // within the block, of the edges that are left
    final int[] u = new int[GROUP]; // a step above one end, most often its root
    final int[] v = new int[GROUP];
    int seen; // of the cells, so that reading them is not optimised away

    /**
     * Takes the edges of a block from this one on, and returns how many are left: all but those of which both ends are in the
     * giant, if there is one, whose root is {@code top}.
     */
    int take(int[] cells, Giant giant, int top, Block block, int start) {
        int end = Math.min(block.count, start + GROUP);
        int left = giant == null ? all(block, start, end) : left(giant, top, block, start, end);
        for (int j = 0; j < left; j++) {
            u[j] = Forest.up(cells, u[j]);
            v[j] = Forest.up(cells, v[j]);
        }
        int read = 0;
        for (int j = 0; j < left; j++) {
            read |= cells[u[j]] ^ cells[v[j]];
        }
        seen = read;
        return left;
    }

    private int all(Block block, int start, int end) {
        int[] from = block.from;
        int[] to = block.to;
        for (int i = start; i < end; i++) {
            index[i - start] = i;
            u[i - start] = from[block.offset + i];
            v[i - start] = to[block.offset + i];
        }
        return end - start;
    }

    private int left(Giant giant, int top, Block block, int start, int end) {
        int[] from = block.from;
        int[] to = block.to;
        int left = 0;
        for (int i = start; i < end; i++) {
            int x = from[block.offset + i];
            int y = to[block.offset + i];
            int xIn = giant.bit(x);
            int yIn = giant.bit(y);
            index[left] = i;
            u[left] = x ^ ((x ^ top) & -xIn); // top if it is in, else x
            v[left] = y ^ ((y ^ top) & -yIn);
            left += 1 - (xIn & yIn);
        }
        return left;
    }
}
