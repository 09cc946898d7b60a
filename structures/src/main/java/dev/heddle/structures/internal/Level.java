// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Arrays;

/** Neighbouring nodes of one height, in order, that are to become kids. Those with too little in them are merged. */
final class Level {
    /** How full nodes are made that are made in bulk: some room, or the next insertions would cut all of them. */
    private static final int LEAF_FILL = Nodes.LEAF_MAX * 3 / 4;

    private static final int INNER_FILL = Nodes.INNER_MAX * 3 / 4;

    private final int height;
    private Object[] firsts = new Object[4]; // the least key of each node
    private Object[] nodes = new Object[4];
    private int count;

    Level(int height) {
        this.height = height;
    }

    boolean isOnly(Object node) {
        return count == 1 && nodes[0] == node;
    }

    Level addKids(Inner node) {
        for (int i = 0; i < node.kids.length; i++) {
            Object kid = node.kids[i];
            if (Nodes.fill(kid) > 0) {
                add(i > 0 ? node.seps[i - 1] : Nodes.least(kid), kid);
            }
        }
        return this;
    }

    /** Adds a node that is not empty. */
    void add(Object first, Object node) {
        if (count > 0 && (Nodes.fill(node) < Nodes.MIN || Nodes.fill(nodes[count - 1]) < Nodes.MIN)) {
            Object together = Nodes.concat(nodes[count - 1], first, node);
            if (Nodes.height(together) == height) {
                nodes[count - 1] = together;
                return;
            }
            Inner grown = (Inner) together;
            nodes[count - 1] = grown.kids[0];
            for (int i = 1; i < grown.kids.length; i++) {
                append(grown.seps[i - 1], grown.kids[i]);
            }
            return;
        }
        append(first, node);
    }

    /** Adds these nodes to those of another list of the same height. */
    void addTo(Level other) {
        for (int i = 0; i < count; i++) {
            other.add(firsts[i], nodes[i]);
        }
    }

    private void append(Object first, Object node) {
        if (count == nodes.length) {
            firsts = Arrays.copyOf(firsts, 2 * count);
            nodes = Arrays.copyOf(nodes, 2 * count);
        }
        firsts[count] = first;
        nodes[count++] = node;
    }

    /** Adds leaves with entries {@code from} to {@code to} of ascending keys and their values. */
    void addLeaves(Object[] keys, Object[] values, int from, int to) {
        int n = to - from;
        int leaves = leaves(n);
        for (int i = 0; i < leaves && n > 0; i++) {
            int start = from + start(n, leaves, i);
            int end = from + start(n, leaves, i + 1);
            add(keys[start], Nodes.leafOf(keys, start, values, start, end - start));
        }
    }

    /** Adds the parents of these nodes to the level above. */
    void addParents(Level above) {
        int parents = count <= Nodes.INNER_MAX ? 1 : groups(count, INNER_FILL);
        for (int i = 0; i < parents && count > 0; i++) {
            int start = start(count, parents, i);
            int end = start(count, parents, i + 1);
            int size = 0;
            for (int j = start; j < end; j++) {
                size += Nodes.size(nodes[j]);
            }
            Object[] seps = Arrays.copyOfRange(firsts, start + 1, end);
            Object[] kids = Arrays.copyOfRange(nodes, start, end);
            above.add(firsts[start], new Inner(seps, kids, size, height + 1));
        }
    }

    /** What {@link Nodes#concat} gives: the parent of these nodes, or that of their parents. */
    Object node() {
        Level parents = new Level(height + 1);
        addParents(parents);
        if (parents.count == 1) {
            return parents.nodes[0];
        }
        Level grown = new Level(height + 2);
        parents.addParents(grown);
        return grown.nodes[0];
    }

    /** The tree of these nodes. */
    Object root() {
        Level at = this;
        while (at.count > 1) { // ends: fewer nodes each turn
            Level above = new Level(at.height + 1);
            at.addParents(above);
            at = above;
        }
        return at.count == 0 ? Nodes.EMPTY : Nodes.root(at.nodes[0]);
    }

    /** How many leaves so many entries are put into. */
    static int leaves(int n) {
        return n <= Nodes.LEAF_MAX ? 1 : groups(n, LEAF_FILL);
    }

    private static int groups(int n, int each) {
        return (n + each - 1) / each;
    }

    /** Where the i-th of even parts begins. */
    static int start(int n, int parts, int i) {
        return (int) ((long) n * i / parts);
    }
}
