// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.unionfind.Algorithm;
import dev.heddle.unionfind.DeterministicUnionFind;
import dev.heddle.unionfind.EdgeFormat;
import dev.heddle.unionfind.EdgeOrder;
import dev.heddle.unionfind.EdgeSource;
import dev.heddle.unionfind.LongDeterministicUnionFind;
import dev.heddle.unionfind.MalformedEdgesException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Covers UF-21: blocks of edges that lie across windows, and ids that there are not, in binary files. */
class MappedEdgesTest {
    private static final int N = 400;
    private static final int M = 1000;

    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(8);

    private Path write(EdgeFormat format, long[] from, long[] to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(16 * from.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < from.length; i++) {
            if (format == EdgeFormat.INT64_PAIRS) {
                bytes.putLong(from[i]).putLong(to[i]);
            } else {
                bytes.putInt((int) from[i]).putInt((int) to[i]);
            }
        }
        return Files.write(folder.resolve("pairs"), Arrays.copyOf(bytes.array(), bytes.position()));
    }

    private long[] ids() {
        return random.longs(M, 0, N).toArray();
    }

    private DeterministicUnionFind.Builder builder(Algorithm algorithm) {
        return DeterministicUnionFind.builder(N)
                .algorithm(algorithm)
                .threads(1 + random.nextInt(3))
                .blockSize(1 + random.nextInt(M / 2))
                .recordLinks(true);
    }

    private static DeterministicUnionFind after(long[] from, long[] to, int edges) {
        var sets = DeterministicUnionFind.builder(N)
                .algorithm(Algorithm.SEQUENTIAL)
                .recordLinks(true)
                .build();
        sets.applyBatch(EdgeSource.of(Arrays.copyOf(from, edges), Arrays.copyOf(to, edges)));
        return sets;
    }

    private static void assertSame(DeterministicUnionFind expected, DeterministicUnionFind sets, Algorithm algorithm) {
        assertArrayEquals(expected.labels(), sets.labels());
        for (int x = 0; x < N && algorithm != Algorithm.RESERVATIONS; x++) {
            assertEquals(expected.linkTarget(x), sets.linkTarget(x));
            assertEquals(expected.linkEdge(x), sets.linkEdge(x));
        }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void blocks_acrossWindows_areTheEdges(Algorithm algorithm) throws IOException {
        for (EdgeFormat format : new EdgeFormat[] {EdgeFormat.INT32_PAIRS, EdgeFormat.INT64_PAIRS}) {
            for (int shift = 0; shift < 11; shift++) {
                long[] from = ids();
                long[] to = ids();
                MappedEdges edges = new MappedEdges(write(format, from, to), format, shift);
                DeterministicUnionFind sets = builder(algorithm).build();
                sets.applyBatch(edges);
                assertSame(after(from, to, M), sets, algorithm);

                EdgeOrder order = EdgeOrder.shuffled(shift);
                DeterministicUnionFind shuffled =
                        builder(algorithm).order(order).build();
                DeterministicUnionFind expected =
                        builder(Algorithm.SEQUENTIAL).order(order).build();
                shuffled.applyBatch(edges);
                expected.applyBatch(EdgeSource.of(from, to));
                assertSame(expected, shuffled, algorithm);
            }
        }
    }

    /** The edges before are applied, and the file is at fault, whichever end is negative. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void id_negative_namesFileAndEdge(Algorithm algorithm) throws IOException {
        for (int round = 0; round < 40; round++) {
            EdgeFormat format = round % 2 == 0 ? EdgeFormat.INT32_PAIRS : EdgeFormat.INT64_PAIRS;
            long[] from = ids();
            long[] to = ids();
            int wrong = random.nextInt(M);
            boolean first = random.nextBoolean();
            (first ? from : to)[wrong] = -1 - random.nextLong(1 << 20);
            from[random.nextInt(wrong, M)] = -7; // a later one, or the same
            first = from[wrong] < 0;
            Path file = write(format, from, to);
            MappedEdges edges = new MappedEdges(file, format, random.nextInt(11));
            DeterministicUnionFind sets = builder(algorithm).build();
            var e = assertThrows(MalformedEdgesException.class, () -> sets.applyBatch(edges));
            String what = first ? "negative id" : "negative second id";
            String text = from[wrong] + " " + to[wrong];
            assertEquals(file + ":" + wrong + ": " + what + ": \"" + text + "\"", e.getMessage());
            assertSame(after(from, to, wrong), sets, algorithm);
            assertEquals(
                    wrong,
                    assertThrows(MalformedEdgesException.class, edges::load).line());
            var wide = LongDeterministicUnionFind.builder(N).build();
            assertEquals(
                    wrong,
                    assertThrows(MalformedEdgesException.class, () -> wide.applyBatch(edges))
                            .line());
        }
    }

    /** There the file is right and the caller has too few vertices. */
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void id_tooLarge_namesTheVertex(Algorithm algorithm) throws IOException {
        for (int round = 0; round < 20; round++) {
            EdgeFormat format = round % 2 == 0 ? EdgeFormat.INT32_PAIRS : EdgeFormat.INT64_PAIRS;
            long vertex = format == EdgeFormat.INT32_PAIRS ? N + random.nextLong(1000) : 1L << 32;
            long[] from = ids();
            long[] to = ids();
            int wrong = random.nextInt(M);
            to[wrong] = vertex;
            MappedEdges edges = new MappedEdges(write(format, from, to), format, random.nextInt(11));
            DeterministicUnionFind sets = builder(algorithm).build();
            var e = assertThrows(IndexOutOfBoundsException.class, () -> sets.applyBatch(edges));
            assertEquals("edge at position " + wrong + ": no vertex " + vertex + " below " + N, e.getMessage());
            assertSame(after(from, to, wrong), sets, algorithm);
        }
    }
}
