// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Audit;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** What the tests of trees share. */
final class Trees {
    /** A polynomial over the entries in the order of their keys; does not commute. */
    static final Monoid<Integer, Integer, Digest> DIGEST = new Digests();

    /** The digest of a run of entries. */
    record Digest(long sum, long power) {}

    private record Digests() implements Monoid<Integer, Integer, Digest> {
        @Override
        public Digest identity() {
            return new Digest(0, 1);
        }

        @Override
        public Digest lift(Integer key, Integer value) {
            return new Digest(key * 0x9E3779B97F4A7C15L ^ value, 31);
        }

        @Override
        public Digest combine(Digest left, Digest right) {
            return new Digest(left.sum * right.power + right.sum, left.power * right.power);
        }
    }

    private Trees() {}

    /** A source of numbers that can be run again: the seed is that of heddle.seed, if given. */
    static SplittableRandom random(long seed) {
        String given = System.getProperty("heddle.seed", "");
        return new SplittableRandom(given.isEmpty() ? seed : Long.parseLong(given));
    }

    /** Throws unless the tree is in shape. */
    static <K, V> PersistentSortedMap<K, V> audited(PersistentSortedMap<K, V> map) {
        Audit.check(map.root(), map.order());
        return map;
    }

    /** Throws unless both have the same entries, in the same order. */
    static <K, V> void same(NavigableMap<K, V> expected, NavigableMap<K, V> actual) {
        expect(expected.size() == actual.size(), "size " + actual.size() + ", not " + expected.size());
        Iterator<Map.Entry<K, V>> entries = actual.entrySet().iterator();
        for (Map.Entry<K, V> each : expected.entrySet()) {
            Map.Entry<K, V> next = entries.next();
            expect(each.equals(next), next + ", not " + each);
        }
        expect(!entries.hasNext(), "more entries than the size");
    }

    /** A map with n of the keys below a bound. */
    static NavigableMap<Integer, Integer> numbers(
            SplittableRandom random, int n, int bound, Comparator<Integer> order) {
        TreeMap<Integer, Integer> map = new TreeMap<>(order);
        while (map.size() < n) {
            map.put(random.nextInt(bound), random.nextInt());
        }
        return map;
    }

    /** Whether they are one object. */
    @SuppressWarnings("ReferenceEquality") // what is asked
    static boolean isOne(Object one, Object other) {
        return one == other;
    }

    static void expect(boolean right, String otherwise) {
        if (!right) {
            throw new IllegalStateException(otherwise);
        }
    }
}
