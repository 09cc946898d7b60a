// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

/**
 * How and where a channel ends. Immutable but for {@link #told}; in force once the counter of the senders is negative.
 */
final class Closing {
    final Throwable cause; // of the first who closed it; or null
    final boolean cancelled;
    final long sent; // tickets of senders that count
    volatile boolean told; // nobody waits any more who would wait for ever; and a cancelled channel is empty

    Closing(Throwable cause, boolean cancelled, long sent) {
        this.cause = cause;
        this.cancelled = cancelled;
        this.sent = sent;
    }
}
