// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

/** A sender that waits for its receiver, in a channel without limit. Its element lies in the channel, as others do. */
final class Transfer extends SendWaiter {
    Transfer(Object element, SendFuture<?> future) {
        super(element, future);
    }

    @Override
    boolean waitsForRoom() {
        return false;
    }
}
