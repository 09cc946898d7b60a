// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

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
     * Source         R. K. Treiber's stack (IBM Research RJ 5118, 1986).
     * Linearization  the compare-and-set of head
     * Ordering       a node is published by the compare-and-set of head
     * Invariants     nodes are fresh, so a head seen twice is the same stack (no ABA)
     * Progress       lock-free
     */
    private volatile Node<T> head;

    StackStore() {}

    @Override
    void insert(T element) {
        Node<T> node = new Node<>(element);
        do { // ends: repeats only if another operation succeeded
            node.next = head;
        } while (!HEAD.compareAndSet(this, node.next, node));
    }

    @Override
    T fetch() {
        for (; ; ) { // ends: repeats only if another operation succeeded
            Node<T> h = head;
            assert h != null : "fetched more than was inserted";
            if (HEAD.compareAndSet(this, h, h.next)) {
                return h.element;
            }
        }
    }

    private static final class Node<T> {
        final T element;
        Node<T> next; // written before the node is published

        Node(T element) {
            this.element = element;
        }
    }

    // VarHandle mechanics
    private static final VarHandle HEAD = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "head", VarHandle.class, StackStore.class, Node.class);
}
