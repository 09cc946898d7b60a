// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/** How often each thread holds the read side of one lock. The lock itself counts only the sum. */
final class ReadHolds implements Serializable {
    /* Implementation notes
     * Idea         The thread that made the sum of holds positive is remembered here, with its count: a lock that one
     *              thread reads at a time needs nothing else. Every other reader counts in a table of its own.
     * Invariants   first is null, or a thread that has held the lock without a break since the sum was 0
     *              first and firstHolds are written by that thread only: before its last hold is given back (a later write
     *              could hit the next first reader), and after its first one was taken
     *              table: counts[0] entries are in use, packed from 1 on; counts[i] > 0 belongs to the lock table[i]
     * Ordering     All plain: a thread can find itself in first only if it wrote that itself; tables are never shared.
     * ThreadLocal  A reentrant read must never wait behind a writer, and an unlock without a hold must be refused: both ask
     *              for the holds of this thread on this lock, which no field of the lock can tell without a search. One
     *              table a thread, not one a lock: a lock needs no ThreadLocal of its own and a hold no allocation.
     *              It holds types of java.base only, and a lock only while the thread reads under it, so that a pooled
     *              thread keeps neither locks nor class loaders alive.
     */
    @Serial
    private static final long serialVersionUID = 1L;

    /** An int[] of counts, then the locks. */
    private static final ThreadLocal<Object[]> TABLE = new ThreadLocal<>(); // reason: "ThreadLocal" above

    private static final int USUAL_ENTRIES = 4; // locks that a thread reads at a time
    private static final int MAX_KEPT_ENTRIES = 64; // a larger table is dropped when it is empty

    private transient Thread first;
    private transient int firstHolds;

    /** The calling thread's holds. */
    int count(Thread me) {
        if (first == me) {
            return firstHolds;
        }
        Object[] table = TABLE.get();
        int at = find(table);
        return at == 0 ? 0 : counts(table)[at];
    }

    /** Notes that the calling thread has taken the only hold there is. */
    void setFirst(Thread me) {
        firstHolds = 1;
        first = me;
    }

    /** As {@link #setFirst}, for several holds at once. */
    void setFirst(Thread me, int holds) {
        firstHolds = holds;
        first = me;
    }

    /** Makes room for one more hold of the calling thread: {@link #add} with the result can't fail. */
    Object[] reserve(Thread me) {
        if (first == me) {
            return null;
        }
        Object[] table = TABLE.get();
        if (table == null) {
            table = new Object[1 + USUAL_ENTRIES];
            table[0] = new int[1 + USUAL_ENTRIES];
            TABLE.set(table);
        } else if (counts(table)[0] == table.length - 1 && find(table) == 0) {
            int[] counts = Arrays.copyOf(counts(table), 2 * table.length);
            table = Arrays.copyOf(table, 2 * table.length);
            table[0] = counts;
            TABLE.set(table);
        }
        return table;
    }

    /** Whether the calling thread has a hold; {@code table} is what {@link #reserve} gave. */
    boolean isHolder(Object[] table) {
        return table == null || find(table) != 0;
    }

    /** Counts one more hold of the calling thread. */
    void add(Object[] table) {
        if (table == null) {
            firstHolds++;
            return;
        }
        int[] counts = counts(table);
        int at = find(table);
        if (at == 0) {
            at = ++counts[0];
            table[at] = this;
        }
        counts[at]++;
    }

    /**
     * Takes one hold of the calling thread away, before the lock itself does.
     *
     * @throws IllegalMonitorStateException if there is none
     */
    void remove(Thread me) {
        if (first == me) {
            if (firstHolds == 1) {
                first = null;
            } else {
                firstHolds--;
            }
            return;
        }
        Object[] table = TABLE.get();
        int at = find(table);
        if (at == 0) {
            throw new IllegalMonitorStateException("attempt to unlock read lock, not locked by current thread");
        }
        if (--counts(table)[at] == 0) {
            clear(table, at);
        }
    }

    /** Takes all holds of the calling thread away, before the lock does, and tells how many they were. */
    int removeAll(Thread me) {
        if (first == me) {
            first = null;
            return firstHolds;
        }
        Object[] table = TABLE.get();
        int at = find(table);
        if (at == 0) {
            return 0;
        }
        int holds = counts(table)[at];
        counts(table)[at] = 0;
        clear(table, at);
        return holds;
    }

    /** The index of this lock's entry, or 0. From the end: locks are mostly given back in the reverse order. */
    private int find(Object[] table) {
        if (table == null) {
            return 0;
        }
        int at = counts(table)[0];
        while (at > 0 && table[at] != this) {
            at--;
        }
        return at;
    }

    /** Closes the gap of an entry whose count is 0. */
    private static void clear(Object[] table, int at) {
        int[] counts = counts(table);
        int last = counts[0]--;
        table[at] = table[last];
        counts[at] = counts[last];
        table[last] = null; // GC: the table outlives the lock
        counts[last] = 0;
        if (last == 1 && table.length > MAX_KEPT_ENTRIES) {
            TABLE.remove();
        }
    }

    private static int[] counts(Object[] table) {
        return (int[]) table[0];
    }
}
