// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;

/**
 * An element beyond the limit of the buffer, for which a place is kept elsewhere. Nobody waits for it; whoever claims it
 * gives the kept place back.
 */
final class KeptSend<E> extends SendWaiter {
    private final CellReservations<E> channel;

    KeptSend(E element, CellReservations<E> channel) {
        super(element, null);
        this.channel = channel;
    }

    @Override
    AbortableFuture<?> wake(AbortableFuture<?> chain) {
        if (!channel.isUnlimited()) {
            channel.changeKept(-1);
        }
        return chain;
    }

    @Override
    boolean waitsForRoom() {
        return false;
    }

    @Override
    boolean tellsHook() {
        return false;
    }
}
