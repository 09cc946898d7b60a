// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Comparator;

/**
 * A place among the entries of a tree, which moves up or down the keys. Before the first and after the last: nowhere.
 */
public final class Walk {
    private final Inner[] path; // from the root on
    private final int[] turns; // the kid taken at each
    private final int height;
    private final Object[] only; // the root if it is a leaf with something in it
    private Object[] leaf; // null: nowhere
    private int at;

    /**
     * A walk that is nowhere.
     *
     * @param root a tree
     */
    public Walk(Object root) {
        height = Nodes.height(root);
        path = new Inner[height];
        turns = new int[height];
        if (root instanceof Inner inner) {
            path[0] = inner;
            only = null;
        } else {
            only = ((Object[]) root).length == 0 ? null : (Object[]) root;
        }
    }

    /**
     * Whether it stands at an entry.
     *
     * @return false if it is nowhere
     */
    public boolean somewhere() {
        return leaf != null;
    }

    /**
     * The key at this place.
     *
     * @return the key
     */
    public Object key() {
        return leaf[at];
    }

    /**
     * The value at this place.
     *
     * @return the value
     */
    public Object value() {
        return leaf[(leaf.length >> 1) + at];
    }

    /**
     * Whether both stand at one entry of the same tree.
     *
     * @param other another walk
     * @return whether that is so
     */
    public boolean meets(Walk other) {
        return leaf == other.leaf && at == other.at;
    }

    /** Goes nowhere. */
    public void leave() {
        leaf = null;
    }

    /** Goes to the first entry. */
    public void first() {
        down(0, false);
    }

    /** Goes to the last entry. */
    public void last() {
        down(0, true);
    }

    /**
     * Goes to the least key from a key on.
     *
     * @param key a key
     * @param with whether an equal key counts
     * @param order of the keys
     */
    public void atLeast(Object key, boolean with, Comparator<Object> order) {
        if (descend(key, true, order)) {
            int n = leaf.length >> 1;
            at = (with ? Order.below(leaf, n, key, order) : Order.upTo(leaf, n, key, order)) - 1;
            up();
        }
    }

    /**
     * Goes to the greatest key up to a key.
     *
     * @param key a key
     * @param with whether an equal key counts
     * @param order of the keys
     */
    public void atMost(Object key, boolean with, Comparator<Object> order) {
        if (descend(key, with, order)) {
            int n = leaf.length >> 1;
            at = with ? Order.upTo(leaf, n, key, order) : Order.below(leaf, n, key, order);
            down();
        }
    }

    /** Goes to the leaf for a key; false if the tree is empty. */
    private boolean descend(Object key, boolean with, Comparator<Object> order) {
        if (height == 0) {
            leaf = only;
            return leaf != null;
        }
        for (int depth = 0; ; depth++) { // ends: at the leaf
            Inner inner = path[depth];
            int n = inner.seps.length;
            turns[depth] = with ? Order.upTo(inner.seps, n, key, order) : Order.below(inner.seps, n, key, order);
            if (enter(depth)) {
                return true;
            }
        }
    }

    /**
     * Goes to the entry with so many before it.
     *
     * @param index from 0 to the size of the tree, exclusive
     */
    public void select(int index) {
        int left = index;
        leaf = only;
        for (int depth = 0; depth < height; depth++) {
            Inner inner = path[depth];
            int turn = 0;
            for (int size = Nodes.size(inner.kids[0]); left >= size; size = Nodes.size(inner.kids[turn])) {
                left -= size;
                turn++;
            }
            turns[depth] = turn;
            enter(depth);
        }
        at = left;
    }

    /** Follows the turn taken; true if that is a leaf. */
    private boolean enter(int depth) {
        Object kid = path[depth].kids[turns[depth]];
        if (kid instanceof Inner inner) {
            path[depth + 1] = inner;
            return false;
        }
        leaf = (Object[]) kid;
        return true;
    }

    /** Goes on to the next greater key. */
    public void up() {
        if (++at < leaf.length >> 1) {
            return;
        }
        for (int depth = height - 1; depth >= 0; depth--) {
            if (turns[depth] + 1 < path[depth].kids.length) {
                turns[depth]++;
                if (!enter(depth)) {
                    down(depth + 1, false);
                }
                at = 0;
                return;
            }
        }
        leaf = null;
    }

    /** Goes on to the next less key. */
    public void down() {
        if (--at >= 0) {
            return;
        }
        for (int depth = height - 1; depth >= 0; depth--) {
            if (turns[depth] > 0) {
                turns[depth]--;
                if (!enter(depth)) {
                    down(depth + 1, true);
                }
                at = (leaf.length >> 1) - 1;
                return;
            }
        }
        leaf = null;
    }

    /** Goes to the end of a subtree. */
    private void down(int from, boolean toLast) {
        if (height == 0) {
            leaf = only;
        }
        for (int depth = from; depth < height; depth++) {
            turns[depth] = toLast ? path[depth].kids.length - 1 : 0;
            enter(depth);
        }
        if (leaf != null) {
            at = toLast ? (leaf.length >> 1) - 1 : 0;
        }
    }
}
