// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

/**
 * Where a {@link BlockingPool} keeps elements that nobody waits for. The pool's counter admits only as many fetches as
 * inserts; a fetch that comes before its insert spoils the place of one insert, and both report it.
 *
 * @param <T> the elements
 */
abstract class ElementStore<T> {
    ElementStore() {}

    /** Allocates what {@link #tryInsert} needs; the result may be used until one insert has succeeded. */
    abstract Object prepare(T element);

    /** False: the place was spoilt by a fetch, the element is not stored. */
    abstract boolean tryInsert(Object prepared);

    /** Null: there was nothing yet, the place of an insert to come is spoilt. */
    abstract T tryFetch();
}
