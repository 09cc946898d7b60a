// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

/** What a semaphore of one permit at a time and a mutex have in common. */
public interface Gate {
    /** Takes a permit, waiting for it. */
    void enter() throws InterruptedException;

    /** Gives it back. */
    void leave();
}
