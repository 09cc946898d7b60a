// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/** Edges in flight: each thread links its own edge as soon as no earlier one can still want the loser's tree. */
final class Window {
    /* Implementation notes
     * Source         toward Fedorov, Hashemi, Nadiradze, Alistarh, SPAA 2023; this construction is our own
     * Idea           Edges have tickets in order. Whoever decides edge i publishes its two roots, then looks at all earlier
     *                edges in flight. The loser must be nobody else's root; the winner may be shared with edges that link
     *                something of their own to it.
     * Slot of i      i mod size: stamp = 2i, plus 1 when decided; pair = two roots, or NONE. NONE first, then the stamp.
     * Scan           ascending: what an earlier edge does can make a later one's publication stale, never the other way
     *                round. A pair counts only if both are still roots, and its orientation is computed from the cells as
     *                they are now. Any doubt sends edge i back to finding its roots; the oldest edge is never sent back.
     * Invariants     UF-10: links, sizes and accept bits are those of the sequential run. UF-17: the refuting inputs of each
     *                omission are in SchedulerMutantsTest.
     * Ordering       stamps, pairs and the root cells of the scan are volatile: the order of these reads is the argument.
     *                The size is added before the edge is marked decided.
     * Progress       blocking: an owner that stops delays later edges that touch its roots, and all of them a ring later
     */
    private static final long NONE = -1;
    private static final int SHIFT = 32; // a pair is two roots

    private final Forest forest;
    private final Links links;
    private final Run run;
    private final int mask;
    private final long[] stamps;
    private final long[] pairs;
    private final AtomicInteger next = new AtomicInteger(); // within the block
    private long base; // ticket of the block's first edge
    private Block block;
    private byte[] flags;

    /** At most {@code size} edges in flight, a power of two. */
    Window(Forest forest, Run run, int size) {
        this.forest = forest;
        this.links = forest.links();
        this.run = run;
        this.mask = size - 1;
        this.stamps = new long[size];
        this.pairs = new long[size];
        java.util.Arrays.fill(stamps, -1);
    }

    /** Decides the edges of the block; a flag of 1 accepts one. */
    void apply(Block edges, byte[] accepted, Crew crew) {
        block = edges;
        flags = accepted;
        next.set(0);
        crew.run(this::work);
        base += edges.count;
    }

    private void work() {
        try {
            takeAndDecide();
        } catch (Throwable e) {
            run.fail(e); // nobody is to wait for the edge that this thread has taken
            throw e;
        }
    }

    private void takeAndDecide() {
        int[] seen = new int[2 * (mask + 1)]; // roots of earlier edges, loser and winner
        for (int i = next.getAndIncrement(); i < block.count && !run.failed(); i = next.getAndIncrement()) {
            enter(base + i);
            run.pause();
            if (decide(base + i, block.from[block.offset + i], block.to[block.offset + i], i, seen)) {
                flags[i] = 1;
            }
            setStamp(base + i, 2 * (base + i) + 1);
        }
    }

    private void enter(long ticket) {
        long before = ticket - mask - 1;
        for (int times = 0;
                before >= 0 && stamp(ticket) != 2 * before + 1 && !run.failed();
                times++) { // ends: earlier edges end
            Run.backOff(times);
        }
        setPair(ticket, NONE);
        setStamp(ticket, 2 * ticket);
    }

    /** True if the edge was accepted, and its link is made. */
    private boolean decide(long ticket, int x, int y, int index, int[] seen) {
        int u = x;
        int v = y;
        for (int times = 0; ; times++) { // ends: when this edge is the oldest, if not before
            u = forest.walk(u);
            v = forest.walk(v);
            if (u == v) {
                return false; // for good (F1)
            }
            setPair(ticket, ((long) u << SHIFT) | v);
            run.pause();
            int cellOfU = forest.cell(u);
            int cellOfV = forest.cell(v);
            if (cellOfU < 0 && cellOfV < 0) {
                boolean down = links.loses(u, v, -cellOfU, -cellOfV);
                int loser = down ? u : v;
                int winner = down ? v : u;
                if (isFree(ticket, loser, winner, seen) && link(loser, winner, index)) {
                    return true;
                }
            }
            if (run.failed()) {
                return false;
            }
            Run.backOff(times);
        }
    }

    /** Whether no earlier edge can come to touch the loser's tree, and none links the winner. */
    private boolean isFree(long ticket, int loser, int winner, int[] seen) {
        int count = 0;
        boolean shared = false;
        for (long k = Math.max(0, ticket - mask); k < ticket; k++) { // ascending
            long before = stamp(k);
            if (before > 2 * k) {
                continue; // decided, or long past
            }
            long pair = pair(k);
            if (before == 2 * k && stamp(k) > 2 * k) {
                continue;
            }
            if (before < 2 * k || pair == NONE) {
                return false; // not published
            }
            int ku = (int) (pair >>> SHIFT);
            int kv = (int) pair;
            int cellOfU = forest.cell(ku);
            int cellOfV = forest.cell(kv);
            if (cellOfU >= 0 || cellOfV >= 0) {
                return false; // out of date
            }
            boolean down = links.loses(ku, kv, -cellOfU, -cellOfV);
            int itsLoser = down ? ku : kv;
            int itsWinner = down ? kv : ku;
            if (loser == itsLoser || loser == itsWinner || winner == itsLoser) {
                return false;
            }
            shared |= winner == itsWinner;
            seen[count++] = itsLoser;
            seen[count++] = itsWinner;
        }
        return !shared || losersArePrivate(seen, count, winner);
    }

    /** Whether every loser that goes under the shared winner is touched by one earlier edge only. */
    private static boolean losersArePrivate(int[] seen, int count, int winner) {
        for (int k = 0; k < count; k += 2) {
            if (seen[k + 1] == winner) {
                int touched = 0;
                for (int j = 0; j < count; j++) {
                    touched += seen[j] == seen[k] ? 1 : 0;
                }
                if (touched > 1) {
                    return false;
                }
            }
        }
        return true;
    }

    /** False if one of them is no root any more, or the loser would win. */
    private boolean link(int loser, int winner, int index) {
        run.pause();
        int size = -forest.cell(loser);
        int sizeOfWinner = -forest.cell(winner);
        if (size <= 0 || sizeOfWinner <= 0 || !links.loses(loser, winner, size, sizeOfWinner)) {
            return false;
        }
        forest.setCell(loser, winner);
        forest.addToCell(winner, -size);
        forest.traceLink(loser, winner, run.traced(run.edge(block.first + index)));
        return true;
    }

    // VarHandle mechanics

    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    private long stamp(long ticket) {
        return (long) LONGS.getVolatile(stamps, (int) ticket & mask);
    }

    private void setStamp(long ticket, long stamp) {
        LONGS.setVolatile(stamps, (int) ticket & mask, stamp);
    }

    private long pair(long ticket) {
        return (long) LONGS.getVolatile(pairs, (int) ticket & mask);
    }

    private void setPair(long ticket, long pair) {
        LONGS.setVolatile(pairs, (int) ticket & mask, pair);
    }
}
