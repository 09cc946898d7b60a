// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import dev.heddle.structures.SplayListMap;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * How many keys a get compares, by the workloads of the authors' own suite: of 100,000 keys about half are in the map; x
 * percent of the gets are for the hot ones, which are 2y percent of those, or they follow Zipf's law; writes put or remove,
 * half and half, any key of a fixed quarter. It needs no clock; samples are drawn at random, so the second decimal differs
 * from run to run, not from machine to machine. The arguments are the number of accesses before those that are counted, of
 * which one in a hundred teaches the splay-list, and the number of those that are counted. The last columns are the means of the nodes that a search walks in the
 * authors' runs of their own C++ code, without writes: github.com/Aksenov239/splaylist, results_for_table, one thread, one
 * access in a hundred counted.
 */
public final class SplayPaths {
    private static final int KEYS = 100_000;
    private static final int[] ACCESSES = {20_000_000, 500_000}; // before those that are counted, and these

    private static final Map<String, String> PUBLISHED =
            Map.of("90-10", "23.15 30.81", "95-5", "21.68 30.84", "99-1", "17.65 31.00");

    private final SplittableRandom random = new SplittableRandom(1);
    private final Integer[] present;
    private final Integer[] working;
    private final int hot; // so many of the first
    private final int percent; // of the gets; 0 for Zipf's law
    private final double[] until;

    private SplayPaths(int percent, int hotPercent) {
        Integer[] all = new Integer[KEYS];
        Arrays.setAll(all, Integer::valueOf);
        for (int i = KEYS - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            Integer swapped = all[i];
            all[i] = all[j];
            all[j] = swapped;
        }
        present = Arrays.copyOf(all, KEYS / 2);
        working = Arrays.stream(all).filter(key -> random.nextInt(4) == 0).toArray(Integer[]::new);
        hot = present.length / 100 * 2 * hotPercent;
        this.percent = percent;
        until = new double[present.length];
        double sum = 0;
        for (int i = 0; i < until.length; i++) {
            sum += 1.0 / (i + 1);
            until[i] = sum;
        }
    }

    /** Counts and prints. */
    public static void main(String[] arguments) {
        PrintStream out = System.out; // this program's product is its standard output
        int[] accesses = Numbers.of(arguments, ACCESSES);
        out.println("workload writes splay-list skip-list published-splay-list published-skip-list");
        for (int[] workload : new int[][] {{90, 10}, {95, 5}, {99, 1}, {0, 0}}) {
            String name = workload[0] == 0 ? "zipf-1.0" : workload[0] + "-" + workload[1];
            for (int writes : List.of(0, 2, 10, 20)) {
                double splayed = new SplayPaths(workload[0], workload[1]).splayed(writes, accesses[0], accesses[1]);
                double skipped = new SplayPaths(workload[0], workload[1]).skipped(writes, accesses[1]);
                String published = writes == 0 ? PUBLISHED.getOrDefault(name, "- -") : "- -";
                out.println(
                        String.format(Locale.ROOT, "%s %d %.2f %.2f %s", name, writes, splayed, skipped, published));
            }
        }
    }

    private double splayed(int writes, int before, int counted) {
        Counting order = new Counting();
        SplayListMap<Integer, Object> map =
                SplayListMap.<Integer, Object>builder().comparator(order).build();
        return mean(map, order, writes, before, counted);
    }

    private double skipped(int writes, int counted) {
        Counting order = new Counting();
        return mean(new ConcurrentSkipListMap<>(order), order, writes, 0, counted);
    }

    private double mean(NavigableMap<Integer, Object> map, Counting order, int writes, int before, int counted) {
        for (Integer key : present) {
            map.put(key, key);
        }
        for (int i = 0; i < before; i++) {
            if (isWrite(writes)) {
                write(map);
            } else {
                map.get(asked());
            }
        }
        long sum = 0;
        long gets = 0;
        for (int i = 0; i < counted; i++) {
            if (isWrite(writes)) {
                write(map);
            } else {
                Integer key = asked();
                long start = order.comparisons();
                map.get(key);
                sum += order.comparisons() - start;
                gets++;
            }
        }
        return sum / (double) gets;
    }

    private boolean isWrite(int writes) {
        return writes > 0 && random.nextInt(100) < writes;
    }

    private void write(NavigableMap<Integer, Object> map) {
        Integer key = working[random.nextInt(working.length)];
        if (random.nextBoolean()) {
            map.putIfAbsent(key, key);
        } else {
            map.remove(key);
        }
    }

    private Integer asked() {
        if (percent > 0) {
            boolean toHot = random.nextInt(100) < percent;
            return present[toHot ? random.nextInt(hot) : random.nextInt(hot, present.length)];
        }
        int rank = Arrays.binarySearch(until, random.nextDouble() * until[until.length - 1]);
        return present[Math.min(rank < 0 ? ~rank : rank, present.length - 1)];
    }
}
