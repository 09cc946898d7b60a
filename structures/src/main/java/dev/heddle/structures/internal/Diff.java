// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Comparator;

/** What differs between two trees; subtrees that they share are not entered. */
public final class Diff {
    /** Told what differs. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * A key whose value differs.
         *
         * @param key the key
         * @param before its value in the older tree, or null
         * @param after its value in the newer tree, or null
         */
        void visit(Object key, Object before, Object after);
    }

    private Diff() {}

    /**
     * Visits the keys, in ascending order, whose values are not the same object in both.
     *
     * @param older a tree
     * @param newer another
     * @param order of the keys
     * @param visitor told of each
     * @return how many nodes were looked into
     */
    public static long visit(Object older, Object newer, Comparator<Object> order, Visitor visitor) {
        Cursor a = new Cursor(older);
        Cursor b = new Cursor(newer);
        while (a.node != null && b.node != null) { // ends: one of them moves on, or down
            if (a.node == b.node && a.at == b.at) {
                a.skip();
                b.skip();
                continue;
            }
            int c = Order.compare(order, a.first(), b.first());
            if (c < 0) {
                a.step(visitor, true);
            } else if (c > 0) {
                b.step(visitor, false);
            } else {
                meet(a, b, visitor);
            }
        }
        while (a.node != null) {
            a.step(visitor, true);
        }
        while (b.node != null) {
            b.step(visitor, false);
        }
        return a.entered + b.entered;
    }

    /** Both begin with the same key: the taller is entered, or both, until two entries meet. */
    private static void meet(Cursor a, Cursor b, Visitor visitor) {
        int difference = Nodes.height(a.node) - Nodes.height(b.node);
        if (difference > 0) {
            a.enter();
        } else if (difference < 0) {
            b.enter();
        } else if (a.node instanceof Inner) {
            a.enter();
            b.enter();
        } else {
            if (a.value() != b.value()) {
                visitor.visit(a.first(), a.value(), b.value());
            }
            a.next();
            b.next();
        }
    }

    /** The part of a tree that was not visited: a subtree, or the rest of a leaf, and all to the right of it. */
    private static final class Cursor {
        private final Inner[] path;
        private final int[] turns;
        private int depth;
        private Object first;
        Object node; // null: nothing is left
        int at; // the first entry of a leaf that was not visited
        long entered;

        Cursor(Object root) {
            path = new Inner[Nodes.height(root)];
            turns = new int[path.length];
            if (Nodes.size(root) > 0) {
                node = root;
                first = Nodes.least(root);
            }
        }

        /** The least key that was not visited. */
        Object first() {
            return at > 0 ? ((Object[]) node)[at] : first;
        }

        Object value() {
            Object[] leaf = (Object[]) node;
            return leaf[(leaf.length >> 1) + at];
        }

        void enter() {
            Inner inner = (Inner) node;
            entered++;
            path[depth] = inner;
            turns[depth++] = 0;
            node = inner.kids[0];
        }

        /** Leaves the subtree out. */
        void skip() {
            at = 0;
            while (depth > 0) { // ends: one level higher each turn
                Inner parent = path[depth - 1];
                int turn = ++turns[depth - 1];
                if (turn < parent.kids.length) {
                    node = parent.kids[turn];
                    first = parent.seps[turn - 1];
                    return;
                }
                depth--;
            }
            node = null;
        }

        void next() {
            if (++at == ((Object[]) node).length >> 1) {
                entered++;
                skip();
            }
        }

        /** Enters the subtree, or visits an entry that the other tree has not. */
        void step(Visitor visitor, boolean older) {
            if (node instanceof Inner) {
                enter();
                return;
            }
            Object key = first();
            visitor.visit(key, older ? value() : null, older ? null : value());
            next();
        }
    }
}
