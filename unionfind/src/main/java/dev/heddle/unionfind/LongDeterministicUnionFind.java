// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.unionfind.internal.Accepted;
import dev.heddle.unionfind.internal.Conductor;
import dev.heddle.unionfind.internal.Crew;
import dev.heddle.unionfind.internal.Feed;
import dev.heddle.unionfind.internal.Pages;
import dev.heddle.unionfind.internal.Run;
import dev.heddle.unionfind.internal.WideForest;
import dev.heddle.unionfind.internal.WideTrace;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongUnaryOperator;

/**
 * As {@link DeterministicUnionFind}, over the longs from 0 to n - 1: for graphs of more vertices than there are ints. Eight
 * bytes a vertex, in pages. There are the algorithms {@link Algorithm#AUTO}, {@link Algorithm#PIPE} and
 * {@link Algorithm#SEQUENTIAL}, so every result is that of {@link Guarantee#LINK_FOREST}.
 */
public final class LongDeterministicUnionFind {
    private static final int BLOCK = 4096; // edges; some hundred microseconds of work
    private static final int RING_OF_EACH = 8; // blocks in flight, for each thread

    private final WideForest forest;
    private final Algorithm algorithm;
    private final int threads;
    private final EdgeOrder order;
    private final BatchProgress progress; // null: none
    private final Executor executor; // null: threads of our own
    private final int blockSize;
    private final int ring;
    private final Runnable pause; // null but in tests
    private final AtomicBoolean busy = new AtomicBoolean();
    private long edges; // of all batches so far
    private volatile AtomicReference<LongPartition> snapshot =
            new AtomicReference<>(); // of now, or null; each batch has its own

    /**
     * The longs below n, each alone, with the choices that {@link #builder} begins with.
     *
     * @param n how many
     * @throws IllegalArgumentException if n is negative, or more than there are pages for, which is 2⁵⁰
     */
    public LongDeterministicUnionFind(long n) {
        this(builder(n));
    }

    private LongDeterministicUnionFind(Builder b) {
        forest = new WideForest(b.n, b.rule.links(), b.recordLinks, b.pageShift);
        algorithm = b.algorithm;
        threads = b.threads;
        order = b.order;
        progress = b.progress;
        executor = b.executor;
        pause = b.pause;
        blockSize = b.blockSize;
        ring = b.ring > 0 ? b.ring : RING_OF_EACH * threads;
    }

    /**
     * The longs below n, each alone. The choices begin with {@link Algorithm#AUTO}, {@link LinkRule#SIZE},
     * {@link EdgeOrder#AS_GIVEN}, and as many threads as there are processors.
     *
     * @param n how many
     * @return a builder
     * @throws IllegalArgumentException if n is negative
     */
    public static Builder builder(long n) {
        return new Builder(n);
    }

    /**
     * Applies edges. If the source fails or an edge leads to no vertex, the edges before it stay applied, no other is, and the
     * union-find stays usable. What the source, the {@link BatchProgress} or the executor throws is thrown here.
     *
     * @param source the edges
     * @return what they did; kept by the caller if it is wanted, as nothing of it is kept here
     * @throws IndexOutOfBoundsException if an edge leads to a vertex that is not from 0 to n - 1: the first such edge is named
     * @throws UnsupportedOperationException if the order is shuffled and the source is no {@link RandomAccessEdges}
     * @throws IllegalStateException if another batch is being applied, or the source gives an impossible number of edges
     * @throws MalformedEdgesException if the source is not what it should be
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public BatchResult applyBatch(EdgeSource source) {
        if (!busy.compareAndSet(false, true)) {
            throw busy();
        }
        try {
            snapshot = new AtomicReference<>();
            long count = source.edgeCount();
            LongUnaryOperator edgeAt = order.over(Math.max(0, count));
            Accepted bits = new Accepted(Math.max(0, count));
            Run run = new Run(bits, edgeAt, edges, progress == null ? null : progress::advanced, pause);
            try (Feed feed = Feed.of(source, edgeAt, blockSize, forest.vertexCount(), true);
                    Crew crew = new Crew(threads, executor)) {
                Conductor.apply(algorithm, forest, run, feed, crew, ring);
            } finally {
                edges += run.applied();
            }
            run.throwFailure();
            return new BatchResult(bits, run.applied(), !run.stopped(), run.serial(), algorithm.guarantee());
        } finally {
            busy.set(false);
        }
    }

    /**
     * Whether x and y are in one set.
     *
     * @param x a vertex
     * @param y a vertex
     * @return true if they are
     * @throws IndexOutOfBoundsException if x or y is not from 0 to n - 1
     * @throws IllegalStateException if a batch is being applied
     */
    public boolean sameSet(long x, long y) {
        return find(x) == find(y);
    }

