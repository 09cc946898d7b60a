// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.Deadline;

/**
 * A channel without a limit on which a sender may wait until its element is received. Without a buffer every send does.
 *
 * @param <E> the type of the elements
 */
public interface Transfers<E> {
    /**
     * Sends an element behind all that are there and waits until it is received or {@linkplain Buffered.Place#remove()
     * removed}. While it waits it lies in the buffer.
     *
     * @return false if the deadline has passed; the element is taken back then
     * @throws InterruptedException if interrupted on entry or while it waits; the element is taken back then
     */
    boolean transfer(E element, Deadline deadline) throws InterruptedException;

    /** Gives an element to a receiver that waits; false if there is none, and then nothing was sent. */
    boolean tryTransfer(E element);
}
