// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.graphs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** The concurrent union-find of Jayanti and Tarjan as published: paths are split, by compare-and-set. */
final class Splitting {
    private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(int[].class);

    private final int[] parents;

    Splitting(int n) {
        parents = new int[n];
        for (int x = 0; x < n; x++) {
            parents[x] = x;
        }
    }

    void unite(int x, int y) {
        int u = find(x);
        int v = find(y);
        while (u != v) {
            int loser = Math.max(u, v);
            int winner = Math.min(u, v);
            if (CELLS.compareAndSet(parents, loser, loser, winner)) {
                return;
            }
            u = find(loser);
            v = find(winner);
        }
    }

    private int find(int x) {
        int at = x;
        while (true) {
            int parent = (int) CELLS.getVolatile(parents, at);
            int next = (int) CELLS.getVolatile(parents, parent);
            if (parent == next) {
                return parent;
            }
            CELLS.weakCompareAndSet(parents, at, parent, next);
            at = parent;
        }
    }

    int sets() {
        int sets = 0;
        for (int x = 0; x < parents.length; x++) {
            sets += parents[x] == x ? 1 : 0;
        }
        return sets;
    }
}
