// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;

/** A receive clause of a select, waiting in a cell. What becomes of it is decided in the select. */
final class SelectReceive extends ReceiveWaiter implements SelectWaiter {
    private final Selection<?> selection;
    private final Selection.Round round;
    private final int clause;

    SelectReceive(Selection<?> selection, Selection.Round round, int clause) {
        super(null);
        this.selection = selection;
        this.round = round;
        this.clause = clause;
    }

    @Override
    boolean claim(Object how) {
        return selection.choose(round, this, clause, 0, how);
    }

    @Override
    Object outcome() {
        Object s = selection.state();
        if (round.isOpen(s)) {
            return null;
        }
        return s instanceof Selection.Choice c && c.by() == this ? c.result() : INTERRUPTED_RCV;
    }

    @Override
    AbortableFuture<?> wake(AbortableFuture<?> chain) {
        return selection.wake(chain);
    }

    @Override
    public void retire() {
        if (isInCell()) {
            segment().setCell(offset(), INTERRUPTED_RCV); // nobody else touches it: no claim can succeed
            segment().onDeadCell();
        }
    }
}
