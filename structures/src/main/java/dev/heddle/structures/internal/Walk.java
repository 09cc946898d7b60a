// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Comparator;

/** A walk over neighbouring entries of one tree, up or down the keys, leaf by leaf. */
public final class Walk {
    /* Implementation notes
     * Idea           Of each leaf the walk gives the positions that belong to it; who walks goes through them on its own
     *                and comes back for the next leaf. So what it counts with can live in registers: an object whose
     *                methods are all inlined need not exist. The path to the leaf is the arrays of kids, not the nodes.
     * Ends           Both ends of a range are found by the same descent, the far one first, so the leaf of the upper end is never before that
     *                of the lower one, and the walk meets it. Either of the two may have no entry in the range.
     */

    private final Object[][] path; // the kids of each node from the root on
    private final byte[] turns; // the kid taken at each
    private final int step; // 1 up, -1 down
    private Object[] last; // the leaf where the walk ends; null: at the end of the tree
    private int lastEnd; // the position there at which it ends, exclusive
    private Object[] leaf; // where it is
    private int first; // position of its first entry there
    private int end; // exclusive

    private Walk(Object root, boolean descending) {
        int height = Nodes.height(root);
        path = new Object[height][];
        turns = new byte[height];
        step = descending ? -1 : 1;
        if (root instanceof Inner inner) {
            path[0] = inner.kids;
        }
    }

    /**
     * A walk over a range of keys.
     *
     * @param root a tree
     * @param from the least key, or null for no limit
     * @param withFrom whether that key counts
     * @param to the greatest key, or null for no limit
     * @param withTo whether that key counts
     * @param descending whether to go down the keys
     * @param order of the keys
     */
    public Walk(
            Object root,
            Object from,
            boolean withFrom,
            Object to,
            boolean withTo,
            boolean descending,
            Comparator<Object> order) {
        this(root, descending);
        if (descending) {
            if (from != null) {
                finish(seek(root, from, !withFrom, order));
            }
            begin(to == null ? seek(root, Nodes.size(root)) : seek(root, to, withTo, order));
        } else {
            if (to != null) {
                finish(seek(root, to, withTo, order));
            }
            begin(from == null ? seek(root, 0) : seek(root, from, !withFrom, order));
        }
    }

    /**
     * A walk over a run of entries.
     *
     * @param root a tree
     * @param from how many stand before it
     * @param to how many stand before its end, not less
     * @param descending whether to go down the keys
     */
    public Walk(Object root, int from, int to, boolean descending) {
        this(root, descending);
        finish(seek(root, descending ? from : to));
        begin(seek(root, descending ? to : from));
    }

    // ---- ends

    /** Goes to the leaf where a key stands, and gives the boundary there: behind the key if it counts as less. */
    private int seek(Object root, Object key, boolean behind, Comparator<Object> order) {
        Object node = root;
        for (int depth = 0; node instanceof Inner inner; depth++) { // ends: one level lower each turn
            node = enter(inner, depth, Order.kid(inner, key, order));
        }
        leaf = (Object[]) node;
        int n = leaf.length >> 1;
        return behind ? Order.upTo(leaf, n, key, order) : Order.below(leaf, n, key, order);
    }

    /** Goes to the leaf where so many entries have passed, and gives the boundary there. */
    private int seek(Object root, int index) {
        Object node = root;
        int left = index;
        for (int depth = 0; node instanceof Inner inner; depth++) { // ends: one level lower each turn
            int turn = 0;
            for (int size = Nodes.size(inner.kids[0]); left > size; size = Nodes.size(inner.kids[turn])) {
                left -= size;
                turn++;
            }
            node = enter(inner, depth, turn);
        }
        leaf = (Object[]) node;
        return left;
    }

    private Object enter(Inner inner, int depth, int turn) {
        path[depth] = inner.kids;
        turns[depth] = (byte) turn;
        return inner.kids[turn];
    }

    /** Ends the walk at a boundary of the leaf where it is. */
    private void finish(int boundary) {
        last = leaf;
        lastEnd = edge(boundary);
    }

    /** Begins the walk at a boundary of the leaf where it is. */
    private void begin(int boundary) {
        first = edge(boundary);
        end = endOfLeaf();
        if ((end - first) * step < 0) {
            first = end; // neither end is in the range, and they are the same key
        }
    }

    /** The position next to a boundary between entries. */
    private int edge(int boundary) {
        return step > 0 ? boundary : boundary - 1;
    }

    private int endOfLeaf() {
        if (leaf == last) {
            return lastEnd;
        }
        return step > 0 ? leaf.length >> 1 : -1;
    }

    // ---- leaves

    /**
     * Where the walk is.
     *
     * @return a leaf: keys, then values
     */
    public Object[] leaf() {
        return leaf;
    }

    /**
     * Where the walk of this leaf begins.
     *
     * @return a position; the end if no entry of this leaf belongs to the walk
     */
    public int first() {
        return first;
    }

    /**
     * Where the walk of this leaf ends.
     *
     * @return the position after the last one, in the direction of the walk
     */
    public int end() {
        return end;
    }

    /**
     * From one position to the next.
     *
     * @return 1 up, -1 down
     */
    public int step() {
        return step;
    }

    /**
     * Goes to the next leaf of the walk that has an entry in it.
     *
     * @return false if there is none
     */
    public boolean next() {
        while (leaf != last) { // ends: at the last leaf, or that of the tree
            int depth = turns.length - 1;
            while (depth >= 0 && turns[depth] == (step > 0 ? path[depth].length - 1 : 0)) {
                depth--;
            }
            if (depth < 0) {
                return false;
            }
            turns[depth] += (byte) step;
            descend(path[depth][turns[depth]], depth + 1);
            if (first != end) {
                return true;
            }
        }
        return false;
    }

    /** Goes to the first leaf of a subtree in the direction of the walk. */
    private void descend(Object subtree, int from) {
        Object node = subtree;
        for (int depth = from; node instanceof Inner inner; depth++) { // ends: one level lower each turn
            node = enter(inner, depth, step > 0 ? 0 : inner.kids.length - 1);
        }
        leaf = (Object[]) node;
        first = step > 0 ? 0 : (leaf.length >> 1) - 1;
        end = endOfLeaf();
    }
}
