// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Arrays;

/** The nodes of the tree, and how they are copied. */
public final class Nodes {
    /* Implementation notes
     * Source         blocked leaves as in PaC-trees (PLDI 2022); otherwise a B+-tree
     * Idea           A leaf is one array: its keys in ascending order, then their values. An inner node is an object
     *                with an array of kids and one of separators, so that a copy which moves no separator shares them.
     *                A tree is its root; the empty tree is the empty leaf. Nothing here writes to a node that is built.
     * Shapes         A step may hand a node to its parent that is not yet in shape. One kid too few: the parent merges
     *                it with a neighbour. One kid too many: it comes as an inner node of two kids, one level higher
     *                than the parent expects, and the parent takes those two in its place. The root takes what it gets.
     * Invariants     PC-1  all leaves at one depth; MIN..MAX entries or kids in each node but the root, which has at
     *                      least two kids or is a leaf; a separator is the least key of the kid after it; sizes are
     *                      exact
     * Separators     An exact separator costs a look-up when the least key of a leaf goes, and keeps no removed key
     *                alive.
     */

    /** The most entries of a leaf. Measured: a write copies the fewest bytes with 16; with more, reads and scans meet fewer leaves. */
    static final int LEAF_MAX = 20;

    /** The most kids of an inner node. */
    static final int INNER_MAX = 16;

    /** The fewest of both, but for the root; well below a half, so that growing and shrinking do not alternate. */
    static final int MIN = 4;

    /** The empty tree. */
    public static final Object EMPTY = new Object[0];

    private Nodes() {}

    /**
     * Entries of a tree.
     *
     * @param node its root
     * @return how many there are
     */
    public static int size(Object node) {
        return node instanceof Inner inner ? inner.size : ((Object[]) node).length >> 1;
    }

    static int height(Object node) {
        return node instanceof Inner inner ? inner.height : 0;
    }

    /** Entries of a leaf, kids of an inner node. */
    static int fill(Object node) {
        return node instanceof Inner inner ? inner.kids.length : ((Object[]) node).length >> 1;
    }

    static int max(Object node) {
        return node instanceof Inner ? INNER_MAX : LEAF_MAX;
    }

    /** The least key of a tree that is not empty. */
    static Object least(Object node) {
        Object at = node;
        while (at instanceof Inner inner) { // ends: one level lower each turn
            at = inner.kids[0];
        }
        return ((Object[]) at)[0];
    }

    // ---- leaves

    /** Entries {@code from} to {@code to} of a leaf, and another one that belongs between them or at an end. */
    private static Object[] leafWith(Object[] leaf, int from, int to, int at, Object key, Object value) {
        int all = leaf.length >> 1;
        int n = to - from;
        int before = at - from;
        Object[] fresh = new Object[2 * n + 2];
        System.arraycopy(leaf, from, fresh, 0, before);
        fresh[before] = key;
        System.arraycopy(leaf, at, fresh, before + 1, n - before);
        System.arraycopy(leaf, all + from, fresh, n + 1, before);
        fresh[n + 1 + before] = value;
        System.arraycopy(leaf, all + at, fresh, n + 2 + before, n - before);
        return fresh;
    }

    static Object[] leafWithout(Object[] leaf, int at) {
        int n = leaf.length >> 1;
        if (n == 1) {
            return (Object[]) EMPTY;
        }
        Object[] fresh = new Object[2 * n - 2];
        System.arraycopy(leaf, 0, fresh, 0, at);
        System.arraycopy(leaf, at + 1, fresh, at, n - 1);
        System.arraycopy(leaf, n + at + 1, fresh, n - 1 + at, n - at - 1);
        return fresh;
    }

    /** Entries {@code from} to {@code to} of a leaf. */
    static Object[] leafPart(Object[] leaf, int from, int to) {
        int n = leaf.length >> 1;
        if (from == 0 && to == n) {
            return leaf;
        }
        return leafOf(leaf, from, leaf, n + from, to - from);
    }

    static Object[] leafOf(Object[] keys, int firstKey, Object[] values, int firstValue, int n) {
        if (n == 0) {
            return (Object[]) EMPTY;
        }
        Object[] leaf = new Object[2 * n];
        System.arraycopy(keys, firstKey, leaf, 0, n);
        System.arraycopy(values, firstValue, leaf, n, n);
        return leaf;
    }

    /** A leaf with another entry, or two leaves if it was full: these are made without the one that is too large. */
    static Object grown(Object[] leaf, int at, Object key, Object value) {
        int n = leaf.length >> 1;
        if (n < LEAF_MAX) {
            return leafWith(leaf, 0, n, at, key, value);
        }
        int cut = cut(n + 1, at);
        if (at < cut) {
            Object[] right = leafPart(leaf, cut - 1, n);
            return pair(leafWith(leaf, 0, cut - 1, at, key, value), right[0], right, 1);
        }
        Object[] right = leafWith(leaf, cut, n, at, key, value);
        return pair(leafPart(leaf, 0, cut), right[0], right, 1);
    }

    /** A leaf with so many entries that it may have to be cut in two. */
    private static Object inShape(Object[] leaf) {
        int n = leaf.length >> 1;
        if (n <= LEAF_MAX) {
            return leaf;
        }
        int cut = n >> 1;
        return pair(leafPart(leaf, 0, cut), leaf[cut], leafPart(leaf, cut, n), 1);
    }

    /** Where to cut what has grown at a place: at an end, ascending or descending keys are coming; leave nodes full. */
    private static int cut(int n, int grownAt) {
        if (grownAt >= n - 1) {
            return n - MIN;
        }
        return grownAt == 0 ? MIN : n >> 1;
    }

    // ---- inner nodes

