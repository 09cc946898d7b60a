// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

/** The order in which a primitive serves those who ask for it. */
public enum Fairness {
    /** First in, first out over threads, virtual threads and asynchronous callers; a newcomer never passes the queue. */
    FIFO,

    /** A newcomer may take what is free although others wait; those who wait are still served in arrival order. */
    BARGING
}
