// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

import dev.heddle.channels.internal.CellChannel;
import dev.heddle.channels.internal.Ticks;
import java.time.Duration;
import java.time.Instant;

/**
 * Receivers that somebody else need not send to: of moments in time, and of nothing. None has a thread of its own: a moment
 * comes from the timer that the JDK has for all futures, by way of their executor.
 */
public final class Channels {
    private Channels() {}

    /**
     * Delivers one element, the time, when the delay is over; at once if it is zero or less. It is never closed: who
     * receives again waits until somebody cancels the receiver.
     *
     * @param delay how long from now
     * @return the receiver
     */
    public static Receiver<Instant> after(Duration delay) {
        return Ticks.once(delay);
    }

    /**
     * Delivers the time once in each period, the first after one period. A moment that comes before the one before it was
     * received is left out. It ticks until the receiver is cancelled.
     *
     * @param period from one moment to the next
     * @return the receiver
     * @throws IllegalArgumentException if the period is zero or less
     */
    public static Receiver<Instant> tick(Duration period) {
        return Ticks.periodic(period);
    }

    /**
     * Delivers nothing, and is closed only by being cancelled.
     *
     * @param <E> the type of the elements that do not come
     * @return the receiver
     */
    public static <E> Receiver<E> never() {
        return new CellChannel<>(0, null);
    }
}
