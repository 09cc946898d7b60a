// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import com.sun.management.ThreadMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.openjdk.jol.info.GraphLayout;

/**
 * What an entry of a sorted map keeps alive and what the insertion of one allocates, in bytes, without key and value.
 * {@code sorted} is a map made from ascending entries, {@code grown} one after as many random insertions, {@code insertion}
 * the mean over {@value #INSERTIONS} insertions into that. It needs no clock, and is the same on every machine with a heap of
 * less than 32 GiB.
 */
public final class MapBytes {
    private static final int INSERTIONS = 50_000;
    private static final List<String> NAMES = List.of(
            "heddle", "heddle-splay", "skip-list", "tree-map-locked", "vavr", "pcollections", "clojure", "scala");

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private MapBytes() {}

    /** Counts and prints, for maps of so many entries each. */
    public static void main(String[] arguments) {
        System.setProperty("jol.magicFieldOffset", "true"); // offsets in records and lambdas, too
        PrintStream out = System.out; // this program's product is its standard output
        out.println("map entries sorted grown insertion");
        for (int n : Numbers.of(arguments, 100_000, 1_000_000)) {
            for (String name : NAMES) {
                out.println(line(name, n));
            }
        }
    }

    static String line(String name, int n) {
        Integer[] keys = shuffled(2 * n);
        double sorted = entry(SortedMaps.of(name, ascending(keys, n)), keys, n);
        SortedMaps.Subject map = SortedMaps.of(name, new TreeMap<>());
        for (int i = 0; i < n; i++) {
            map.put(keys[i], keys[i]);
        }
        double grown = entry(map, keys, n);
        return String.format(Locale.ROOT, "%s %d %.1f %.1f %.0f", name, n, sorted, grown, insertion(map, keys, n));
    }

    private static double entry(SortedMaps.Subject map, Integer[] keys, int n) {
        long ofKeys = n * GraphLayout.parseInstance(keys[0]).totalSize(); // a key is its own value
        return (GraphLayout.parseInstance(map).totalSize() - ofKeys) / (double) n;
    }

    private static double insertion(SortedMaps.Subject map, Integer[] keys, int n) {
        int insertions = Math.min(INSERTIONS, n);
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        for (int i = n; i < n + insertions; i++) {
            map.put(keys[i], keys[i]);
        }
        return (THREADS.getThreadAllocatedBytes(thread) - before) / (double) insertions;
    }

    private static NavigableMap<Integer, Object> ascending(Integer[] keys, int n) {
        NavigableMap<Integer, Object> entries = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            entries.put(keys[i], keys[i]);
        }
        return entries;
    }

    /** Distinct keys beyond the integers that the class library keeps. */
    private static Integer[] shuffled(int n) {
        SplittableRandom random = new SplittableRandom(n);
        Integer[] keys = new Integer[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            keys[i] = keys[j];
            keys[j] = i + 1000;
        }
        return keys;
    }
}
