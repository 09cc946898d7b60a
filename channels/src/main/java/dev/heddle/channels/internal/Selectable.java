// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

/**
 * What a select needs of a channel. Results: an element or DONE (sent); CLOSED, or, of a send that the hook knows of, the
 * exception; TIMED_OUT: not without waiting; or the waiter, which stands in the channel.
 */
interface Selectable<E> {
    /** Receives if that needs no wait. */
    Object receiveAtOnce();

    /** Sends if that needs no wait. */
    Object sendAtOnce(E element);

    /** Receives, or leaves a waiter. */
    Object receiveFor(Selection<?> selection, Selection.Round round, int clause);

    /** Sends, or leaves a waiter. */
    Object sendFor(E element, Selection<?> selection, Selection.Round round, int clause);

    /** What a receive of this channel, which is closed, fails with. */
    RuntimeException refusal();

    /** The same for a send; the hook gets the element. */
    RuntimeException refusal(E element);
}
