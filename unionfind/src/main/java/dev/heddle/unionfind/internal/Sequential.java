// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import java.util.function.Consumer;

/** One edge after the other in the thread of the caller: what all others must equal. */
final class Sequential implements Part {
    private final Run run;
    private final Feed feed;
    private final Block block;
    private final Consumer<Block> links;

    private Sequential(Run run, Feed feed, Consumer<Block> links) {
        this.run = run;
        this.feed = feed;
        this.block = new Block(feed.blockSize);
        this.links = links;
    }

    /** For edges whose cells are near each other, or all in the cache. */
    static Sequential near(Forest forest, Run run, Feed feed) {
        return new Sequential(run, feed, block -> forest.uniteNear(block, run));
    }

    /** For edges whose cells are anywhere. */
    static Sequential far(Forest forest, Run run, Feed feed) {
        Ahead ahead = new Ahead();
        return new Sequential(run, feed, block -> forest.uniteFar(block, run, ahead));
    }

    static Sequential of(WideForest forest, Run run, Feed feed) {
        return new Sequential(run, feed, block -> apply(block, forest, run));
    }

    @Override
    public long run(long start, long limit) {
        feed.resume(start, limit);
        long next = start;
        while (!run.stopped() && feed.take(block)) {
            links.accept(block);
            next++;
            run.countSerial(block.count);
            run.applied(block.first + block.count);
            if (block.failure != null) {
                run.fail(block.failure);
            }
            run.report();
        }
        return next;
    }

    private static void apply(Block block, WideForest forest, Run run) {
        for (int i = 0; i < block.count; i++) {
            forest.unite(block.wideFrom[i], block.wideTo[i], block.first + i, run);
        }
    }
}
