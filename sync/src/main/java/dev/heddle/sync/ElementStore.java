// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

/**
 * Where a {@link BlockingPool} keeps its elements. The pool counts: it fetches only what it knows to be there, so a fetch
 * always finds an element.
 *
 * @param <T> the elements
 */
abstract class ElementStore<T> {
    ElementStore() {}

    /** Stores an element. If it throws, the element is not stored. */
    abstract void insert(T element);

    /** Takes an element out, which the caller knows to be there; never fails and never waits. */
    abstract T fetch();
}
