// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync;

/** The word of a {@link ReadWriteQueue}, which tells its state machine: who is inside, how many wait, and who serves. */
final class ReadWriteWord {
    // waiting writers 19 | waiting readers 19 | read holds 20 | WRITER | TURN | WOKEN | GRANT | DRAIN | DIRTY

    static final long DIRTY = 1; // something changed since the drainer looked: it looks again
    static final long DRAIN = 2; // a thread looks at the heads of the queues; no other may
    static final long GRANT = 4; // barging only: the drainer shall let waiters in, not only wake the first
    static final long WOKEN = 8; // barging only: a waiter was woken and has not looked at the word yet
    static final long TURN = 16; // the readers who wait are next
    static final long WRITER = 32; // a writer is inside

    private static final int READ_SHIFT = 6;
    private static final int READ_BITS = 20;
    private static final int WAITING_READ_SHIFT = READ_SHIFT + READ_BITS;
    private static final int WAITING_BITS = 19;
    private static final int WAITING_WRITE_SHIFT = WAITING_READ_SHIFT + WAITING_BITS;

    static final long ONE_READ = 1L << READ_SHIFT;
    private static final long ONE_WAITING_READ = 1L << WAITING_READ_SHIFT;
    private static final long ONE_WAITING_WRITE = 1L << WAITING_WRITE_SHIFT;
    static final long READS = ONE_WAITING_READ - ONE_READ;
    static final long WAITING_READS = ONE_WAITING_WRITE - ONE_WAITING_READ;
    static final long WAITING_WRITES = -ONE_WAITING_WRITE;

    /** The greatest number of read holds. */
    static final int MAX_READS = (1 << READ_BITS) - 1;

    /** The greatest number of waiters on each side. */
    static final int MAX_WAITERS = (1 << WAITING_BITS) - 1;

    private ReadWriteWord() {}

    /** Whether somebody who waits may enter. */
    static boolean servable(long s) {
        if ((s & WRITER) != 0) {
            return false;
        }
        if ((s & WAITING_READS) != 0 && ((s & TURN) != 0 || (s & WAITING_WRITES) == 0) && (s & READS) != READS) {
            return true;
        }
        return (s & WAITING_WRITES) != 0 && (s & READS) == 0;
    }

    /** Whether a selected waiter may enter. A reader that is selected belongs to the batch. */
    static boolean mayEnter(long s, boolean write) {
        return write ? (s & (WRITER | READS | TURN)) == 0 : (s & WRITER) == 0 && (s & READS) != READS;
    }

    /** A waiter is inside now. */
    static long entered(long s, boolean write) {
        return write ? s - ONE_WAITING_WRITE | WRITER : withTurn(s - ONE_WAITING_READ, false) + ONE_READ;
    }

    /** One more read hold. */
    static long withRead(long s) {
        if ((s & READS) == READS) {
            throw new Error("Maximum lock count exceeded");
        }
        return s + ONE_READ;
    }

    /** One more waiter. */
    static long withWaiter(long s, boolean write) {
        long all = write ? WAITING_WRITES : WAITING_READS;
        if ((s & all) == all) {
            throw new Error("Maximum number of waiters exceeded");
        }
        return s + (write ? ONE_WAITING_WRITE : ONE_WAITING_READ);
    }

    /** One waiter has given up. If it was the last writer, the readers who wait now are next. */
    static long withoutWaiter(long s, boolean write) {
        long after = s - (write ? ONE_WAITING_WRITE : ONE_WAITING_READ);
        return withTurn(after, write && (after & WAITING_WRITES) == 0);
    }

    /** The writer has left, and {@code reads} holds of its own; the readers who wait now are next. */
    static long withoutWriter(long s, int reads) {
        return withTurn((s & ~WRITER) - reads * ONE_READ, true);
    }

    /** Nobody's turn if no reader waits; otherwise the readers', if {@code turn}, or whosever it was. */
    private static long withTurn(long s, boolean turn) {
        return (s & WAITING_READS) == 0 ? s & ~TURN : turn ? s | TURN : s;
    }

    static int reads(long s) {
        return (int) ((s & READS) >>> READ_SHIFT);
    }

    static int waitingReaders(long s) {
        return (int) ((s & WAITING_READS) >>> WAITING_READ_SHIFT);
    }

    static int waitingWriters(long s) {
        return (int) (s >>> WAITING_WRITE_SHIFT);
    }

    static int waiters(long s) {
        return waitingReaders(s) + waitingWriters(s);
    }

    static String describe(long s) {
        return "[reads = " + reads(s) + ", waiting readers = " + waitingReaders(s) + ", waiting writers = "
                + waitingWriters(s) + flag(s, WRITER, "writer") + flag(s, TURN, "readers' turn")
                + flag(s, WOKEN, "woken") + flag(s, DRAIN, "drained") + "]";
    }

    private static String flag(long s, long flag, String name) {
        return (s & flag) == 0 ? "" : ", " + name;
    }
}
