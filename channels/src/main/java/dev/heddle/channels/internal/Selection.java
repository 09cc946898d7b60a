// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.AbortableFuture;
import dev.heddle.sync.internal.Deadline;
import dev.heddle.sync.internal.Marker;
import dev.heddle.sync.internal.Settlement;
import dev.heddle.sync.internal.Threads;
import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One run of a select. Whoever calls {@link #attempt} runs it; subclasses say how it waits.
 *
 * @param <R> the type of the result
 */
abstract class Selection<R> {
    /* Implementation notes
     * Idea           One word per select decides everything. A round tries the clauses, then leaves a waiter for each, then
     *                makes the word WAITING; from there on, whoever changes it has chosen: a partner, the time, the thread.
     *                A clause is never chosen in two places, since the word is changed by compare-and-set from a value
     *                that is never used twice.
     * State machine  null, DISTURBED, AGAIN -> Round   the runner; waiters belong to one round
     *                Round, DISTURBED -> Choice       the runner only: it may hold a ticket whose element it has to take
     *                Round            -> DISTURBED    a partner that meets a waiter of the round: it does not wait for the
     *                                                 runner, but goes on as if the waiter had given up
     *                Round            -> its Waiting  the runner, all waiters are in place
     *                DISTURBED        -> AGAIN        the runner, before a pause
     *                Waiting          -> Choice       a partner, the time, a future
     *                Waiting          -> AGAIN        see TwoWay; nobody runs it then, but somebody is going to
     *                Waiting          -> DISTURBED    the runner; see TwoWay
     *                Waiting, AGAIN   -> GIVEN_UP     an interrupt, a cancel
     *                Round, DISTURBED -> GIVEN_UP     the runner, by an error
     *                GIVEN_UP and Choice are final.
     * Waiters        of a round whose word has moved on are dead at once. The runner, or who has decided, takes them out of
     *                their cells: channels 14, 19. Waiters of senders take part in the size of a buffer: see SelectSend.
     * Invariants     channels 14  the element of a send is visible in its waiter only; it is delivered, and that of a receive
     *                             is taken, by the change of the word to Choice, or by the runner with its own ticket
     *                while the word is a Round or DISTURBED, only the runner can end the select
     *                each waiter is taken out once: by the runner, or by who has moved the word off Waiting
     * Itself         A select that meets a waiter of its own disturbs itself. With a buffer that happens only if others have
     *                sent and received meanwhile, or if all of the room is reserved; without one, see TwoWay.
     * Order          A clause takes its place in the queue of its channel in each round anew: FIFO among waiters does not hold
     *                for a select that was disturbed. Registration is not atomic over channels.
     * Linearization  of the chosen operation: as in its channel; if it waits, at the change of the word.
     * Progress       obstruction-free: two selects can disturb each other again and again, hence the pauses. Everybody else is
     *                not held up by a select. A cancel of an asynchronous select that is running a round waits for its end;
     *                what other users hang on to the operations of a round runs after it, but for the hooks of channels.
     */
    private static final Marker DISTURBED = new Marker("DISTURBED");
    private static final Marker AGAIN = new Marker("AGAIN");
    private static final Marker GIVEN_UP = new Marker("GIVEN_UP");
    private static final int POLITE_AFTER = 2; // disturbances before it gives way to other threads
    private static final int POSTPONE_AFTER = 64; // before it waits a moment

    /** The registering state; its waiters are of this round. */
    static final class Round {
        final Waiting waiting = new Waiting();

        /** Whether waiters of this round may still be chosen if the select's word is {@code state}. */
        boolean isOpen(Object state) {
            return state == this || state == waiting;
        }
    }

    private static final class Waiting {}

    /** What was chosen: the clause; the waiter that was, or null; how, if that is a sender's; the result. */
    record Choice(int clause, SelectWaiter by, int how, Object result) {}

    final Clauses<R> clauses;
    private final Deadline deadline;
    private SelectWaiter[] waiters; // of this round, by clause; of the runner
    private TwoWay[] twoWays; // null: not known yet
    private Thread runner; // written before the word becomes a Round
    private boolean tried; // of the runner
    private long number; // of one that is TwoWay; written before it is listed
    private volatile Object state;

    /** A select; whether its clauses were tried just before. */
    Selection(Clauses<R> clauses, boolean tried) {
        this.clauses = clauses;
        this.tried = tried;
        this.deadline = clauses.deadline();
    }

    // ---- partners

    final Object state() {
        return state;
    }

    final boolean isWaiting() {
        return state instanceof Waiting;
    }

    /** Chooses a waiter of this round. */
    final boolean choose(Round round, SelectWaiter by, int clause, int how, Object result) {
        for (; ; ) { // ends: the state moves on
            Object s = state;
            if (s == round.waiting) {
                boolean refused = how == SendWaiter.REFUSED;
                Object r = refused ? CellState.CLOSED : how == 0 ? result : CellState.DONE;
                if (casState(s, choice(clause, by, how, r))) { // LP; HB: pairs with the runner's read
                    return true;
                }
            } else if (s != round) {
                return false;
            } else if (casState(s, DISTURBED)) {
                return false;
            }
        }
    }

    /** Chooses a clause that has no waiter, or none that has to be told of it. */
    final boolean chooseWaiting(int clause, Object result) {
        for (; ; ) { // ends: the state moves on
            Object s = state;
            if (!(s instanceof Waiting)) {
                return false;
            }
            if (casState(s, choice(clause, null, 0, result))) { // LP; HB: as above
                return true;
            }
        }
    }

    final void chooseAndWake(int clause) {
        if (chooseWaiting(clause, CellState.DONE)) {
            Settlement.run(wake(null));
        }
    }

    /** Never fails for want of memory: the caller has a ticket. */
    private Choice choice(int clause, SelectWaiter by, int how, Object result) {
        for (; ; ) { // ends: when there is memory
            try {
                return new Choice(clause, by, how, result); // alloc: once a select that waits
            } catch (OutOfMemoryError retried) {
                Threads.pause(this);
            }
        }
    }

    /** Makes it try again. */
    final void disturb() {
        for (; ; ) { // ends: the state moves on
            Object s = state;
            if (s instanceof Round) {
                if (casState(s, DISTURBED)) {
                    return;
                }
            } else if (!(s instanceof Waiting)) {
                return;
            } else if (casState(s, AGAIN)) {
                runAgain();
                return;
            }
        }
    }

    /** After a choice: lets the select go on, or adds it to the chain of what is to be settled. */
    abstract AbortableFuture<?> wake(AbortableFuture<?> chain);

    /** After a disturbance while it was waiting. */
    abstract void runAgain();

    /** After many disturbances: waits a millisecond, then {@link #attempt} is called again. */
    abstract void postpone();

    /** Of two selects that are TwoWay the one with the lower number was first. */
    final long number() {
        return number;
    }

    // ---- the runner

    /** Runs rounds until something is chosen, which is returned, or until it waits: null. */
    final Choice attempt() {
        boolean running = false;
        try {
            for (int n = 0; ; n++) { // ends: repeats when disturbed
                Round round = new Round();
                runner = Thread.currentThread();
                if (!casState(n > 0 ? DISTURBED : state == null ? null : AGAIN, round)) {
                    running = true; // given up while nobody ran it
                    clear(null);
                    return null;
                }
                clearWaiters(null);
                Choice chosen = round(round);
                if (chosen != null) {
                    state = chosen; // of a disturbance no trace is left
                    running = true;
                    clear(null);
                    return chosen;
                }
                running = casState(round, round.waiting);
                if (running && mayWait(round)) {
                    return null;
                }
                running = false;
                if (n >= POSTPONE_AFTER) {
                    running = true;
                    state = AGAIN;
                    postpone();
                    return null;
                } else if (n >= POLITE_AFTER) {
                    Threads.giveWay();
                }
            }
        } finally {
            if (!running) { // an error
                abandon();
            }
        }
    }

    private void abandon() {
        state = GIVEN_UP; // in a round, or disturbed: the runner's
        clear(null);
    }

    private Choice round(Round round) {
        Choice chosen = tried ? null : clauses.attempt();
        tried = false;
        if (chosen == null && twoWays == null && !clauses.hasOtherwise() && !deadline.passed()) {
            twoWays = clauses.enlist(this);
            chosen = twoWays.length == 0 ? null : clauses.attempt(); // once more, now that others see it
        }
        if (chosen == null) {
            chosen = clauses.withoutWaiting(deadline);
        }
        return chosen != null ? chosen : register(round);
    }

    private Choice register(Round round) {
        if (waiters == null) {
            waiters = new SelectWaiter[clauses.size()];
        }
        for (int k = 0; k < waiters.length; k++) {
            int i = clauses.inOrder(k);
            if (!isTwoWay(clauses.get(i))) {
                Object result = clauses.get(i).register(this, round, i);
                if (result != SelectClause.NOTHING && !(result instanceof SelectWaiter)) {
                    return new Choice(i, null, 0, result);
                }
            }
        }
        return null;
    }

    /** Called before it is listed anywhere. */
    final void numbered(long n) {
        number = n;
    }

    /** Called before the waiter may be found by others. */
    final void leaves(int clause, SelectWaiter waiter) {
        waiters[clause] = waiter;
    }

    private boolean isTwoWay(SelectClause<?> clause) {
        return Clauses.isOn(twoWays, Clauses.channel(clause));
    }

    /** What can be seen only by one who waits. False: the runner has to try again. */
    private boolean mayWait(Round round) {
        int done = clauses.doneFuture();
        done = done < 0 && deadline.passed() ? clauses.indexOfTimeout() : done; // a timer has come too early then
        if (done >= 0) {
            chooseAndWake(done);
            return true;
        }
        for (int i = 0; i < clauses.size(); i++) {
            if (Clauses.channel(clauses.get(i)) instanceof CellChannel<?> channel && !isTwoWay(clauses.get(i))) {
                channel.pokeTwoWays(null);
            }
        }
        for (TwoWay t : twoWays) {
            if (!t.mayWait() && casState(round.waiting, DISTURBED)) {
                return false;
            }
        }
        return true;
    }

    /** Takes out all that this select has left anywhere, but for the waiter that was chosen. */
    final void clear(SelectWaiter chosen) {
        clearWaiters(chosen);
        if (twoWays != null) {
            for (TwoWay t : twoWays) {
                t.leave();
            }
            twoWays = Clauses.NO_TWO_WAYS; // once
        }
    }

    final void clearWaiters(SelectWaiter chosen) {
        if (waiters != null) {
            for (int i = 0; i < waiters.length; i++) {
                SelectWaiter waiter = waiters[i];
                waiters[i] = null;
                if (waiter != null && waiter != chosen) {
                    waiter.retire();
                }
            }
        }
    }

    /** For one who waits, or whose select waits: whether it is given up now. */
    final boolean giveUp(Object waiting) {
        return waiting instanceof Waiting && casState(waiting, GIVEN_UP);
    }

    /** For a cancel: false if a clause is chosen. True for one caller. */
    final boolean giveUpSurely() {
        for (; ; ) { // ends: the state moves on, or the runner moves it on
            Object s = state;
            if (s instanceof Choice || s == GIVEN_UP) {
                return false;
            }
            if (s instanceof Waiting || s == AGAIN) {
                if (casState(s, GIVEN_UP)) {
                    if (s != AGAIN) { // else who is about to run it clears
                        clear(null);
                    }
                    return true;
                }
            } else if (runner == Thread.currentThread()) {
                return false; // a hook, run by an operation that is going to be chosen
            } else {
                Threads.giveWay(); // the runner may hold the ticket of an element
            }
        }
    }

    final boolean isPending() {
        return !(state instanceof Choice) && state != GIVEN_UP;
    }

    final boolean isToRunAgain() {
        return state == AGAIN;
    }

    final Deadline deadline() {
        return deadline;
    }

    // VarHandle mechanics
    private static final VarHandle STATE = ConstantBootstraps.fieldVarHandle(
            MethodHandles.lookup(), "state", VarHandle.class, Selection.class, Object.class);

    private boolean casState(Object expected, Object value) {
        return STATE.compareAndSet(this, expected, value);
    }
}
