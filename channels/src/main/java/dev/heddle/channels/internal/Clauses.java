// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.sync.internal.Deadline;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clauses of one run of a select, and in what order they are looked at.
 *
 * @param <R> the type of the result
 */
public final class Clauses<R> {
    private static final AtomicLong SEEDS = new AtomicLong(System.nanoTime());
    private static final AtomicLong NUMBERS = new AtomicLong();
    static final TwoWay[] NO_TWO_WAYS = {};

    private final SelectClause<? extends R>[] clauses;
    private final int[] order; // null: as given

    /** Clauses to be tried in this order, or in a random one. */
    public Clauses(SelectClause<? extends R>[] clauses, boolean random) {
        if (clauses.length == 0) {
            throw new IllegalArgumentException("a select without clauses");
        }
        this.clauses = clauses;
        this.order = random ? permutation(clauses.length) : null;
    }

    private static int[] permutation(int n) {
        int[] p = new int[n];
        SplittableRandom random = new SplittableRandom(SEEDS.getAndAdd(0x9E3779B97F4A7C15L));
        for (int i = 1; i < n; i++) {
            int j = random.nextInt(i + 1);
            p[i] = p[j];
            p[j] = i;
        }
        return p;
    }

    int size() {
        return clauses.length;
    }

    SelectClause<? extends R> get(int index) {
        return clauses[index];
    }

    int inOrder(int k) {
        return order == null ? k : order[k];
    }

    // ---- trying

    /** A clause that can be chosen now; in random order a closed channel only if there is no other. */
    Selection.Choice attempt() {
        int closed = -1;
        for (int k = 0; k < clauses.length; k++) {
            int i = inOrder(k);
            Object result = clauses[i].attempt();
            if (result == CellState.CLOSED && order != null) {
                closed = closed < 0 ? i : closed;
            } else if (result != SelectClause.NOTHING) {
                return new Selection.Choice(i, null, 0, result);
            }
        }
        return closed < 0 ? null : new Selection.Choice(closed, null, 0, CellState.CLOSED);
    }

    boolean hasOtherwise() {
        return indexOfOtherwise() >= 0;
    }

    private int indexOfOtherwise() {
        for (int i = 0; i < clauses.length; i++) {
            if (clauses[i] instanceof SelectClause.Otherwise<?>) {
                return i;
            }
        }
        return -1;
    }

    /** What there is left when no clause can be chosen and it must not wait; else null. */
    Selection.Choice withoutWaiting(Deadline deadline) {
        int otherwise = indexOfOtherwise();
        if (otherwise < 0 && !deadline.passed()) {
            return null;
        }
        return new Selection.Choice(otherwise >= 0 ? otherwise : indexOfTimeout(), null, 0, CellState.DONE);
    }

    // ---- time

    /** The clause whose time is over first; -1 if there is none. */
    int indexOfTimeout() {
        int first = -1;
        for (int i = 0; i < clauses.length; i++) {
            if (clauses[i] instanceof SelectClause.Timeout<?> t && (first < 0 || t.nanos < nanos(first))) {
                first = i;
            }
        }
        return first;
    }

    long nanos(int timeout) {
        return ((SelectClause.Timeout<?>) clauses[timeout]).nanos;
    }

    Deadline deadline() {
        int timeout = indexOfTimeout();
        return timeout < 0 ? Deadline.NEVER : Deadline.after(nanos(timeout));
    }

    // ---- futures

    /** A clause whose future is complete; -1 if there is none. */
    int doneFuture() {
        for (int i = 0; i < clauses.length; i++) {
            if (clauses[i] instanceof SelectClause.Future<?, ?> f && f.attempt() != SelectClause.NOTHING) {
                return i;
            }
        }
        return -1;
    }

    // ---- channels

    /** The channel of a clause; null if it has none. */
    static Object channel(SelectClause<?> clause) {
        if (clause instanceof SelectClause.Receive<?, ?> r) {
            return r.channel;
        }
        return clause instanceof SelectClause.Send<?, ?> s ? s.channel : null;
    }

    /** Enters the lists of all channels without a buffer on which these clauses send and receive. */
    TwoWay[] enlist(Selection<?> selection) {
        TwoWay[] found = NO_TWO_WAYS;
        for (int i = 0; i < clauses.length; i++) {
            if (clauses[i] instanceof SelectClause.Send<?, ?> send
                    && send.channel instanceof CellChannel<?> channel
                    && channel.room == 0) {
                int receive = indexOfReceive(channel);
                if (receive >= 0 && !isOn(found, channel)) {
                    found = Arrays.copyOf(found, found.length + 1);
                    found[found.length - 1] = new TwoWay(selection, channel, receive, i, send.element);
                }
            }
        }
        if (found.length > 0) {
            selection.numbered(NUMBERS.getAndIncrement());
            for (TwoWay each : found) {
                each.enlist();
            }
        }
        return found;
    }

    static boolean isOn(TwoWay[] lists, Object channel) {
        for (TwoWay each : lists) {
            if (each.isOn(channel)) {
                return true;
            }
        }
        return false;
    }

    private int indexOfReceive(Object channel) {
        for (int i = 0; i < clauses.length; i++) {
            if (clauses[i] instanceof SelectClause.Receive<?, ?> r && r.channel == channel) {
                return i;
            }
        }
        return -1;
    }
}
