// SPDX-License-Identifier: Apache-2.0
package dev.heddle.channels.internal;

import dev.heddle.channels.Channel;
import dev.heddle.testkit.ThreadKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Every capacity worth a test with every size of segment; and channels of that shape. */
final class Shapes {
    static final int UNLIMITED = Channel.UNLIMITED;

    private Shapes() {}

    /** All. */
    static Stream<Arguments> all() {
        return of(0, 1, 2, 64, UNLIMITED);
    }

    /** Those that can be full and hold something. */
    static Stream<Arguments> bounded() {
        return of(1, 2, 64);
    }

    /** Those that can hold something. */
    static Stream<Arguments> buffered() {
        return of(1, 2, 64, UNLIMITED);
    }

    /** Those on which a sender may wait. */
    static Stream<Arguments> waiting() {
        return of(0, 1, 2, 64);
    }

    /** Those on which a sender may wait, few, with each kind of thread. */
    static Stream<Arguments> stressed() {
        List<Arguments> shapes = new ArrayList<>();
        for (ThreadKind kind : ThreadKind.available()) {
            for (int[] shape : new int[][] {{0, 1}, {0, 2}, {0, 32}, {1, 1}, {1, 2}, {2, 1}, {2, 2}, {3, 32}}) {
                shapes.add(Arguments.of(kind, shape[0], shape[1]));
            }
        }
        return shapes.stream();
    }

    private static Stream<Arguments> of(int... capacities) {
        List<Arguments> shapes = new ArrayList<>();
        for (int capacity : capacities) {
            for (int segment : new int[] {1, 2, CellChannel.SEGMENT_SIZE}) {
                shapes.add(Arguments.of(capacity, segment));
            }
        }
        return shapes.stream();
    }

    static <E> CellChannel<E> channel(int capacity, int segment) {
        return new CellChannel<>(capacity, segment, null);
    }

    static <E> CellChannel<E> channel(int capacity, int segment, Consumer<? super E> hook) {
        return new CellChannel<>(capacity, segment, hook);
    }

    /** How many elements a test puts into a channel of this capacity without having to wait. */
    static int fill(int capacity) {
        return Math.min(capacity, 100);
    }
}
