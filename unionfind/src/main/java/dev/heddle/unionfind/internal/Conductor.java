// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.Algorithm;
import java.util.Arrays;
import java.util.function.Supplier;

/** Applies the blocks of a batch by the algorithm asked for, or by the one that turns out to be faster. */
public final class Conductor {
    /* Implementation notes
     * AUTO           Goes the simplest way and takes the time. Others are tried for a moment if they could be faster at all,
     *                for each has a least price; the fastest goes on, for ever longer between trials. All ways give the
     *                same result, so the clock decides about the time only.
     * Trials         A crew that sleeps takes a millisecond to come and to fill its caches, which would be half of its price
     *                in a trial and is nothing in a run. What else the machine does makes a trial longer, never shorter.
     * SEQUENTIAL     the same without the pipe
     */
    private static final long ALL = Long.MAX_VALUE;
    private static final long SHORT = 1 << 18; // edges that are applied alone: the crew would not pay
    private static final long TRIAL = 1 << 13; // edges; each trial is made twice
    private static final long PIPE_TRIAL = 1 << 16;
    private static final long PIPE_WARM_UP = 1 << 15;
    private static final double FAR_LEAST = 8; // nanoseconds
    private static final double PIPE_LEAST = 10;
    private static final long FIRST_RUN = 1 << 19; // edges between trials
    private static final long LONGEST_RUN = 1 << 20; // alone: a needless trial of the crew costs less than a missed one
    private static final long LONGEST_PIPE_RUN = 1 << 24;

    /** A way to apply blocks, from the simplest on. */
    private static final class Way {
        private final Supplier<Part> parts;
        private final double least; // nanoseconds an edge: it is not tried while another takes less
        private final long begin; // edges that are left to others
        private final long trial; // edges
        private final long warmUp; // edges before a trial that are not timed, for a crew has to wake up
        private final long longest; // edges between trials
        private Part part; // null: not tried yet
        private double pace; // nanoseconds an edge when it went last

        private Way(Supplier<Part> parts, double least, boolean together) {
            this.parts = parts;
            this.least = least;
            begin = together ? SHORT : 0;
            trial = together ? PIPE_TRIAL : TRIAL;
            warmUp = together ? PIPE_WARM_UP : 0;
            longest = together ? LONGEST_PIPE_RUN : LONGEST_RUN;
        }

        static Way alone(Supplier<Part> parts, double least) {
            return new Way(parts, least, false);
        }

        static Way together(Supplier<Part> parts) {
            return new Way(parts, PIPE_LEAST, true);
        }

        Part part() {
            if (part == null) {
                part = parts.get();
            }
            return part;
        }
    }

    private final Run run;
    private final Feed feed;
    private final Way[] ways;
    private long next; // block

    private Conductor(Run run, Feed feed, Way... ways) {
        this.run = run;
        this.feed = feed;
        this.ways = ways;
    }

    /** Applies all blocks of a batch, or those before a failure or a stop; {@code ring} blocks are in flight at most. */
    public static void apply(Algorithm algorithm, Forest forest, Run run, Feed feed, Crew crew, int ring) {
        try {
            switch (algorithm) {
                case RESERVATIONS -> inBlocks(forest, run, feed, crew, new Reservations(forest, run)::apply);
                case WINDOW -> {
                    int inFlight = Integer.highestOneBit(Math.max(2, ring));
                    inBlocks(forest, run, feed, crew, new Window(forest, run, inFlight)::apply);
                }
                default -> {
                    Way near = Way.alone(() -> Sequential.near(forest, run, feed), 0);
                    Way far = Way.alone(() -> Sequential.far(forest, run, feed), FAR_LEAST);
                    Supplier<Part> pipe = () -> new Pipe(forest, run, feed, crew, ring);
                    apply(algorithm, run, feed, crew, pipe, near, far);
                }
            }
        } finally {
            forest.settle();
        }
    }

    /** The same for ids of 64 bits, and for the algorithms that there are for them. */
    public static void apply(Algorithm algorithm, WideForest forest, Run run, Feed feed, Crew crew, int ring) {
        Way alone = Way.alone(() -> Sequential.of(forest, run, feed), 0);
        apply(algorithm, run, feed, crew, () -> new WidePipe(forest, run, feed, crew, ring), alone);
    }

    private static void apply(Algorithm algorithm, Run run, Feed feed, Crew crew, Supplier<Part> pipe, Way... alone) {
        switch (algorithm) {
            case SEQUENTIAL -> new Conductor(run, feed, alone).choose();
            case PIPE -> pipe.get().run(0, ALL);
            case AUTO -> {
                Way[] all = Arrays.copyOf(alone, alone.length + (crew.threads() == 1 ? 0 : 1));
                if (all.length > alone.length) {
                    all[alone.length] = Way.together(pipe);
                }
                new Conductor(run, feed, all).choose();
            }
            default -> throw new IllegalArgumentException("not for ids of 64 bits: " + algorithm);
        }
    }

    /** Goes on with what is fastest. */
    private void choose() {
        Way best = ways[0];
        long length = 0;
        while (goesOn()) { // ends: with the blocks
            go(best, length);
            time(best); // what it takes now, beside the others
            Way last = best;
            for (Way way : ways) {
                if (way != last && way.least < last.pace && next >= way.begin / feed.blockSize && goesOn()) {
                    go(way, way.part == null ? way.trial : way.warmUp); // threads start or wake up, caches fill
                    time(way);
                    best = way.pace < best.pace ? way : best;
                }
            }
            length = best == last ? Math.min(Math.max(2 * length, FIRST_RUN), best.longest) : FIRST_RUN;
        }
    }

    private boolean goesOn() {
        return !run.stopped() && !feed.isEnd(next);
    }

    /** Applies edges twice and takes the shorter time: in the other one the thread may have been kept from work. */
    private void time(Way way) {
        go(way, way.trial);
        double first = way.pace;
        go(way, way.trial);
        way.pace = Math.min(first, way.pace);
    }

    /** Applies about so many edges and takes the time. */
    private void go(Way way, long edges) {
        long blocks = edges / feed.blockSize;
        if (edges == 0 || !goesOn()) {
            return;
        }
        long first = next;
        long start = System.nanoTime();
        next = way.part().run(first, first + Math.max(1, blocks));
        way.pace = (System.nanoTime() - start) / (double) (Math.max(1, next - first) * feed.blockSize);
    }

    // ---- algorithms that take one block at a time, all threads together

    private interface ByBlock {
        void apply(Block block, byte[] accepted, Crew crew);
    }

    private static void inBlocks(Forest forest, Run run, Feed feed, Crew crew, ByBlock algorithm) {
        Block block = new Block(feed.blockSize);
        byte[] flags = new byte[feed.blockSize];
        feed.resume(0, ALL);
        while (!run.stopped() && feed.take(block)) {
            Arrays.fill(flags, 0, block.count, (byte) 0);
            try {
                algorithm.apply(block, flags, crew);
            } catch (Throwable e) { // reason: some of its links may have been made
                forest.countRoots();
                throw e;
            }
            int links = 0;
            for (int i = 0; i < block.count; i++) {
                if (flags[i] != 0) {
                    run.accept(run.edge(block.first + i));
                    links++;
                }
            }
            forest.countLinks(links);
            run.applied(block.first + block.count);
            if (block.failure != null) {
                run.fail(block.failure);
            }
            run.report();
        }
    }
}
