// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.structures.internal.Audit;
import dev.heddle.testkit.Await;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Covers PC-1, PC-2, PC-3, PC-6, PC-7: under many threads, versions are whole and stay as they are. */
class SnapshotTest {
    private static final int KEYS = 400;

    @Test
    void keysChangedTogether_areNeverSeenApart() throws Exception {
        PathCopyingMap<Integer, Integer> map = new PathCopyingMap<>();
        AtomicBoolean over = new AtomicBoolean();
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            int seed = i;
            writers.add(thread(() -> writePairs(map, new SplittableRandom(seed))));
        }
        Thread reader = thread(() -> {
            while (!over.get()) {
                readPairs(map, seen);
            }
        });
        Await.ended(writers);
        over.set(true);
        reader.join();
        assertEquals(List.of(), List.copyOf(seen));
        Audit.check(map.root(), null);
    }

    /** Key and key + KEYS always have the same value. */
    private static void writePairs(PathCopyingMap<Integer, Integer> map, SplittableRandom random) {
        for (int i = 0; i < 30_000; i++) {
            int key = random.nextInt(KEYS);
            int value = i;
            switch (random.nextInt(4)) {
                case 0 -> map.putAll(Map.of(key, value, key + KEYS, value));
                case 1 -> map.update(now -> now.minus(key).minus(key + KEYS));
                case 2 -> map.keySet().removeAll(List.of(key, key + KEYS));
                default -> map.update(now -> now.plus(key, value).plus(key + KEYS, value));
            }
            if (i % 5000 == 0) {
                map.keySet().removeIf(each -> each % KEYS % 3 == 0);
            }
        }
    }

    private static void readPairs(PathCopyingMap<Integer, Integer> map, ConcurrentLinkedQueue<String> seen) {
        PersistentSortedMap<Integer, Integer> now = map.snapshot();
        int hash = now.hashCode();
        if (!now.subMap(0, KEYS).values().stream()
                .toList()
                .equals(List.copyOf(now.subMap(KEYS, 2 * KEYS).values()))) {
            seen.add("a snapshot that is torn: " + now);
        }
        Map<Integer, Integer> walked = new HashMap<>();
        for (Map.Entry<Integer, Integer> each : map.entrySet()) {
            walked.put(each.getKey(), each.getValue());
        }
        walked.forEach((key, value) -> {
            if (!value.equals(walked.get(key < KEYS ? key + KEYS : key - KEYS))) {
                seen.add("a walk that is torn: " + key + "=" + value);
            }
        });
        if (map.size() % 2 != 0
                || now.hashCode() != hash
                || now.size() != now.keySet().stream().count()) {
            seen.add("a version that changed");
        }
    }

    @Test
    void operationsOfManyWriters_takeEffectOnce() {
        PathCopyingMap<Integer, Integer> map = PathCopyingMap.withPatience(0, 4);
        AtomicIntegerArray there = new AtomicIntegerArray(KEYS);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int seed = i;
            writers.add(thread(() -> {
                SplittableRandom random = new SplittableRandom(seed);
                for (int j = 0; j < 40_000; j++) {
                    int key = random.nextInt(KEYS);
                    if (random.nextBoolean()) {
                        there.addAndGet(key, map.putIfAbsent(key, j) == null ? 1 : 0);
                    } else {
                        there.addAndGet(key, map.remove(key) != null ? -1 : 0);
                    }
                }
            }));
        }
        Await.ended(writers);
        for (int key = 0; key < KEYS; key++) {
            assertEquals(map.containsKey(key) ? 1 : 0, there.get(key), "key " + key);
        }
        Audit.check(map.root(), null);
        assertTrue(map.statistics().combined() > 0);
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(body);
        thread.start();
        return thread;
    }

    // ---- memory

    @Test
    void droppedSnapshot_andRemovedKey_areCollected() {
        PathCopyingMap<Integer, Object> map = new PathCopyingMap<>();
        for (int i = 0; i < 1000; i++) {
            map.put(i, new Object());
        }
        List<PersistentSortedMap<Integer, Object>> snapshots = new ArrayList<>(List.of(map.snapshot()));
        WeakReference<Object> version = new WeakReference<>(snapshots.get(0).root());
        WeakReference<Object> value = new WeakReference<>(map.get(500));
        map.remove(500);
        collect();
        assertTrue(value.get() != null && version.get() != null, "the snapshot keeps them");
        snapshots.clear();
        Await.until(() -> {
            collect();
            return value.get() == null && version.get() == null;
        });
        assertEquals(999, map.size());
    }

    @Test
    void publishedOperation_leavesNothingBehind() {
        PathCopyingMap<Object, Object> map = PathCopyingMap.withPatience(0, 4);
        Object[] value = {new Object()};
        WeakReference<Object> written = new WeakReference<>(value[0]);
        map.put(1, value[0]);
        map.remove(1);
        map.putIfAbsent(2, "b");
        value[0] = null;
        Await.until(() -> {
            collect();
            return written.get() == null;
        });
        assertNull(map.get(1));
        assertEquals(3, map.statistics().combined());
    }

    @Test
    void leastKeyOfALeaf_isNotKeptBySeparators() {
        PathCopyingMap<Integer, Integer> map = new PathCopyingMap<>();
        List<WeakReference<Integer>> keys = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            Integer key = Integer.valueOf(100_000 + i); // beyond the numbers that are cached
            keys.add(new WeakReference<>(key));
            map.put(key, i);
        }
        for (int i = 0; i < 2000; i++) {
            if (i % 50 != 0) {
                map.remove(100_000 + i);
            }
        }
        Await.until(() -> {
            collect();
            return keys.stream().filter(key -> key.get() != null).count() == map.size();
        });
        assertEquals(40, map.size());
    }

    @SuppressWarnings("SystemGc") // what can be collected is asked for
    private static void collect() {
        System.gc();
    }
}
