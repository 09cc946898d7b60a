// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;

/**
 * A receive clause of a select, waiting in the line of a conflated channel.
 *
 * @param <E> the type of the elements
 */
final class SelectSlot<E> extends SlotWaiter<E> implements SelectWaiter {
    private final Selection<?> selection;
    private final Selection.Round round;
    private final int clause;

    SelectSlot(Selection<?> selection, Selection.Round round, int clause) {
        super(null);
        this.selection = selection;
        this.round = round;
        this.clause = clause;
    }

    @Override
    boolean claim(Object outcome) {
        return selection.choose(round, this, clause, 0, outcome == CLOSED ? CellState.CLOSED : outcome);
    }

    @Override
    Object verdict() {
        Object s = selection.state();
        if (round.isOpen(s)) {
            return null;
        }
        if (s instanceof Selection.Choice c && c.by() == this) {
            return c.result() == CellState.CLOSED ? CLOSED : c.result();
        }
        return ABORTED;
    }

    /** Leaves the line again; while the select registers it is chosen by nobody. */
    @Override
    boolean abort() {
        selection.disturb();
        retire();
        return true;
    }

    @Override
    AbortableFuture<?> wake(Throwable closed, AbortableFuture<?> chain) {
        return selection.wake(chain);
    }

    @Override
    public void retire() {
        if (isInCell()) {
            leaveCell();
        }
    }
}
