// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import dev.heddle.structures.Roots;
import dev.heddle.structures.SplayListMap;
import dev.heddle.structures.internal.SplayPractice;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * How many keys a get compares, by the order of the queries, in maps of so many entries. The splay-list has counted four
 * accesses a key before; its samples count among the comparisons. It needs no clock; levels and samples are drawn at random,
 * so the second decimal differs from run to run.
 */
public final class Comparisons {
    private static final int COUNTED_EACH = 4; // on average; then all counts have been halved at least once
    private static final int GETS = 200_000;
    private static final List<String> ORDERS = List.of("uniform", "90-10", "95-5", "99-1", "skewed", "zipf-1.0");

    private Comparisons() {}

    /** Counts and prints. */
    public static void main(String[] arguments) {
        PrintStream out = System.out; // this program's product is its standard output
        out.println("order entries splay-list skip-list tree-map");
        for (int n : Numbers.of(arguments, 100_000)) {
            for (String order : ORDERS) {
                out.println(line(order, n));
            }
        }
    }

    static String line(String order, int n) {
        Keys keys = new Keys(n);
        Integer[] asked = keys.present(order, 1);
        Counting ofSplay = new Counting();
        Counting ofSkip = new Counting();
        Counting ofTree = new Counting();
        double splay = mean(learnt(ofSplay, keys, keys.present(order, 0), n), ofSplay, asked);
        double skip = mean(filled(new ConcurrentSkipListMap<>(ofSkip), keys), ofSkip, asked);
        double tree = mean(filled(new TreeMap<>(ofTree), keys), ofTree, asked);
        return String.format(Locale.ROOT, "%s %d %.2f %.2f %.2f", order, n, splay, skip, tree);
    }

    private static NavigableMap<Integer, Object> learnt(Counting order, Keys keys, Integer[] queries, int n) {
        SplayListMap<Integer, Object> map =
                SplayListMap.<Integer, Object>builder().comparator(order).build();
        filled(map, keys);
        for (int i = 0; i < COUNTED_EACH * n; i++) {
            SplayPractice.count(Roots.list(map), queries[i % queries.length]);
        }
        return map;
    }

    private static NavigableMap<Integer, Object> filled(NavigableMap<Integer, Object> map, Keys keys) {
        keys.entries().forEach(map::put);
        return map;
    }

    private static double mean(NavigableMap<Integer, Object> map, Counting order, Integer[] asked) {
        long before = order.comparisons();
        for (int i = 0; i < GETS; i++) {
            map.get(asked[i % asked.length]);
        }
        return (order.comparisons() - before) / (double) GETS;
    }
}
