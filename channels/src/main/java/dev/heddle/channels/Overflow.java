// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels;

/** What a send does that finds a bounded channel full. */
public enum Overflow {
    /** It waits for room. */
    SUSPEND,
    /** It succeeds; the oldest element of the buffer is dropped. */
    DROP_OLDEST,
    /** It succeeds; the element that was to be sent is dropped. */
    DROP_LATEST
}
