// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.heddle.structures.internal.Tree;
import dev.heddle.testkit.Mutant;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jol.info.GraphLayout;

/** What an entry and a write cost in memory. Counted, not timed. */
class FootprintTest {
    private static final int N = 30_000;
    private static final int KEY = 16; // bytes of an Integer, which is key and value
    private static final double MOST_PER_ENTRY = 16;
    private static final double MOST_PER_INSERT = 550;
    private static final double MOST_PER_SPLAYED_ENTRY = 48;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void entry_afterRandomInsertions_takesFewBytes() {
        PathCopyingMap<Integer, Integer> map = new PathCopyingMap<>();
        SplittableRandom random = Trees.random(1);
        while (map.size() < N) {
            Integer key = random.nextInt(1 << 30) + 1000; // beyond the numbers that are cached
            map.putIfAbsent(key, key);
        }
        double bytes = (double) GraphLayout.parseInstance(map.snapshot()).totalSize() / N - KEY;
        assertTrue(bytes <= MOST_PER_ENTRY, "bytes an entry: " + bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1})
    void entryOfASplayList_takesFewBytes(int hotPercent) {
        SplayListMap<Integer, Integer> map =
                SplayListMap.<Integer, Integer>builder().samplePeriod(1).build();
        SplittableRandom random = Trees.random(3);
        Integer[] keys = new Integer[N];
        while (map.size() < N) {
            Integer key = random.nextInt(1 << 30) + 1000; // beyond the numbers that are cached
            keys[map.size()] = key;
            map.putIfAbsent(key, key);
        }
        int hot = N / 100 * hotPercent;
        for (int i = 0; i < 5 * N; i++) {
            map.get(keys[random.nextInt(100) == 0 ? random.nextInt(N) : random.nextInt(hot)]);
        }
        double bytes = (double) GraphLayout.parseInstance(map).totalSize() / N - KEY;
        assertTrue(bytes <= MOST_PER_SPLAYED_ENTRY, "bytes an entry: " + bytes);
        assertTrue(bytes >= 32, "less than its node: " + bytes);
    }

    @Test
    void insertion_ofANewKey_allocatesFewBytes() {
        Integer[] keys = new Integer[2 * N];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i + 1000;
        }
        PathCopyingMap<Integer, Integer> map = new PathCopyingMap<>();
        SplittableRandom random = Trees.random(2);
        while (map.size() < N) {
            Integer key = keys[random.nextInt(keys.length)];
            map.put(key, key);
        }
        int inserted = 0;
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        long others = 0;
        for (int i = 0; i < N; i++) {
            Integer key = keys[random.nextInt(keys.length)];
            if (map.containsKey(key)) {
                long start =
                        threads.getThreadAllocatedBytes(Thread.currentThread().getId());
                map.remove(key);
                others += threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - start;
            } else {
                map.put(key, key);
                inserted++;
            }
        }
        long all = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before - others;
        double bytes = (double) all / inserted;
        assertTrue(bytes <= MOST_PER_INSERT, "bytes an insertion: " + bytes);
    }

    @Test
    void writeThatChangesNothing_allocatesNoNode() {
        new VoidWrites().run();
    }

    @Test
    @Tag("mutant")
    void writeThatCopiesThePathInVain_isRejected() {
        Runnable writes =
                Mutant.of(Tree.class, "if (fresh == kid) {", "if (false) {").body(VoidWrites.class);
        assertThrows(AssertionError.class, writes::run);
    }
}
