// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

/** What a clause of a select leaves somewhere while the select waits. */
interface SelectWaiter {
    /** Takes it away again, if it is there. Called once, by whoever runs the select, when it can't be chosen any more. */
    void retire();
}
