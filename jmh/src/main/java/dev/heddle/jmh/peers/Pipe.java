// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.peers;

/** What a channel and a blocking queue have in common. */
public interface Pipe {
    /** The capacity of a pipe that is never full. */
    int UNLIMITED = Integer.MAX_VALUE;

    /** Puts an element in, waiting for room. */
    void send(Object element) throws InterruptedException;

    /** Takes an element out, waiting for one. */
    Object receive() throws InterruptedException;
}
