// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static dev.heddle.structures.Trees.audited;
import static dev.heddle.structures.Trees.expect;
import static dev.heddle.structures.Trees.same;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Random operations on an immutable map and on a {@link TreeMap}; throws when they differ. */
final class PersistentTrials implements Runnable {
    private static final Comparator<Integer> DOWN = Comparator.reverseOrder();

    private final int rounds;
    private final SplittableRandom random;

    /** For mutants: a small run. */
    PersistentTrials() {
        this(300, 1);
    }

    PersistentTrials(int rounds, long seed) {
        this.rounds = rounds;
        this.random = Trees.random(seed);
    }

    @Override
    public void run() {
        for (int round = 0; round < rounds; round++) {
            Comparator<Integer> order = round % 3 == 0 ? DOWN : null;
            int size = 1 << random.nextInt(12);
            oneByOne(order, size);
            algebra(order, size, 1 << random.nextInt(12));
        }
    }

    private void oneByOne(Comparator<Integer> order, int bound) {
        NavigableMap<Integer, Integer> expected = Trees.numbers(random, random.nextInt(bound), bound, order);
        PersistentSortedMap<Integer, Integer> map = audited(PersistentSortedMap.ofSorted(expected));
        PersistentSortedMap<Integer, Integer> start = map;
        boolean grow = random.nextBoolean();
        for (int i = 0; i < 2 * bound; i++) {
            int key = random.nextInt(bound);
            PersistentSortedMap<Integer, Integer> next;
            if (random.nextInt(4) == 0 ^ grow) {
                next = map.plus(key, i);
                expected.put(key, i);
            } else {
                next = map.minus(key);
                expect(Trees.isOne(next, map) == (expected.remove(key) == null), "not the same map");
            }
            map = next;
            if (i % 64 == 0) {
                differences(start, audited(map));
                start = map;
            }
            expect(Objects.equals(expected.get(key), map.get(key)), "value of " + key);
        }
        same(expected, audited(map));
        queries(expected, map, bound);
    }

    private void queries(
            NavigableMap<Integer, Integer> expected, PersistentSortedMap<Integer, Integer> map, int bound) {
        for (int i = 0; i < 20; i++) {
            int key = random.nextInt(-1, bound + 1);
            expect(map.rank(key) == expected.headMap(key).size(), "rank of " + key);
            expect(Objects.equals(map.floorEntry(key), expected.floorEntry(key)), "floor");
            expect(Objects.equals(map.lowerEntry(key), expected.lowerEntry(key)), "lower");
            expect(Objects.equals(map.ceilingEntry(key), expected.ceilingEntry(key)), "ceiling");
            expect(Objects.equals(map.higherEntry(key), expected.higherEntry(key)), "higher");
        }
        expect(Objects.equals(map.firstEntry(), expected.firstEntry()), "first");
        expect(Objects.equals(map.lastEntry(), expected.lastEntry()), "last");
        List<Map.Entry<Integer, Integer>> entries = new ArrayList<>(expected.entrySet());
        for (int i = 0; i < entries.size(); i += 1 + random.nextInt(50)) {
            Map.Entry<Integer, Integer> found = map.select(i);
            expect(found.equals(entries.get(i)), "select " + i);
            expect(map.rank(found.getKey()) == i, "rank of the selected");
        }
        for (int i = 0; i < 8; i++) {
            ranges(expected, map, random.nextInt(bound), random.nextInt(bound));
        }
    }

    private void ranges(
            NavigableMap<Integer, Integer> expected, PersistentSortedMap<Integer, Integer> map, int a, int b) {
        boolean inOrder = expected.comparator() == null ? a <= b : a >= b;
        int from = inOrder ? a : b;
        int to = inOrder ? b : a;
        boolean withFrom = random.nextBoolean();
        boolean withTo = random.nextBoolean();
        var part = expected.subMap(from, withFrom, to, withTo);
        KeyRange<Integer> range = KeyRange.between(from, withFrom, to, withTo);
        same(part, audited(map.range(range)));
        same(part, map.subMap(from, withFrom, to, withTo));
        same(part.descendingMap(), map.subMap(from, withFrom, to, withTo).descendingMap());
        expect(map.countRange(range) == part.size(), "count of " + range);
        Trees.Digest digest = Trees.DIGEST.identity();
        for (Map.Entry<Integer, Integer> each : part.entrySet()) {
            digest = Trees.DIGEST.combine(digest, Trees.DIGEST.lift(each.getKey(), each.getValue()));
        }
        expect(map.aggregate(range, Trees.DIGEST).equals(digest), "aggregate of " + range);
        audited(map);
    }

    private void algebra(Comparator<Integer> order, int size, int otherSize) {
        int bound = 2 * Math.max(size, otherSize) + random.nextInt(1 << 12);
        NavigableMap<Integer, Integer> a = Trees.numbers(random, size, bound, order);
        NavigableMap<Integer, Integer> b = Trees.numbers(random, otherSize, bound, order);
        if (random.nextInt(4) == 0) { // neighbours, hardly mixed
            int gap = a.lastKey() - 1;
            TreeMap<Integer, Integer> shifted = new TreeMap<>(order);
            b.forEach((key, value) -> shifted.put(key + gap, value));
            b = shifted;
        }
        PersistentSortedMap<Integer, Integer> left = PersistentSortedMap.ofSorted(a);
        PersistentSortedMap<Integer, Integer> right = PersistentSortedMap.ofSorted(b);
        TreeMap<Integer, Integer> union = new TreeMap<>(a);
        b.forEach((key, value) -> union.merge(key, value, (x, y) -> 31 * x + y));
        same(union, audited(left.union(right, (x, y) -> 31 * x + y)));
        TreeMap<Integer, Integer> both = new TreeMap<>(a);
        both.keySet().retainAll(b.keySet());
        both.replaceAll((key, value) -> 31 * value + right.get(key));
        same(both, audited(left.intersect(right, (x, y) -> 31 * x + y)));
        TreeMap<Integer, Integer> without = new TreeMap<>(a);
        without.keySet().removeAll(b.keySet());
        same(without, audited(left.minusAll(right)));
        same(without, audited(left.minusAll(b.keySet())));
        TreeMap<Integer, Integer> plus = new TreeMap<>(a);
        plus.putAll(b);
        same(plus, audited(left.plusAll(b)));
        int rest = random.nextInt(1, 5);
        TreeMap<Integer, Integer> filtered = new TreeMap<>(a);
        filtered.keySet().removeIf(key -> key % rest != 0);
        same(filtered, audited(left.filter((key, value) -> key % rest == 0)));
        TreeMap<Integer, Integer> mapped = new TreeMap<>(a);
        mapped.replaceAll((key, value) -> key + value);
        same(mapped, audited(left.mapValues((key, value) -> key + value)));
        same(a, audited(left));
        same(b, audited(right));
        differences(left, right);
    }

    /** The changes from one to another, applied to the one, give the other. */
    private static void differences(
            PersistentSortedMap<Integer, Integer> older, PersistentSortedMap<Integer, Integer> newer) {
        PersistentSortedMap<Integer, Integer> made = older;
        Integer last = null;
        for (Change<Integer, Integer> change : PersistentSortedMap.diff(older, newer)) {
            expect(last == null || older.order() != null || last < change.key(), "changes out of order");
            last = change.key();
            expect(Objects.equals(older.get(change.key()), change.before()), "before " + change);
            made = change.after() == null ? made.minus(change.key()) : made.plus(change.key(), change.after());
        }
        same(newer, audited(made));
    }
}
