// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.Arrays;
import java.util.Comparator;

/** How operations change a tree: a batch of edits in one copy of the paths that they touch. */
public final class TreeApplier implements Combining.Applier<Object> {
    private final Comparator<Object> order;

    /**
     * Makes one.
     *
     * @param order of the keys
     */
    public TreeApplier(Comparator<Object> order) {
        this.order = order;
    }

    @Override
    public Object apply(Object root, Combining.Operation operation) {
        if (operation instanceof Edit edit) {
            return Tree.apply(root, edit, order);
        }
        if (operation instanceof Poll poll) {
            return poll.apply(root, order);
        }
        return ((Transform) operation).apply(root);
    }

    @Override
    public Object applyAll(Object root, Combining.Operation[] operations, Object[] outcomes) {
        try {
            return polls(sorted(root, operations, outcomes), operations, outcomes);
        } catch (RuntimeException | Error e) { // a comparator or an equals of the callers: find out whose
            return oneByOne(root, operations, outcomes);
        }
    }

    /** A path was copied, from the root on; but there is one empty tree only, and a function may give any tree. */
    @Override
    public boolean isFresh(Object next, Combining.Operation operation) {
        return next != Nodes.EMPTY && !(operation instanceof Transform);
    }

    /** Applies the edits, in the order of their keys; those of one key as they came. */
    private Object sorted(Object root, Combining.Operation[] operations, Object[] outcomes) {
        Integer[] places = new Integer[operations.length];
        int n = 0;
        for (int i = 0; i < operations.length; i++) {
            if (operations[i] instanceof Edit) {
                places[n++] = i;
            }
        }
        Arrays.sort(
                places, 0, n, (i, j) -> Order.compare(order, ((Edit) operations[i]).key, ((Edit) operations[j]).key));
        Edit[] edits = new Edit[n];
        for (int i = 0; i < n; i++) {
            edits[i] = (Edit) operations[places[i]];
        }
        Object[] olds = new Object[n];
        Object next = Batches.apply(root, edits, olds, order);
        for (int i = 0; i < n; i++) {
            outcomes[places[i]] = Outcomes.of(edits[i].result(olds[i]));
        }
        return next;
    }

    private Object polls(Object root, Combining.Operation[] operations, Object[] outcomes) {
        Object next = root;
        for (int i = 0; i < operations.length; i++) {
            if (operations[i] instanceof Poll poll) {
                next = polled(next, poll, outcomes, i);
            }
        }
        return next;
    }

    private Object polled(Object root, Poll poll, Object[] outcomes, int place) {
        var found = poll.find(root, order);
        outcomes[place] = Outcomes.of(found);
        return Poll.without(root, found, order);
    }

    private Object oneByOne(Object root, Combining.Operation[] operations, Object[] outcomes) {
        Object next = root;
        for (int i = 0; i < operations.length; i++) {
            try {
                if (operations[i] instanceof Edit edit) {
                    Object[] old = new Object[1];
                    Object made = Batches.apply(next, new Edit[] {edit}, old, order);
                    outcomes[i] = Outcomes.of(edit.result(old[0]));
                    next = made;
                } else {
                    next = polled(next, (Poll) operations[i], outcomes, i);
                }
            } catch (RuntimeException | Error e) {
                outcomes[i] = Outcomes.failed(e);
            }
        }
        return next;
    }
}