    /**
     * The root of the tree of x in the link forest.
     *
     * @param x a vertex
     * @return the vertex that represents its set
     * @throws IndexOutOfBoundsException if x is not from 0 to n - 1
     * @throws IllegalStateException if a batch is being applied
     */
    public long find(long x) {
        checkQuiet();
        return forest.walk(Objects.checkIndex(x, forest.vertexCount()));
    }

    /**
     * The number of members of the set of x.
     *
     * @param x a vertex
     * @return that many
     * @throws IndexOutOfBoundsException if x is not from 0 to n - 1
     * @throws IllegalStateException if a batch is being applied
     */
    public long size(long x) {
        return forest.size(find(x));
    }

    /**
     * The number of sets.
     *
     * @return how many there are
     * @throws IllegalStateException if a batch is being applied
     */
    public long setCount() {
        checkQuiet();
        return forest.rootCount();
    }

    /**
     * For every vertex the least of its set. Takes eight more bytes a vertex.
     *
     * @return n labels, which later batches do not change
     * @throws IllegalStateException if a batch is being applied
     */
    public PagedLongs labels() {
        return new PagedLongs(least());
    }

    private Pages least() {
        checkQuiet();
        try (Crew crew = new Crew(threads, executor)) {
            return forest.labels(crew);
        }
    }

    /**
     * The members of the set of x, ascending. The first such call after a batch takes time in proportion to n.
     *
     * @param x a vertex
     * @return a view of {@link #partition}, which later batches do not change
     * @throws IndexOutOfBoundsException if x is not from 0 to n - 1
     * @throws IllegalStateException if a batch is being applied
     */
    public PagedLongs members(long x) {
        return partition().members(Objects.checkIndex(x, forest.vertexCount()));
    }

    /**
     * The sets as they are now. Kept till the next batch begins.
     *
     * @return a snapshot that later batches do not change
     * @throws IllegalStateException if a batch is being applied
     */
    public LongPartition partition() {
        AtomicReference<LongPartition> place = snapshot; // first: what is of before a batch must not be found after it
        checkQuiet();
        LongPartition now = place.get();
        if (now == null) {
            now = new LongPartition(least());
            place.set(now);
        }
        return now;
    }

    /**
     * Under which vertex x was linked.
     *
     * @param x a vertex
     * @return the vertex, or -1 if x is a root
     * @throws IndexOutOfBoundsException if x is not from 0 to n - 1
     * @throws IllegalStateException if links are not recorded, or a batch is being applied
     */
    public long linkTarget(long x) {
        return trace().target(Objects.checkIndex(x, forest.vertexCount()));
    }

    /**
     * Which edge linked x under another vertex. Edges are counted through all batches.
     *
     * @param x a vertex
     * @return the edge: its number in the source, plus the edges that earlier batches applied; -1 if x is a root
     * @throws IndexOutOfBoundsException if x is not from 0 to n - 1
     * @throws IllegalStateException if links are not recorded, or a batch is being applied
     */
    public long linkEdge(long x) {
        return trace().edge(Objects.checkIndex(x, forest.vertexCount()));
    }

    private WideTrace trace() {
        checkQuiet();
        if (forest.trace() == null) {
            throw new IllegalStateException("links are not recorded: see Builder.recordLinks");
        }
        return forest.trace();
    }

    /**
     * The number of vertices.
     *
     * @return n
     */
    public long vertexCount() {
        return forest.vertexCount();
    }

    @Override
    public String toString() {
        return "LongDeterministicUnionFind[" + forest.vertexCount() + " vertices, " + algorithm + ", " + threads
                + " threads]";
    }

    private void checkQuiet() {
        if (busy.get()) {
            throw busy();
        }
    }

    private static IllegalStateException busy() {
        return new IllegalStateException("a batch is being applied");
    }

