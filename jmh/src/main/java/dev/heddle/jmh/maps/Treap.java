// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The tree of "Unexpected scaling in path copying trees" (PPoPP 2023): an immutable treap under one reference. A write
 * copies its path and replaces the root by compare-and-set, without back-off and without batches; one that changes
 * nothing replaces nothing. A priority is drawn once for an operation, not for each attempt.
 */
public final class Treap {
    /**
     * A node.
     *
     * @param size nodes below, itself included
     */
    record Node(int key, Object value, long priority, Node left, Node right, int size) {
        static Node of(int key, Object value, long priority, Node left, Node right) {
            return new Node(key, value, priority, left, right, 1 + sizeOf(left) + sizeOf(right));
        }

        private Node with(Node newLeft, Node newRight) {
            return of(key, value, priority, newLeft, newRight);
        }
    }

    /** The keys below a key, and the others. */
    private record Halves(Node low, Node high) {}

    private final AtomicReference<Node> root = new AtomicReference<>();

    static int sizeOf(Node node) {
        return node == null ? 0 : node.size;
    }

    /** The value of a key, or null. */
    public Object get(int key) {
        return get(root.get(), key);
    }

    private static Object get(Node from, int key) {
        Node node = from;
        while (node != null && node.key != key) { // ends: one level lower each turn
            node = key < node.key ? node.left : node.right;
        }
        return node == null ? null : node.value;
    }

    /** Stores a value where there is none; whether it did. */
    @SuppressWarnings("ReferenceEquality") // the same version: nothing changed
    public boolean insert(int key, Object value) {
        long priority = ThreadLocalRandom.current().nextLong();
        while (true) { // ends: each failure is another's success
            Node current = root.get();
            Node next = inserted(current, key, value, priority);
            if (next == current) {
                return false;
            }
            if (root.compareAndSet(current, next)) {
                return true;
            }
        }
    }

    /** Removes a key; whether it was there. */
    @SuppressWarnings("ReferenceEquality") // the same version: nothing changed
    public boolean remove(int key) {
        while (true) { // ends: each failure is another's success
            Node current = root.get();
            Node next = removed(current, key);
            if (next == current) {
                return false;
            }
            if (root.compareAndSet(current, next)) {
                return true;
            }
        }
    }

    Node root() {
        return root.get();
    }

    /** How many keys there are. */
    public int size() {
        return sizeOf(root.get());
    }

    // ---- versions

    static Node inserted(Node root, int key, Object value, long priority) {
        if (get(root, key) != null) {
            return root;
        }
        Halves halves = split(root, key);
        return merge(merge(halves.low, Node.of(key, value, priority, null, null)), halves.high);
    }

    static Node removed(Node root, int key) {
        if (get(root, key) == null) {
            return root;
        }
        Halves halves = split(root, key);
        return merge(halves.low, withoutFirst(halves.high));
    }

    private static Node withoutFirst(Node node) {
        return node.left == null ? node.right : node.with(withoutFirst(node.left), node.right);
    }

    private static Halves split(Node node, int key) {
        if (node == null) {
            return new Halves(null, null);
        }
        if (node.key < key) {
            Halves right = split(node.right, key);
            return new Halves(node.with(node.left, right.low), right.high);
        }
        Halves left = split(node.left, key);
        return new Halves(left.low, node.with(left.high, node.right));
    }

    private static Node merge(Node left, Node right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left.priority >= right.priority
                ? left.with(left.left, merge(left.right, right))
                : right.with(merge(left, right.left), right.right);
    }

    /** The nodes on the way to a key. */
    static List<Object> path(Node root, int key) {
        List<Object> path = new ArrayList<>();
        Node node = root;
        while (node != null) { // ends: one level lower each turn
            path.add(node);
            if (node.key == key) {
                break;
            }
            node = key < node.key ? node.left : node.right;
        }
        return path;
    }
}
