// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;

/** A send clause of a select, waiting in a cell. What becomes of it is decided in the select. */
final class SelectSend extends SendWaiter implements SelectWaiter {
    /* Implementation notes
     * Idea           The word of the waiter itself says only whether its loss is counted: WAITING -> ABORTED, by the first of
     *                its select, the receiver of its cell, and whoever moves the limit of the buffer. LOST is what one sees
     *                before. The channel treats that as an abort that somebody has to carry out (CellWindows.retire).
     */
    private final CellWindows<?> channel;
    private final Selection<?> selection;
    private final Selection.Round round;
    private final int clause;

    SelectSend(CellWindows<?> channel, Object element, Selection<?> selection, Selection.Round round, int clause) {
        super(element, null);
        this.channel = channel;
        this.selection = selection;
        this.round = round;
        this.clause = clause;
    }

    @Override
    boolean claim(int how) {
        return how == ABORTED ? super.claim(how) : selection.choose(round, this, clause, how, null);
    }

    @Override
    int outcome() {
        if (super.outcome() != WAITING) {
            return ABORTED;
        }
        Object s = selection.state();
        if (round.isOpen(s)) {
            return WAITING;
        }
        return s instanceof Selection.Choice c && c.by() == this ? c.how() : LOST;
    }

    @Override
    AbortableFuture<?> wake(AbortableFuture<?> chain) {
        return selection.wake(chain);
    }

    @Override
    public void retire() {
        if (isInCell()) {
            channel.retire(this);
        }
    }
}
