// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

/**
 * What the views of a channel need beyond sending and receiving: a look at the elements that lie in the buffer. Elements
 * of waiting senders do not.
 *
 * @param <E> the type of the elements
 */
public interface Buffered<E> {
    /** The oldest element in the buffer, where it lies; null if there is none. */
    Place<E> oldest();

    /** Counts the receivers that wait, threads and futures, by a scan. */
    int waitingReceivers();

    /** Gives an element that a view received and can't hand on to the undelivered-element hook, if there is one. */
    void discard(E element);

    /**
     * An element and where it was seen in the buffer; it may have been received since.
     *
     * @param <E> the type of the element
     */
    interface Place<E> {
        /** The element; never null. */
        E element();

        /**
         * Takes the element out of the channel, as if it had been received. The hook is not asked.
         *
         * @return true for one caller, and only if no receiver gets the element
         */
        boolean remove();

        /** The nearest younger element that lies in the buffer; null if there is none. */
        Place<E> next();
    }
}
