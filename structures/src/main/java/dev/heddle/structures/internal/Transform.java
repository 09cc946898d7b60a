// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.function.UnaryOperator;

/** Another tree instead of the current one, by a function of the caller, which runs again if the attempt fails. */
public final class Transform extends Combining.Operation {
    private final UnaryOperator<Object> function;

    /**
     * Makes an operation.
     *
     * @param function from a root to the next one
     */
    public Transform(UnaryOperator<Object> function) {
        this.function = function;
    }

    Object apply(Object root) {
        Object next = function.apply(root);
        note(next);
        return next;
    }

    @Override
    protected boolean sharable() {
        return false;
    }
}
