// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Channel;
import java.util.function.Consumer;

/** Channels with short segments, for tests in other packages. */
public final class SmallChannels {
    private SmallChannels() {}

    /** A channel of this capacity whose segments have so many cells. */
    public static <E> Channel<E> of(int capacity, int segmentSize, Consumer<? super E> onUndelivered) {
        return new CellChannel<>(capacity, segmentSize, onUndelivered);
    }
}