    private static Inner pair(Object left, Object separator, Object right, int height) {
        return new Inner(new Object[] {separator}, new Object[] {left, right}, size(left) + size(right), height);
    }

    /** An inner node of kids whose sizes are not summed up yet; more than the most of them become two, one level up. */
    static Inner innerOf(Object[] seps, Object[] kids, int size, int height, int grownAt) {
        int n = kids.length;
        if (n <= INNER_MAX) {
            return new Inner(seps, kids, size, height);
        }
        int cut = cut(n, grownAt);
        int left = 0;
        for (int i = 0; i < cut; i++) {
            left += size(kids[i]);
        }
        return pair(
                new Inner(Arrays.copyOf(seps, cut - 1), Arrays.copyOf(kids, cut), left, height),
                seps[cut - 1],
                new Inner(Arrays.copyOfRange(seps, cut, n - 1), Arrays.copyOfRange(kids, cut, n), size - left, height),
                height + 1);
    }

    /** The tree of kids {@code from} to {@code to} of a node. */
    static Object part(Inner node, int from, int to) {
        if (to - from <= 1) {
            return to == from ? EMPTY : node.kids[from];
        }
        if (to - from == node.kids.length) {
            return node;
        }
        int size = 0;
        for (int i = from; i < to; i++) {
            size += size(node.kids[i]);
        }
        return new Inner(
                Arrays.copyOfRange(node.seps, from, to - 1),
                Arrays.copyOfRange(node.kids, from, to),
                size,
                node.height);
    }

    /**
     * A node with another kid in the place of one: of the same height, perhaps with too little in it, or grown by a
     * level.
     *
     * @param separator the least key of that kid; of no meaning for the first
     */
    static Inner withKid(Inner node, int at, Object separator, Object kid) {
        int size = node.size - size(node.kids[at]) + size(kid);
        if (kid instanceof Inner grown && grown.height == node.height) {
            return spliced(node, at, 1, separator, grown, size);
        }
        if (fill(kid) < MIN && node.kids.length > 1) {
            return merged(node, at, separator, kid, size);
        }
        Object[] kids = node.kids.clone();
        kids[at] = kid;
        Object[] seps = node.seps;
        if (at > 0 && seps[at - 1] != separator) {
            seps = seps.clone();
            seps[at - 1] = separator;
        }
        return new Inner(seps, kids, size, node.height);
    }

    /** Merges a kid that holds too little with the one before it, or else the one after it. */
    private static Inner merged(Inner node, int at, Object separator, Object kid, int size) {
        Object together = at > 0 ? concat(node.kids[at - 1], separator, kid) : concat(kid, node.seps[0], node.kids[1]);
        int first = at > 0 ? at - 1 : 0;
        Object before = first > 0 ? node.seps[first - 1] : null;
        if (together instanceof Inner two && two.height == node.height) {
            return spliced(node, first, 2, before, two, size);
        }
        Inner one = new Inner(new Object[0], new Object[] {together}, size(together), node.height);
        return spliced(node, first, 2, before, one, size);
    }

    /** A node with the kids of another in the place of {@code count} of its own. */
    private static Inner spliced(Inner node, int at, int count, Object separator, Inner other, int size) {
        int n = node.kids.length;
        int m = other.kids.length;
        Object[] kids = new Object[n - count + m];
        System.arraycopy(node.kids, 0, kids, 0, at);
        System.arraycopy(other.kids, 0, kids, at, m);
        System.arraycopy(node.kids, at + count, kids, at + m, n - at - count);
        Object[] seps = new Object[kids.length - 1];
        System.arraycopy(node.seps, 0, seps, 0, Math.min(at, seps.length));
        if (at > 0) {
            seps[at - 1] = separator;
        }
        System.arraycopy(other.seps, 0, seps, at, m - 1);
        if (at + count < n) {
            System.arraycopy(node.seps, at + count - 1, seps, at + m - 1, n - at - count);
        }
        return innerOf(seps, kids, size, node.height, at + m - 1 == kids.length - 1 ? kids.length - 1 : at);
    }

    /** Two nodes of one height made one, or two in shape, one level up. */
    static Object concat(Object left, Object separator, Object right) {
        if (left instanceof Inner a) {
            Inner b = (Inner) right;
            if (single(a) || single(b)) {
                return new Level(a.height - 1).addKids(a).addKids(b).node();
            }
            Object[] kids = Arrays.copyOf(a.kids, a.kids.length + b.kids.length);
            System.arraycopy(b.kids, 0, kids, a.kids.length, b.kids.length);
            Object[] seps = Arrays.copyOf(a.seps, kids.length - 1);
            seps[a.kids.length - 1] = separator;
            System.arraycopy(b.seps, 0, seps, a.kids.length, b.seps.length);
            return innerOf(seps, kids, a.size + b.size, a.height, kids.length >> 1);
        }
        Object[] a = (Object[]) left;
        Object[] b = (Object[]) right;
        int n = a.length >> 1;
        int m = b.length >> 1;
        Object[] leaf = new Object[2 * (n + m)];
        System.arraycopy(a, 0, leaf, 0, n);
        System.arraycopy(b, 0, leaf, n, m);
        System.arraycopy(a, n, leaf, n + m, n);
        System.arraycopy(b, m, leaf, n + m + n, m);
        return inShape(leaf);
    }

    /** Whether the only kid of a node was left with too little, since it had no neighbour. */
    private static boolean single(Inner node) {
        return node.kids.length == 1 && fill(node.kids[0]) < MIN;
    }

    /**
     * A root in shape.
     *
     * @param node a root
     * @return the node itself, or what is left of it if it is a chain of only kids
     */
    static Object root(Object node) {
        Object at = node;
        while (at instanceof Inner inner && inner.kids.length == 1) { // ends: one level lower each turn
            at = inner.kids[0];
        }
        return at;
    }
}
