// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import java.util.function.UnaryOperator;

/** A change by a function of the caller, which runs once for each value that it meets. */
public final class Compute extends Edit {
    private final UnaryOperator<Object> function;
    private Object met; // what the function was last given
    private Object made; // what it gave
    private boolean ran;

    /**
     * Makes an edit.
     *
     * @param key the key
     * @param function from the value that is there (null for none) to the next; the same object if nothing is to change
     */
    public Compute(Object key, UnaryOperator<Object> function) {
        super(key);
        this.function = function;
    }

    @Override
    Object change(Object old) {
        if (!ran || met != old) { // PC-8: an attempt that failed has met the same value, unless it was changed since
            made = function.apply(old);
            met = old;
            ran = true;
        }
        return made;
    }

    @Override
    Object result(Object old) {
        return made;
    }

    @Override
    protected boolean sharable() {
        return false;
    }
}
