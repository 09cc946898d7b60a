// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

/** States of a cell that are no waiter and no value, and the outcomes of a wait that brings no value. */
enum CellState {
    /** An asynchronous waiter was granted its value; final. */
    RESUMED,
    /** The waiter has taken the value that came first, or that was left for it; final. */
    TAKEN,
    /** The side that came first gave the cell up: both sides start over; final. */
    BROKEN,
    /** The waiter has left, its handler has not decided yet. */
    CANCELLING,
    /** The waiter has left, a resume that meets the cell skips it (SMART) or fails (SIMPLE); final, counted dead. */
    CANCELLED,
    /** The waiter has left, a resume that meets the cell hands its value to the handler; final. */
    REFUSE,

    /** Outcome, never in a cell: the waiter left because of an interrupt. */
    INTERRUPTED,
    /** Outcome, never in a cell: the waiter left because its time was over. */
    TIMED_OUT
}
