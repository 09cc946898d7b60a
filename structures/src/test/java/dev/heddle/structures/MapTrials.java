// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static dev.heddle.structures.Trees.expect;
import static dev.heddle.structures.Trees.same;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Random operations on views of views of a {@link PathCopyingMap} and of a {@link TreeMap}; throws when they differ,
 * also in what they throw.
 */
final class MapTrials implements Runnable {
    private static final int BOUND = 120;

    private final int rounds;
    private final SplittableRandom random;

    /** For mutants: a small run. */
    MapTrials() {
        this(2000, 1);
    }

    MapTrials(int rounds, long seed) {
        this.rounds = rounds;
        this.random = Trees.random(seed);
    }

    @Override
    public void run() {
        for (int round = 0; round < rounds; round++) {
            NavigableMap<Integer, Integer> expected = Trees.numbers(random, random.nextInt(BOUND / 2), BOUND, null);
            PathCopyingMap<Integer, Integer> map = new PathCopyingMap<>(expected);
            NavigableMap<Integer, Integer> model = expected;
            NavigableMap<Integer, Integer> view = map;
            int depth = random.nextInt(4);
            for (int i = 0; i < depth; i++) {
                Function<NavigableMap<Integer, Integer>, NavigableMap<Integer, Integer>> step = step();
                Object made = outcome(model, step);
                expect(made instanceof NavigableMap == outcome(view, step) instanceof NavigableMap, "range refused");
                if (made instanceof NavigableMap) {
                    model = step.apply(model);
                    view = step.apply(view);
                }
            }
            for (int i = 0; i < 30; i++) {
                compare(model, view);
            }
            same(model, view);
            same(expected, map);
            Trees.audited(map.snapshot());
        }
    }

    private int key() {
        return random.nextInt(-2, BOUND + 2);
    }

    /** A view of a map. */
    private Function<NavigableMap<Integer, Integer>, NavigableMap<Integer, Integer>> step() {
        int a = key();
        int b = key();
        boolean withA = random.nextBoolean();
        boolean withB = random.nextBoolean();
        return switch (random.nextInt(4)) {
            case 0 -> map -> map.subMap(a, withA, b, withB);
            case 1 -> map -> map.headMap(a, withA);
            case 2 -> map -> map.tailMap(a, withA);
            default -> map -> map.descendingMap();
        };
    }

    private void compare(NavigableMap<Integer, Integer> model, NavigableMap<Integer, Integer> view) {
        Function<NavigableMap<Integer, Integer>, Object> operation = random.nextInt(2) == 0 ? read() : write();
        Object expected = outcome(model, operation);
        Object actual = outcome(view, operation);
        expect(Objects.equals(expected, actual), actual + ", not " + expected);
        expect(model.size() == view.size() && model.isEmpty() == view.isEmpty(), "size");
    }

    /** The result, or the class of what was thrown. */
    private static Object outcome(
            NavigableMap<Integer, Integer> map, Function<NavigableMap<Integer, Integer>, ?> operation) {
        try {
            return operation.apply(map);
        } catch (IllegalArgumentException | NoSuchElementException e) {
            return e.getClass();
        }
    }

    private Function<NavigableMap<Integer, Integer>, Object> read() {
        int k = key();
        return switch (random.nextInt(14)) {
            case 0 -> map -> map.get(k);
            case 1 -> map -> map.lowerEntry(k);
            case 2 -> map -> map.floorKey(k);
            case 3 -> map -> map.ceilingEntry(k);
            case 4 -> map -> map.higherKey(k);
            case 5 -> map -> map.firstKey();
            case 6 -> map -> map.lastEntry();
            case 7 -> map -> List.copyOf(map.navigableKeySet().descendingSet());
            case 8 -> map -> List.copyOf(map.values());
            case 9 -> map -> map.entrySet().stream().skip(2).limit(5).toList();
            case 10 -> map -> map.keySet().parallelStream().mapToInt(i -> i).sum();
            case 11 -> map -> map.toString() + map.hashCode();
            case 12 -> map -> map.navigableKeySet().higher(k);
            default -> map -> map.containsValue(k);
        };
    }

    private Function<NavigableMap<Integer, Integer>, Object> write() {
        int k = key();
        int v = random.nextInt(100);
        TreeMap<Integer, Integer> more = new TreeMap<>(Map.of(k, v, k + 7, v));
        boolean clear = random.nextInt(8) == 0;
        return switch (random.nextInt(18)) {
            case 0, 1, 2 -> map -> map.put(k, v);
            case 3, 4 -> map -> map.remove(k);
            case 5 -> map -> map.pollFirstEntry();
            case 6 -> map -> map.pollLastEntry();
            case 7 -> map -> map.merge(k, v, Integer::sum);
            case 8 -> map -> map.computeIfPresent(k, (key, old) -> old % 2 == 0 ? null : old + 1);
            case 9 -> map -> map.putIfAbsent(k, v);
            case 10 -> map -> map.replace(k, v);
            case 11 -> map -> map.keySet().removeAll(List.of(k, k + 1, k + 2));
            case 12 -> map -> map.values().removeIf(value -> value % 10 == v % 10);
            case 13 ->
                map -> {
                    map.replaceAll((key, value) -> value + v);
                    return null;
                };
            case 14 -> map -> removeThird(map);
            case 15 -> map -> map.keySet().retainAll(more.keySet()) && map.remove(k, v);
            case 16 -> map -> setSecond(map, v);
            default ->
                map -> {
                    if (clear) {
                        map.clear();
                    }
                    return null;
                };
        };
    }

    private static Object removeThird(NavigableMap<Integer, Integer> map) {
        Iterator<Integer> keys = map.keySet().iterator();
        for (int i = 0; i < 3 && keys.hasNext(); i++) {
            keys.next();
            if (i == 2) {
                keys.remove();
            }
        }
        return null;
    }

    private static Object setSecond(NavigableMap<Integer, Integer> map, int value) {
        Iterator<Map.Entry<Integer, Integer>> entries = map.entrySet().iterator();
        for (int i = 0; i < 2 && entries.hasNext(); i++) {
            Map.Entry<Integer, Integer> next = entries.next();
            if (i == 1) {
                return next.setValue(value);
            }
        }
        return null;
    }
}
