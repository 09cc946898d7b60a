// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static dev.heddle.structures.Trees.audited;
import static dev.heddle.structures.Trees.expect;
import static dev.heddle.structures.Trees.same;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers PC-1, PC-6: large trees are in shape after millions of edits, of one thread and of several that combine. */
@Tag("slow")
class MillionEditsTest {
    private static final int KEYS = 100_000;

    /** Between a tree of 100,000 keys and almost none, back and forth, one by one and in batches. */
    @Test
    void persistentMap_growingAndShrinking_isInShape() {
        SplittableRandom random = Trees.random(1);
        TreeMap<Integer, Integer> expected = new TreeMap<>();
        PersistentSortedMap<Integer, Integer> map = PersistentSortedMap.empty();
        boolean grow = true;
        int most = 0;
        for (int i = 0; i < 3_000_000; i++) {
            grow = expected.size() < (grow ? KEYS : 1000);
            int key = random.nextInt(3 * KEYS / 2);
            if (random.nextInt(1000) == 0) {
                map = batch(random, expected, map, key, grow);
            } else if (random.nextInt(16) == 0 ^ grow) {
                map = map.plus(key, i);
                expected.put(key, i);
            } else {
                map = map.minus(key);
                expected.remove(key);
            }
            if (i % 10_000 == 0) {
                expect(audited(map).size() == expected.size(), "size after " + i);
            }
            most = Math.max(most, expected.size());
        }
        same(expected, audited(map));
        assertTrue(most >= KEYS, () -> "the tree has not grown");
    }

    /** A hundred neighbours come, or go. */
    private static PersistentSortedMap<Integer, Integer> batch(
            SplittableRandom random,
            Map<Integer, Integer> expected,
            PersistentSortedMap<Integer, Integer> map,
            int from,
            boolean grow) {
        TreeMap<Integer, Integer> some = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            some.put(from + random.nextInt(1000), i);
        }
        if (grow) {
            expected.putAll(some);
            return map.plusAll(some);
        }
        expected.keySet().removeAll(some.keySet());
        return map.minusAll(some.keySet());
    }

    /** Each writer knows the fate of its keys; without patience each operation is published. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void map_ofWritersThatCombine_isInShape(int patience) throws InterruptedException {
        PathCopyingMap<Integer, Integer> map = PathCopyingMap.withPatience(patience, 4);
        List<Writer> writers = new ArrayList<>();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger running = new AtomicInteger(4);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Writer writer = new Writer(map, i);
            writers.add(writer);
            threads.add(new Thread(() -> {
                try {
                    writer.run();
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                } finally {
                    running.decrementAndGet();
                }
            }));
        }
        threads.forEach(Thread::start);
        int audits = 0;
        while (running.get() > 0) { // ends: writers have so many operations
            audited(map.snapshot());
            audits++;
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
        TreeMap<Integer, Integer> expected = new TreeMap<>();
        writers.forEach(writer -> expected.putAll(writer.mine));
        same(expected, audited(map.snapshot()));
        int met = audits;
        assertTrue(met > 5 && expected.size() > KEYS / 4, () -> met + " audits, " + expected.size() + " keys");
        assertTrue(patience > 0 || map.statistics().combined() > 500_000, map.statistics()::toString);
    }

    /** Puts and removes keys of its own: each fourth one. */
    private static final class Writer {
        private final PathCopyingMap<Integer, Integer> map;
        private final int first;
        private final TreeMap<Integer, Integer> mine = new TreeMap<>();

        Writer(PathCopyingMap<Integer, Integer> map, int first) {
            this.map = map;
            this.first = first;
        }

        void run() {
            SplittableRandom random = Trees.random(first);
            for (int i = 0; i < 300_000; i++) {
                int key = 4 * random.nextInt(KEYS / 4) + first;
                Integer value = i;
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> met(mine.put(key, value), map.put(key, value));
                    case 3 -> met(mine.putIfAbsent(key, value), map.putIfAbsent(key, value));
                    case 4, 5 -> met(mine.remove(key), map.remove(key));
                    case 6 -> met(mine.merge(key, value, Integer::sum), map.merge(key, value, Integer::sum));
                    default -> met(mine.get(key), map.get(key));
                }
                if (i % 1000 == 0) {
                    Map<Integer, Integer> some = Map.of(key, 1, key + 4, 2, key + 400, 3);
                    mine.putAll(some);
                    map.putAll(some);
                }
            }
        }

        private static void met(Integer expected, Integer found) {
            expect(Objects.equals(expected, found), found + ", not " + expected);
        }
    }
}
