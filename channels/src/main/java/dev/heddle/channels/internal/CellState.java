// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

/** What a cell of a channel holds that is no element. Users never get one, so no element is ever taken for a state. */
abstract class CellState implements Patience.Waiting {
    // from \ by        send            receive          expansion      abort              close, cancel
    // EMPTY            element, SND    RCV, BROKEN      -              BROKEN (poison)    CLOSED
    // element          -               DONE             -              BROKEN (remove)    CLOSED
    // SND(w)           element (self)  DONE             element        INTERRUPTED_SND    CLOSED
    // RCV(w)           DONE            -                -              INTERRUPTED_RCV    CLOSED
    // the others are final

    /** The element was taken; terminal. */
    static final CellState DONE = new Mark("DONE");

    /** Nobody uses this cell: a receiver did not wait for the sender in flight, or its element was removed. */
    static final CellState BROKEN = new Mark("BROKEN");

    /** The sender gave up. */
    static final CellState INTERRUPTED_SND = new Mark("INTERRUPTED_SND");

    /** The receiver gave up. */
    static final CellState INTERRUPTED_RCV = new Mark("INTERRUPTED_RCV");

    /** The channel was closed before anybody was served here. As a result: the channel is closed. */
    static final CellState CLOSED = new Mark("CLOSED");

    // Results only, never in a cell.

    /** The time was over. */
    static final CellState TIMED_OUT = new Mark("TIMED_OUT");

    /** The thread was interrupted. */
    static final CellState INTERRUPTED = new Mark("INTERRUPTED");

    /** Whether nothing changes a cell with this content any more. */
    static boolean isFinal(Object x) {
        return x instanceof Mark;
    }

    @Override
    public boolean isWaiting() {
        return false;
    }

    private static final class Mark extends CellState {
        private final String name;

        Mark(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
