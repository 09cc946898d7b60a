// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers SL-1, SL-2, SL-3, SL-4, SL-9, SL-10, and the figures of path length and space. */
class SplayListTest {
    private static final int N = 100_000;
    private static final int NODE = 32; // bytes
    private static final int ENTRY = 48;

    private long comparisons;

    private final Comparator<Object> counting = (one, other) -> {
        comparisons++;
        return Integer.compare((Integer) one, (Integer) other);
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 60, 3000})
    void operations_random_agreeWithTreeMap(int keys) {
        new SplayTrials(1, 1, 2, 4).trial(keys, 20_000);
        new SplayTrials(1, 1, 1, 0).trial(keys, 20_000);
        new SplayTrials(3, -2, 2, 1).trial(keys, 20_000);
    }

    @ParameterizedTest
    @CsvSource({"100, 100, 22.5", "90, 10, 19", "95, 5, 17.2", "99, 1, 13.5", "0, 100, 15.6"})
    void get_skewed_needsFewComparisons(int percent, int hot, double goal) {
        Random random = new Random(42);
        SplayList list = new SplayList(counting, 1, 4);
        Access access = new Access(random, percent, hot);
        access.fill(list);
        access.run(list, 350_000);
        SplayValidator.check(list, counting);
        double mean = path(list, access);
        assertTrue(mean <= goal, () -> percent + "-" + hot + ": " + mean);
        assertTrue(bytes(list) <= 48, () -> percent + "-" + hot + ": " + bytes(list) + " bytes a key");
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 1_000_000})
    void hotSet_moves_pathsAreShortAgainWhateverTheHistory(int history) {
        moveTheHotSet(history);
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000_000, 8_000_000})
    @Tag("slow")
    void hotSet_movesAfterLong_pathsAreShortAgain(int history) {
        moveTheHotSet(history);
    }

    private void moveTheHotSet(int history) {
        Random random = new Random(43);
        SplayList list = new SplayList(counting, 1, 4);
        Access old = new Access(random, 99, 1);
        old.fill(list);
        old.run(list, history);
        double settled = path(list, old);
        Access moved = new Access(random, 99, 1);
        double shifted = path(list, moved);
        assertTrue(shifted > 1.3 * settled, () -> "no shift: " + shifted + " after " + settled);
        moved.run(list, 300_000);
        double again = path(list, moved);
        assertTrue(again <= 1.1 * 11.5, () -> again + " after " + settled);
    }

    @Test
    void rebuild_leavesNoKeyFarAndNoLevelFull() {
        SplayList list = new SplayList(counting, 1, 4);
        Access access = new Access(new Random(44), 99, 1);
        access.fill(list);
        access.run(list, 200_000);
        long bound = list.upkeep().inspect(index -> {
            index.rebuild();
            return 6L * (index.depth() - 1) + (index.total() >> index.finest());
        });
        SplayValidator.check(list, counting);
        long[] heights = list.heights();
        long entries = 0;
        for (int height = heights.length - 1; height > 0; height--) {
            int d = heights.length - height;
            entries += heights[height];
            int shift = list.upkeep().inspect(index -> index.shift(d));
            assertTrue(entries <= 2L << shift, entries + " entries at depth " + d);
        }
        for (int key = 0; key < N; key++) {
            long before = comparisons;
            assertEquals(key, list.find(key).key);
            long cost = comparisons - before;
            assertTrue(cost <= bound, cost + " comparisons, at most " + bound);
        }
    }

    /** A popular key that is removed keeps its place, and has its hits again when it is back. */
    @Test
    void removedKey_thatWasPopular_isFoundMissingSoonAndComesBack() {
        SplayList list = SplayKept.filled(1_000, counting);
        for (int i = 0; i < 100; i++) {
            list.get(500);
        }
        long steps = steps(list, 500);
        long hits = list.hits(500);
        long keys = sum(list.heights());
        assertEquals(500, list.remove(500));
        assertEquals(1, SplayKept.kept(list));
        assertEquals(steps, steps(list, 500));
        assertEquals(0, list.hits(500));
        assertEquals(keys - 1, sum(list.heights()));
        assertNull(list.get(500));
        assertNull(list.put(500, -1, true));
        assertEquals(0, SplayKept.kept(list));
        assertEquals(hits, list.hits(500));
        assertEquals(steps, steps(list, 500));
        assertEquals(keys, sum(list.heights()));
        SplayValidator.check(list, counting);
        list.remove(500);
        list.put(500, 0, false, 2 * hits);
        assertEquals(2 * hits, list.hits(500), "the popularity that is asked for");
    }

    @Test
    void keptKeys_areFewNoNeighboursAndForgotten() {
        new SplayKept().run();
    }

    @Test
    void layouts_haveNoTwoLightEntriesAndCountBeyondInt() {
        new SplayLayouts().run();
    }

    private static long sum(long[] numbers) {
        return Arrays.stream(numbers).sum();
    }

    private long steps(SplayList list, Object key) {
        long before = comparisons;
        list.find(key);
        return comparisons - before;
    }

    private double path(SplayList list, Access access) {
        long sum = 0;
        for (int i = 0; i < 50_000; i++) {
            Integer key = access.next();
            long before = comparisons;
            SplayNode node = list.find(key);
            sum += comparisons - before;
            assertEquals(key, node.key);
        }
        return sum / 50_000.0;
    }

    private static double bytes(SplayList list) {
        long entries = 0;
        long[] heights = list.heights();
        for (int i = 1; i < heights.length; i++) {
            entries += i * heights[i];
        }
        return NODE + ENTRY * (double) entries / N;
    }

    /**
     * A share of the accesses goes to a share of the keys, both in percent, drawn at random; no share of them stands for Zipf's
     * law with exponent 1.
     */
    private static final class Access {
        private final Random random;
        private final int percent;
        private final int hot;
        private final int[] keys = new int[N];
        private final double[] until = new double[N];

        Access(Random random, int percent, int hotPercent) {
            this.random = random;
            this.percent = percent;
            hot = N / 100 * hotPercent;
            for (int i = 0; i < N; i++) {
                int j = random.nextInt(i + 1);
                keys[i] = keys[j];
                keys[j] = i;
                until[i] = (i == 0 ? 0 : until[i - 1]) + 1.0 / (i + 1);
            }
        }

        void fill(SplayList list) {
            for (int key : keys) {
                list.put(key, key, false);
            }
        }

        void run(SplayList list, int accesses) {
            for (int i = 0; i < accesses; i++) {
                list.get(next());
            }
        }

        Integer next() {
            if (percent == 0) {
                int place = Arrays.binarySearch(until, random.nextDouble() * until[N - 1]);
                return keys[Math.min(place < 0 ? ~place : place, N - 1)];
            }
            boolean inHot = random.nextInt(100) < percent;
            return inHot ? keys[random.nextInt(hot)] : keys[hot + random.nextInt(N - hot)];
        }
    }
}
