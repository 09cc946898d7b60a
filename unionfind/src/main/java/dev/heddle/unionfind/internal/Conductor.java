// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import dev.heddle.unionfind.Algorithm;
import java.util.Arrays;
import java.util.function.Supplier;

/** Applies the blocks of a batch by the algorithm asked for, or by the one that turns out to be faster. */
public final class Conductor {
    /* Implementation notes
     * AUTO           Alone where nothing is gained: for one thread, and for short batches. Else it takes the time of a trial
     *                of each way, goes on with the faster one, and tries the other again after ever longer runs. All
     *                ways give the same result, so the clock decides about the time only.
     */
    private static final long ALL = Long.MAX_VALUE;
    private static final long TRIAL = 1 << 17; // edges: some milliseconds, many times what it costs to wake a crew
    private static final long SHORT = 1 << 20; // edges that are applied alone: the crew would not pay
    private static final int FIRST_RUN = 8; // trials
    private static final int LONGEST_RUN = 128;

    private final Run run;
    private final Feed feed;
    private final Crew crew;
    private final Part alone;
    private final Supplier<Part> pipe;

    private Conductor(Run run, Feed feed, Crew crew, Part alone, Supplier<Part> pipe) {
        this.run = run;
        this.feed = feed;
        this.crew = crew;
        this.alone = alone;
        this.pipe = pipe;
    }

    /** Applies all blocks of a batch, or those before a failure or a stop; {@code ring} blocks are in flight at most. */
    public static void apply(Algorithm algorithm, Forest forest, Run run, Feed feed, Crew crew, int ring) {
        Conductor conductor = new Conductor(
                run, feed, crew, Sequential.of(forest, run, feed), () -> new Pipe(forest, run, feed, crew, ring));
        switch (algorithm) {
            case RESERVATIONS -> conductor.inBlocks(forest, new Reservations(forest, run)::apply);
            case WINDOW -> {
                int inFlight = Integer.highestOneBit(Math.max(2, ring));
                conductor.inBlocks(forest, new Window(forest, run, inFlight)::apply);
            }
            default -> conductor.apply(algorithm);
        }
    }

    /** The same for ids of 64 bits, and for the algorithms that there are for them. */
    public static void apply(Algorithm algorithm, WideForest forest, Run run, Feed feed, Crew crew, int ring) {
        new Conductor(
                        run,
                        feed,
                        crew,
                        Sequential.of(forest, run, feed),
                        () -> new WidePipe(forest, run, feed, crew, ring))
                .apply(algorithm);
    }

    private void apply(Algorithm algorithm) {
        switch (algorithm) {
            case SEQUENTIAL -> alone.run(0, ALL);
            case PIPE -> pipe.get().run(0, ALL);
            case AUTO -> auto();
            default -> throw new IllegalArgumentException("not for ids of 64 bits: " + algorithm);
        }
    }

    private void auto() {
        if (crew.threads() == 1) {
            alone.run(0, ALL);
            return;
        }
        long next = alone.run(0, Math.max(1, SHORT / feed.blockSize));
        if (goesOn(next)) {
            choose(next);
        }
    }

    private boolean goesOn(long next) {
        return !run.stopped() && !feed.isEnd(next);
    }

    /** Goes on with what is faster. */
    private void choose(long first) {
        Part[] ways = {alone, pipe.get()};
        long trial = Math.max(1, TRIAL / feed.blockSize);
        long next = first;
        long length = FIRST_RUN;
        int best = 0;
        while (goesOn(next)) { // ends: with the blocks
            double[] pace = new double[ways.length];
            for (int way = 0; way < ways.length && goesOn(next); way++) {
                long start = System.nanoTime();
                long end = ways[way].run(next, next + trial);
                pace[way] = (double) (System.nanoTime() - start) / Math.max(1, end - next);
                next = end;
            }
            int before = best;
            best = pace[1] < pace[0] ? 1 : 0;
            length = best == before ? Math.min(2 * length, LONGEST_RUN) : FIRST_RUN;
            if (goesOn(next)) {
                next = ways[best].run(next, next + length * trial);
            }
        }
    }

    // ---- algorithms that take one block at a time, all threads together

    private interface ByBlock {
        void apply(Block block, byte[] accepted, Crew crew);
    }

    private void inBlocks(Forest forest, ByBlock algorithm) {
        Block block = new Block(feed.blockSize);
        byte[] flags = new byte[feed.blockSize];
        feed.resume(0, ALL);
        while (!run.stopped() && feed.take(block)) {
            Arrays.fill(flags, 0, block.count, (byte) 0);
            algorithm.apply(block, flags, crew);
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
