// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jol.info.GraphLayout;

/** Covers UF-25. */
class FootprintTest {
    private static final int N = 1 << 20;

    @ParameterizedTest
    @CsvSource({"online, 4", "batches, 4", "recorded, 16", "online-long, 8", "batches-long, 8"})
    void object_ofManyVertices_takesSoManyBytesEach(String kind, int bytes) {
        Object sets = switch (kind) {
            case "online" -> new ConcurrentUnionFind(N);
            case "batches" -> batches(DeterministicUnionFind.builder(N));
            case "recorded" -> batches(DeterministicUnionFind.builder(N).recordLinks(true));
            case "online-long" -> new LongConcurrentUnionFind(N);
            default -> new LongDeterministicUnionFind(N);
        };
        assertEquals(bytes, (double) GraphLayout.parseInstance(sets).totalSize() / N, 0.01);
    }

    /** After a batch: nothing of it is kept. */
    private static DeterministicUnionFind batches(DeterministicUnionFind.Builder builder) {
        var sets = builder.threads(2).algorithm(Algorithm.PIPE).build();
        sets.applyBatch(Graphs.path(N, false).edges());
        return sets;
    }
}