    /** The choices. None of them changes a result but the link rule and the order. */
    public static final class Builder {
        private final long n;
        private Algorithm algorithm = Algorithm.AUTO;
        private LinkRule rule = LinkRule.SIZE;
        private EdgeOrder order = EdgeOrder.AS_GIVEN;
        private int threads = Runtime.getRuntime().availableProcessors();
        private Executor executor;
        private BatchProgress progress;
        private boolean recordLinks;
        private int blockSize = BLOCK;
        private int pageShift = Pages.SHIFT;
        private int ring;
        private Runnable pause;

        private Builder(long n) {
            if (n < 0) {
                throw new IllegalArgumentException("negative number of vertices: " + n);
            }
            this.n = n;
        }

        /**
         * Chooses the algorithm.
         *
         * @param chosen the algorithm
         * @return this
         * @throws IllegalArgumentException if there is none such for ids of 64 bits
         */
        public Builder algorithm(Algorithm chosen) {
            if (chosen == Algorithm.RESERVATIONS || chosen == Algorithm.WINDOW) {
                throw new IllegalArgumentException("not for ids of 64 bits: " + chosen);
            }
            algorithm = Objects.requireNonNull(chosen, "algorithm");
            return this;
        }

        /**
         * Chooses which root is linked under the other.
         *
         * @param chosen the rule
         * @return this
         */
        public Builder linkRule(LinkRule chosen) {
            rule = Objects.requireNonNull(chosen, "rule");
            return this;
        }

        /**
         * Chooses the order of the edges of a batch.
         *
         * @param chosen the order
         * @return this
         */
        public Builder order(EdgeOrder chosen) {
            order = Objects.requireNonNull(chosen, "order");
            return this;
        }

        /**
         * How many threads work on a batch, the calling one included.
         *
         * @param number from 1 on
         * @return this
         * @throws IllegalArgumentException if the number is not positive
         */
        public Builder threads(int number) {
            threads = positive(number, "threads");
            return this;
        }

        /**
         * Who runs the helping threads. Without one each batch starts daemon threads of its own. A task that it refuses by a
         * {@link java.util.concurrent.RejectedExecutionException}, drops, runs late or runs in the thread that brings it is
         * not missed. Whatever else it throws is thrown by the call that wanted help; if that is a batch, the edges before
         * one of them stay applied and no other is, as if the source had failed there.
         *
         * @param chosen runs tasks in other threads, and does not wait for their end
         * @return this
         */
        public Builder executor(Executor chosen) {
            executor = Objects.requireNonNull(chosen, "executor");
            return this;
        }

        /**
         * Who is told how far a batch is, and may end it.
         *
         * @param listener called in the thread that applies the batch
         * @return this
         */
        public Builder progress(BatchProgress listener) {
            progress = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /**
         * Whether to keep under whom and by which edge each vertex was linked: sixteen more bytes a vertex.
         *
         * @param kept true to keep it
         * @return this
         */
        public Builder recordLinks(boolean kept) {
            recordLinks = kept;
            return this;
        }

        /**
         * How many edges a thread takes at a time.
         *
         * @param edgesOfABlock from 1 on
         * @return this
         * @throws IllegalArgumentException if the number is not positive
         */
        public Builder blockSize(int edgesOfABlock) {
            blockSize = positive(edgesOfABlock, "edges of a block");
            return this;
        }

        /**
         * How many blocks may be on their way at a time.
         *
         * @param inFlight from 1 on
         * @return this
         * @throws IllegalArgumentException if the number is not positive
         */
        public Builder ring(int inFlight) {
            ring = positive(inFlight, "ring");
            return this;
        }

        /** For tests: small pages. */
        Builder pageShift(int shift) {
            pageShift = shift;
            return this;
        }

        /** For tests: runs wherever threads may meet. */
        Builder pause(Runnable action) {
            pause = action;
            return this;
        }

        /**
         * Makes the union-find.
         *
         * @return every vertex alone
         * @throws IllegalArgumentException if there are more vertices than pages for them
         */
        public LongDeterministicUnionFind build() {
            return new LongDeterministicUnionFind(this);
        }

        private static int positive(int number, String what) {
            if (number < 1) {
                throw new IllegalArgumentException(what + " must be positive: " + number);
            }
            return number;
        }
    }
}
