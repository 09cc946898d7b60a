// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

/**
 * Thrown by an operation on a channel that was closed or cancelled. Its cause is the one that was given to
 * {@link Sender#close(Throwable)} or {@link Receiver#cancel(Throwable)}; none if there was none.
 */
public final class ChannelClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * An exception for an operation on a channel that was closed.
     *
     * @param message what was closed
     * @param cause the cause that was given to the close; null if there was none
     */
    public ChannelClosedException(String message, Throwable cause) {
        super(message, cause);
    }
}
