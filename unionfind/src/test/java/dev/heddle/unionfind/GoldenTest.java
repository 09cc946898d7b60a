// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Covers UF-26: accepted edges, labels and link targets of fixed graphs have the hashes that a program in another language
 * computed, on every JDK and processor.
 */
class GoldenTest {
    private static long mix(long i) {
        long x = i + 0x9E3779B97F4A7C15L;
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }

    private static int below(long i, int n) {
        return (int) ((mix(i) >>> 33) % n);
    }

    private static Graphs graph(String name) {
        String[] parts = name.split(":", -1);
        int n = Integer.parseInt(parts[1]);
        return switch (parts[0]) {
            case "uniform" -> {
                int m = Integer.parseInt(parts[2]);
                yield new Graphs(
                        name,
                        n,
                        IntStream.range(0, m).map(i -> below(2L * i, n)).toArray(),
                        IntStream.range(0, m).map(i -> below(2L * i + 1, n)).toArray());
            }
            case "path" -> Graphs.path(n, true);
            default -> shuffled(Graphs.grid(new java.util.SplittableRandom(), n, 100, false));
        };
    }

    private static Graphs shuffled(Graphs graph) {
        int[] order = IntStream.range(0, graph.from().length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer i) -> mix(i) + Long.MIN_VALUE)
                        .thenComparing(i -> i))
                .mapToInt(i -> i)
                .toArray();
        return new Graphs(
                graph.name(),
                graph.n(),
                IntStream.of(order).map(i -> graph.from()[i]).toArray(),
                IntStream.of(order).map(i -> graph.to()[i]).toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "uniform:5000:4000, SIZE, 56911b8f04a14140bb8e651300f296344c460577769c7ab1696dda47eeb71663",
        "uniform:5000:4000, INDEX, 4b0f2444164001e6ef67acfa9a3efd45afabaa10f7fcb872293c8480cad7cb3b",
        "uniform:2000:20000, SIZE, 676f7153f98889c837fee9bb961633843e9308007e483e1930d0182501f45b8d",
        "uniform:2000:20000, INDEX, 6a052ec2200a5d455d1ac67ce2fe0632d800223816eacdd01da4e08a21b05d79",
        "path:3000, SIZE, a76d47501441615a388b8a33cee01aa6393f51697642b914cbd363c423b1e4f2",
        "path:3000, INDEX, 92f934a5f61f036595ec5ec3a89d60109bdd827c6cee1b2ab5675fdc892a5530",
        "grid:60, SIZE, b51ca4e2484166f34030a753dd82416f6de420c49799bbda9436b95b78a9277b",
        "grid:60, INDEX, 564b761d4f80510b4ce5fb7296b7c590b983e45126a834ac77b807754f5c4bef"
    })
    void applyBatch_fixedGraphs_haveTheirHashes(String name, String rule, String expected)
            throws NoSuchAlgorithmException {
        Graphs graph = graph(name);
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.guarantee() == Guarantee.LINK_FOREST) {
                var sets = DeterministicUnionFind.builder(graph.n())
                        .algorithm(algorithm)
                        .linkRule(rule.equals("SIZE") ? LinkRule.SIZE : LinkRule.INDEX)
                        .threads(3)
                        .blockSize(100)
                        .recordLinks(true)
                        .build();
                var hash = MessageDigest.getInstance("SHA-256");
                sets.applyBatch(graph.edges()).acceptedEdges().forEach(edge -> add(hash, (int) edge));
                IntStream.of(sets.labels()).forEach(label -> add(hash, label));
                IntStream.range(0, graph.n()).forEach(x -> add(hash, sets.linkTarget(x)));
                assertEquals(expected, HexFormat.of().formatHex(hash.digest()), algorithm::toString);
            }
        }
    }

    private static void add(MessageDigest hash, int value) {
        hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }
}
