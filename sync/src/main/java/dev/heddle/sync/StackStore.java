// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import dev.heddle.sync.internal.Threads;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A store that gives out the element inserted last.
 *
 * @param <T> the elements
 */
final class StackStore<T> extends ElementStore<T> {
    /* Implementation notes
     * Source         PLDI 2023, stack-based pool, on R. K. Treiber's stack (IBM Research RJ 5118, 1986).
     * Idea           A fetch that finds no element pushes a node without one; the next insert removes it and fails.
     * Invariants     the stack holds nodes with elements only, or nodes without only
     *                nodes are fresh, so a head seen twice is the same stack (no ABA)
     * Ordering       a node is published by the compare-and-set of head
     * Progress       lock-free
     */
    private volatile Node head;
    private final int spins;

    StackStore(int spins) {
        this.spins = spins;
    }

    @Override
    Object prepare(T element) {
        return new Node(element);
    }

    @Override
    boolean tryInsert(Object prepared) {
        Node node = (Node) prepared;
        for (; ; ) { // ends: repeats only if another operation succeeded
            Node h = head;
            if (h != null && h.element == null) {
                if (casHead(h, h.next)) {
                    return false;
                }
            } else {
                node.next = h;
                if (casHead(h, node)) {
                    return true;
                }
            }
        }
    }

    @Override
    @SuppressWarnings("unchecked") // prepare makes nodes with elements of type T only
    T tryFetch() {
        if (head == null && Threads.maySpin()) { // the insert has been counted, it is a few steps away
            for (int k = spins; k > 0 && head == null; k--) {
                Thread.onSpinWait();
            }
        }
        Node spoilt = null;
        for (; ; ) { // ends: repeats only if another operation succeeded
            Node h = head;
            if (h == null || h.element == null) {
                spoilt = spoilt == null ? spoiltNode() : spoilt;
                spoilt.next = h;
                if (casHead(h, spoilt)) {
                    return null;
                }
            } else if (casHead(h, h.next)) {
                return (T) h.element;
            }
        }
    }

    /** The fetch has been counted: there is no way back, so allocation is repeated until it succeeds. */
    private static Node spoiltNode() {
        for (; ; ) {
            try {
                return new Node(null);
            } catch (OutOfMemoryError retried) {
                Threads.giveWay();
            }
        }
    }

    private boolean casHead(Node expected, Node next) {
        return HEAD.compareAndSet(this, expected, next);
    }

    private static final class Node {
        final Object element; // null: spoilt
        Node next; // written before the node is published

        Node(Object element) {
            this.element = element;
        }
    }

    // VarHandle mechanics
    private static final VarHandle HEAD = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "head", VarHandle.class, StackStore.class, Node.class);
}
