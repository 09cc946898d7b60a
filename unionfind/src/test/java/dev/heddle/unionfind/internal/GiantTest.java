// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.heddle.unionfind.EdgeSource;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers UF-27. */
class GiantTest {
    @Test
    void add_anyVertices_thoseAndTheAnchorAreIn() {
        var random = new SplittableRandom(1);
        for (int n = 1; n < 200; n++) {
            int anchor = random.nextInt(n);
            Giant giant = new Giant(n, anchor);
            BitSet expected = new BitSet();
            expected.set(anchor);
            for (int i = 0; i < n / 2; i++) {
                int x = random.nextInt(n);
                giant.add(x);
                expected.set(x);
            }
            for (int x = 0; x < n; x++) {
                assertEquals(expected.get(x) ? 1 : 0, giant.bit(x));
            }
        }
    }

    /** In the midst of a batch: what is in is connected, and the size is that of the tree. */
    @ParameterizedTest
    @CsvSource({"SIZE, 1000", "INDEX, 1000", "HASHED, 1000", "SIZE, 40", "INDEX, 40", "HASHED, 40"})
    void blocks_ofAGraph_whatIsInIsConnected(Links.Kind kind, int n) {
        var random = new SplittableRandom(2);
        for (int round = 0; round < 20; round++) {
            int[] from = random.ints(3L * n, 0, n).toArray();
            int[] to = random.ints(3L * n, 0, n).toArray();
            Forest forest = new Forest(n, new Links(kind, round), false);
            Run run = new Run(new Accepted(from.length), null, 0, null, null);
            try (Feed feed = Feed.of(EdgeSource.of(from, to), null, 7, n, false)) {
                Part far = Sequential.far(forest, run, feed);
                Part near = Sequential.near(forest, run, feed);
                for (long next = 0; !feed.isEnd(next); ) { // ends: with the blocks
                    next = (random.nextInt(4) == 0 ? near : far).run(next, next + 1 + random.nextInt(9));
                    assertSound(forest);
                }
            }
            assertNotNull(forest.giant());
            forest.settle();
            assertNull(forest.giant());
            int[] sizes = new int[n];
            for (int x = 0; x < n; x++) {
                sizes[forest.walk(x)]++;
            }
            for (int x = 0; x < n; x++) {
                assertEquals(sizes[x], forest.walk(x) == x ? forest.size(x) : 0);
            }
        }
    }

    private static void assertSound(Forest forest) {
        Giant giant = forest.giant();
        for (int x = 0; giant != null && x < forest.vertexCount(); x++) {
            if (giant.bit(x) == 1) {
                assertEquals(forest.walk(giant.anchor), forest.walk(x));
            }
        }
    }
}
