// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes that change nothing, and what they allocate: their operation, and no node. Counted, not timed. */
public final class VoidWrites implements Runnable {
    private static final int KEYS = 2_000;
    private static final int TIMES = 20_000;
    private static final int ROUNDS = 5;
    private static final long OF_ONE_KEY = 64; // bytes; a path of this map takes 500
    private static final long OF_ALL = 256; // the version that a function is given, too

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final PathCopyingMap<Integer, Integer> map = new PathCopyingMap<>();

    @Override
    public void run() {
        for (int key = 0; key < KEYS; key += 2) {
            map.put(key, 7);
        }
        Integer same = map.get(100);
        Map<String, Runnable> writes = new LinkedHashMap<>();
        writes.put("put", () -> map.put(100, same));
        writes.put("putIfAbsent", () -> map.putIfAbsent(100, 8));
        writes.put("remove", () -> map.remove(101));
        writes.put("remove of another value", () -> map.remove(100, 8));
        writes.put("replace", () -> map.replace(101, 8));
        writes.put("compute", () -> map.compute(100, (key, value) -> value));
        writes.put("computeIfAbsent", () -> map.computeIfAbsent(100, key -> 8));
        writes.put("computeIfPresent", () -> map.computeIfPresent(101, (key, value) -> 8));
        long before = map.statistics().successes();
        writes.forEach((name, write) -> few(name, OF_ONE_KEY, write));
        few("update", OF_ALL, () -> map.update(now -> now));
        assertTrue(map.statistics().successes() == before, "something was written");
        assertTrue(
                bytes(() -> map.put(100, map.get(100).equals(same) ? (Integer) 8 : same)) > OF_ALL,
                "a path is so small");
    }

    private void few(String name, long most, Runnable write) {
        long bytes = bytes(write);
        assertTrue(bytes <= most, name + ": " + bytes + " bytes, at most " + most);
    }

    /** Of an operation, once it is compiled. */
    private long bytes(Runnable operation) {
        long least = Long.MAX_VALUE;
        long self = Thread.currentThread().getId();
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getThreadAllocatedBytes(self);
            for (int i = 0; i < TIMES; i++) {
                operation.run();
            }
            least = Math.min(least, (threads.getThreadAllocatedBytes(self) - before) / TIMES);
        }
        return least;
    }
}
