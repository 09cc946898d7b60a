// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** One graph as sources of every kind. */
final class Sources {
    private Sources() {}

    static List<EdgeSource> allOf(Graphs graph, SplittableRandom random) {
        return List.of(
                graph.edges(),
                interleaved(graph),
                longs(graph),
                stream(graph, 1 + random.nextInt(20)),
                stream(graph, Integer.MAX_VALUE));
    }

    static RandomAccessEdges interleaved(Graphs graph) {
        return EdgeSource.ofPairs(IntStream.range(0, 2 * graph.from().length)
                .map(i -> i % 2 == 0 ? graph.from()[i / 2] : graph.to()[i / 2])
                .toArray());
    }

    static RandomAccessEdges longs(Graphs graph) {
        return EdgeSource.of(
                IntStream.of(graph.from()).asLongStream().toArray(),
                IntStream.of(graph.to()).asLongStream().toArray());
    }

    /** Without random access. */
    static EdgeSource wide(long[] from, long[] to) {
        return stream(EdgeSource.of(from, to), Integer.MAX_VALUE);
    }

    /** Without random access, of unknown length, at most so many edges at a time. */
    static EdgeSource stream(Graphs graph, int atATime) {
        return stream(longs(graph), atATime);
    }

    private static EdgeSource stream(RandomAccessEdges edges, int atATime) {
        return of(() -> {
            EdgeCursor cursor = edges.open();
            return (from, to, most) -> cursor.next(from, to, Math.min(most, atATime));
        });
    }

    /** Without random access, of unknown length: a cursor is all there is. */
    static EdgeSource of(Supplier<EdgeCursor> cursors) {
        return new EdgeSource() {
            @Override
            public long edgeCount() {
                return UNKNOWN;
            }

            @Override
            public EdgeCursor open() {
                return cursors.get();
            }
        };
    }
}
