// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Await;
import dev.heddle.testkit.Mutant;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Covers SL-5, SL-6, SL-7, SL-8, SL-11: many threads, stopped ones, and what is kept alive. */
@Timeout(120)
class SplayStormTest {
    private static final int THREADS = 3;
    private static final int STEPS = 30_000;
    private static final long SEED = Long.getLong("heddle.seed", System.nanoTime());

    @Test
    void ownKeysOfEachThread_inOneList_areAsInItsOwnMap() throws Exception {
        SplayList list = new SplayList(null, 1, 2, 1, 8);
        List<TreeMap<Integer, Integer>> models = new ArrayList<>();
        List<Callable<Void>> parts = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            TreeMap<Integer, Integer> model = new TreeMap<>();
            Random random = new Random(SEED + t);
            int thread = t;
            models.add(model);
            parts.add(() -> {
                for (int i = 0; i < STEPS; i++) {
                    own(list, model, random.nextInt(70) * THREADS + thread, random, i);
                }
                return null;
            });
        }
        together(parts);
        SplayValidator.check(list, null);
        assertEquals(models.stream().mapToInt(TreeMap::size).sum(), list.size());
    }

    private static void own(
            SplayList list, NavigableMap<Integer, Integer> model, Integer key, Random random, int step) {
        String where = "seed " + SEED + ", step " + step;
        switch (random.nextInt(6)) {
            case 0 -> assertEquals(model.put(key, step), list.put(key, step, false), where);
            case 1 -> assertEquals(model.putIfAbsent(key, step), list.put(key, step, true), where);
            case 2 -> assertEquals(model.remove(key), list.remove(key), where);
            case 3 -> {
                Integer own = model.floorKey(key);
                SplayList.Found found = list.atMost(key, true);
                assertTrue(own == null || (found != null && (Integer) found.node().key >= own), where);
                assertTrue(found == null || (Integer) found.node().key <= key, where);
            }
            case 4 -> {
                Integer own = model.higherKey(key);
                SplayList.Found found = list.atLeast(key, false);
                assertTrue(own == null || (found != null && (Integer) found.node().key <= own), where);
                assertTrue(found == null || (Integer) found.node().key > key, where);
            }
            default -> assertEquals(model.get(key), list.get(key), where);
        }
    }

    @Test
    void sameKeys_insertedAndRemovedByAll_areThereAsOftenAsTheirCountersSay() throws Exception {
        SplayList list = new SplayList(null, 1, 2, -2, 8);
        AtomicIntegerArray there = new AtomicIntegerArray(4);
        List<Callable<Void>> parts = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Random random = new Random(SEED + t);
            parts.add(() -> {
                for (int i = 0; i < STEPS; i++) {
                    int key = random.nextInt(there.length());
                    if (random.nextBoolean()) {
                        there.addAndGet(key, list.put(key, i, true) == null ? 1 : 0);
                    } else {
                        there.addAndGet(key, list.remove(key) != null ? -1 : 0);
                    }
                }
                return null;
            });
        }
        together(parts);
        SplayValidator.check(list, null);
        for (int key = 0; key < there.length(); key++) {
            assertEquals(there.get(key), list.get(key) == null ? 0 : 1, "key " + key + ", seed " + SEED);
        }
    }

    @Test
    void queueOfKeys_muchLongerThanItsLength_leavesNothing() throws Exception {
        int length = 300;
        SplayList list = new SplayList(null, 1, 4, 1, 64);
        AtomicInteger tickets = new AtomicInteger(length);
        for (int key = 0; key < length; key++) {
            list.put(key, key, false);
        }
        List<Callable<Void>> parts = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            parts.add(() -> {
                for (int i = 0; i < STEPS; i++) {
                    int key = tickets.getAndIncrement();
                    list.put(key, key, false);
                    SplayList.Found first = list.atLeast(null, true);
                    while (!list.kill(first.node(), first.value())) {
                        first = list.atLeast(null, true);
                    }
                }
                return null;
            });
        }
        together(parts);
        assertEquals(length, list.size());
        SplayValidator.check(list, null); // the nodes that are linked are those of the keys
    }

    @Test
    void writers_whileTheLockIsTaken_leaveFewBehind() {
        new SplayCrowd().run();
    }

    @Test
    @Tag("mutant")
    void writersThatNeverWait_isRejected() {
        Runnable crowd = Mutant.of(SplayUpkeep.class, "waiting > maxPending &&", "false &&")
                .body(SplayCrowd.class);
        assertThrows(Throwable.class, crowd::run);
    }

    @Test
    void removedKeys_areNotKeptAlive() {
        SplayList list = new SplayList(null, 1, 4, -2, 8);
        List<WeakReference<Object>> removed = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            addAndRemove(list, i, removed);
        }
        Await.until(() -> {
            System.gc();
            return removed.stream().allMatch(each -> each.get() == null);
        });
        assertEquals(20, list.size());
    }

    @Test
    void removedKeys_thatWerePopular_goOnceTheyAreForgotten() {
        SplayList list = new SplayList(null, 1, 4);
        for (int i = 0; i < 200; i++) {
            list.put("key " + i, i, false);
        }
        List<WeakReference<Object>> removed = new ArrayList<>();
        for (int i = 0; i < 200; i += 20) {
            removed.add(askedForAndRemoved(list, "key " + i));
        }
        assertEquals(10, SplayKept.kept(list));
        for (int i = 0; i < 4; i++) { // 21 hits each, where 2 are popular
            SplayKept.rebuild(list);
        }
        Await.until(() -> {
            System.gc();
            return removed.stream().allMatch(each -> each.get() == null);
        });
    }

    private static WeakReference<Object> askedForAndRemoved(SplayList list, String key) {
        for (int i = 0; i < 20; i++) {
            list.get(key);
        }
        WeakReference<Object> linked = new WeakReference<>(list.find(key).key);
        list.remove(key);
        return linked;
    }

    /** A method of its own, so that no frame keeps the last key. */
    private static void addAndRemove(SplayList list, int i, List<WeakReference<Object>> removed) {
        String key = "key " + i;
        list.put(key, key, false);
        list.get(key);
        if (i % 10 != 0) {
            removed.add(new WeakReference<>(key));
            list.remove(key);
        }
    }

    @Test
    void holderOfTheLock_stops_othersReadInsertAndRemove() {
        new SplayStalled().run();
    }

    @Test
    void samples_whileTheLockIsTaken_areDropped() {
        new SplaySkipped().run();
    }

    @Test
    @Tag("mutant")
    void sampleThatIsCountedLater_isRejected() {
        Runnable skipped = Mutant.of(
                        SplayUpkeep.class,
                        "            skipped.incrementAndGet();\n",
                        "            skipped.incrementAndGet();\n            push(new Pending(node, 1000));\n")
                .body(SplaySkipped.class);
        assertThrows(Throwable.class, skipped::run);
    }

    @Test
    @Tag("mutant")
    void sampleThatWaits_isRejected() {
        Runnable skipped = Mutant.of(
                        SplayUpkeep.class, "        if (tryLock()) {\n", "        lock.lock();\n        if (true) {\n")
                .body(SplaySkipped.class);
        assertThrows(Throwable.class, skipped::run);
    }

    @Test
    @Tag("mutant")
    void floorThatStopsAtDeadKeys_isRejected() {
        Runnable stalled = Mutant.of(SplayList.class, "if (found != null || start == head) {", "if (true) {")
                .body(SplayStalled.class);
        assertThrows(Throwable.class, stalled::run);
    }

    @Test
    void comparatorThatThrows_leavesTheListWhole() {
        AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
        SplayList list = new SplayList(
                (one, other) -> {
                    if (left.getAndDecrement() == 0) {
                        throw new IllegalStateException("thrown");
                    }
                    return Integer.compare((Integer) one, (Integer) other);
                },
                1,
                4,
                -1,
                8);
        Random random = new Random(SEED);
        int thrown = 0;
        for (int i = 0; i < 5_000; i++) {
            left.set(random.nextInt(60));
            try {
                change(list, random.nextInt(50), random.nextInt(3), i);
            } catch (IllegalStateException e) {
                thrown++;
            }
            left.set(Integer.MAX_VALUE);
        }
        assertTrue(thrown > 100, "thrown " + thrown);
        for (int key = 0; key < 50; key++) {
            list.remove(key);
            assertNull(list.get(key));
        }
        assertEquals(0, list.size());
        assertNull(list.atLeast(null, true));
    }

    @Test
    void comparatorThatInspects_leavesTheListWhole() {
        AtomicReference<SplayList> inspected = new AtomicReference<>();
        AtomicInteger comparisons = new AtomicInteger();
        Comparator<Object> order = (one, other) -> {
            if (inspected.get() != null && comparisons.incrementAndGet() % 5 == 0) {
                inspected.get().heights();
                inspected.get().tally();
            }
            return Integer.compare((Integer) one, (Integer) other);
        };
        SplayList list = new SplayList(order, 1, 4, -1, 8);
        inspected.set(list);
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            change(list, random.nextInt(50), random.nextInt(3), i);
        }
        inspected.set(null);
        SplayValidator.check(list, order);
    }

    private static void change(SplayList list, int key, int kind, int value) {
        if (kind == 0) {
            list.put(key, value, false);
        } else if (kind == 1) {
            list.remove(key);
        } else {
            list.get(key);
        }
    }

    private static void together(List<Callable<Void>> parts) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(parts.size());
        try {
            for (Future<Void> part : threads.invokeAll(parts)) {
                part.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
