// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Keys from 0 to 2n, every other of them in the map, and the order in which they are asked for. */
public final class Keys {
    private static final int QUERIES = 1 << 20;

    private final Integer[] all;
    private final int n;

    /** Keys for a map of n entries. */
    public Keys(int n) {
        this.n = n;
        all = new Integer[2 * n];
        Arrays.setAll(all, Integer::valueOf);
    }

    /** The entries at the start. */
    public NavigableMap<Integer, Object> entries() {
        TreeMap<Integer, Object> entries = new TreeMap<>();
        for (int i = 0; i < n; i++) {
            entries.put(all[2 * i], all[i]);
        }
        return entries;
    }

    /** Which keys are there at the start. */
    public BitSet there() {
        BitSet there = new BitSet(2 * n);
        for (int i = 0; i < n; i++) {
            there.set(2 * i);
        }
        return there;
    }

    /**
     * Keys that are there, in the order of queries: {@code uniform}; {@code skewed}, by Zipf's law with exponent 0.99, or
     * {@code zipf-1.0}; or {@code 90-10}, 90 percent of them for 10 percent of the keys, and the like.
     */
    public Integer[] present(String order, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] places = places(order, random);
        Integer[] queries = new Integer[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = all[2 * places[i]];
        }
        return queries;
    }

    /** Queries for keys that are there: each that is not makes way for the next greater one, beyond the last for the first. */
    Integer[] moved(Integer[] queries, BitSet there) {
        Integer[] moved = new Integer[queries.length];
        for (int i = 0; i < queries.length; i++) {
            int next = there.nextSetBit(queries[i]);
            moved[i] = all[next < 0 ? there.nextSetBit(0) : next];
        }
        return moved;
    }

    /** Keys of which half are there, at the start and later. */
    public Integer[] any(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Integer[] queries = new Integer[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = all[random.nextInt(2 * n)];
        }
        return queries;
    }

    private int[] places(String order, SplittableRandom random) {
        int[] places = new int[QUERIES];
        switch (order) {
            case "uniform" -> Arrays.setAll(places, i -> random.nextInt(n));
            case "skewed" -> zipf(places, 0.99, random);
            case "zipf-1.0" -> zipf(places, 1, random);
            case "90-10" -> share(places, 90, n / 10, random);
            case "95-5" -> share(places, 95, n / 20, random);
            case "99-1" -> share(places, 99, n / 100, random);
            default -> throw new IllegalArgumentException(String.format(Locale.ROOT, "unknown order: %s", order));
        }
        return places;
    }

    private void zipf(int[] places, double exponent, SplittableRandom random) {
        double[] until = cumulated(exponent);
        int[] scattered = scattered();
        for (int i = 0; i < QUERIES; i++) {
            int rank = Arrays.binarySearch(until, random.nextDouble() * until[n - 1]);
            places[i] = scattered[Math.min(rank < 0 ? ~rank : rank, n - 1)];
        }
    }

    /** Of a hundred queries so many are for a few hot keys. */
    private void share(int[] places, int percent, int hot, SplittableRandom random) {
        int[] scattered = scattered();
        for (int i = 0; i < QUERIES; i++) {
            boolean toHot = random.nextInt(100) < percent;
            places[i] = scattered[toHot ? random.nextInt(hot) : random.nextInt(hot, n)];
        }
    }

    private double[] cumulated(double exponent) {
        double[] until = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += Math.pow(i + 1, -exponent);
            until[i] = sum;
        }
        return until;
    }

    /** Keys that are asked for often are no neighbours; they are the same ones for every thread. */
    private int[] scattered() {
        SplittableRandom random = new SplittableRandom(n);
        int[] places = new int[n];
        Arrays.setAll(places, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = places[i];
            places[i] = places[j];
            places[j] = swapped;
        }
        return places;
    }
}
