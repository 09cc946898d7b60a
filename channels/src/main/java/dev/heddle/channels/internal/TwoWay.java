// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import java.util.Arrays;

/** A select that waits in both directions on one channel without a buffer. */
final class TwoWay {
    /* Implementation notes
     * Why            Cells hold waiting senders, or waiting receivers, never both; a select that is both stands in a list of
     *                the channel instead, null nearly always.
     * Rules          A select enters the list, then tries both directions, then waits; it leaves when it has chosen.
     *                Whoever has put a waiter into a cell looks at the list and disturbs all in it: they try again. One of
     *                the two sees the other: the select has tried after the waiter was there, or the list shows the select.
     *                An operation that does not wait, before it fails, chooses a listed select that is WAITING.
     *                Two selects in the list: each looks for others that are WAITING, once it is WAITING itself. Of two such,
     *                the older one stays as it is, the younger one tries again, and finds the older.
     *                A closing disturbs all.
     */
    final Selection<?> selection;
    private final CellChannel<?> channel;
    final int receive; // clauses
    final int send;
    final Object element; // of the send clause

    TwoWay(Selection<?> selection, CellChannel<?> channel, int receive, int send, Object element) {
        this.selection = selection;
        this.channel = channel;
        this.receive = receive;
        this.send = send;
        this.element = element;
    }

    /** The select has such clauses; the channel of these. */
    boolean isOn(Object other) {
        return channel == other;
    }

    /** Enters the list. */
    void enlist() {
        for (; ; ) { // ends: repeats only when another select has come or gone
            TwoWay[] old = channel.twoWays;
            TwoWay[] longer = old == null ? new TwoWay[1] : Arrays.copyOf(old, old.length + 1);
            longer[longer.length - 1] = this;
            if (channel.casTwoWays(old, longer)) {
                return;
            }
        }
    }

    /** Leaves the list. */
    void leave() {
        for (; ; ) { // ends: as above
            TwoWay[] old = channel.twoWays;
            TwoWay[] shorter = old.length == 1 ? null : new TwoWay[old.length - 1];
            for (int i = 0, k = 0; i < old.length; i++) {
                if (old[i] != this) {
                    shorter[k++] = old[i];
                }
            }
            if (channel.casTwoWays(old, shorter)) {
                return;
            }
        }
    }

    /** For a select that is WAITING: false if it has found another in its list and must try again itself. */
    boolean mayWait() {
        TwoWay[] all = channel.twoWays;
        if (all == null) { // chosen by now, and gone
            return true;
        }
        for (TwoWay other : all) {
            if (other.selection != selection && other.selection.isWaiting()) {
                if (other.selection.number() < selection.number()) {
                    return false;
                }
                other.selection.disturb();
            }
        }
        return true;
    }

    static void poke(TwoWay[] all) {
        for (TwoWay t : all) {
            t.selection.disturb();
        }
    }

    /** The select that has taken the element, or null. The caller wakes it. */
    static Selection<?> offer(TwoWay[] all, Object element) {
        for (TwoWay t : all) {
            if (t.selection.chooseWaiting(t.receive, element)) {
                return t.selection;
            }
        }
        return null;
    }

    /** One whose select has given its element away, or null. The caller wakes it. */
    static TwoWay take(TwoWay[] all) {
        for (TwoWay t : all) {
            if (t.selection.chooseWaiting(t.send, CellState.DONE)) {
                return t;
            }
        }
        return null;
    }
}
