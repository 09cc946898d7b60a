// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import dev.heddle.structures.PersistentSortedMap;
import dev.heddle.structures.Roots;
import dev.heddle.structures.internal.TreePaths;
import java.io.PrintStream;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What an attempt must read anew after a failed one: the nodes on its path that were not on the path of the attempt
 * before. It needs no clock, and is the same on every machine: the quantity behind the scaling of path copying. Printed
 * for the treap of the paper and for ours, by the size of the tree and the number of other writes between the two
 * attempts.
 */
public final class FreshNodes {
    private static final int ATTEMPTS = 2000;
    private static final int MOST = 12; // a column for each number of fresh nodes up to this

    private FreshNodes() {}

    /** A tree whose versions can be kept. */
    private interface Versions {
        void toggle(int key, SplittableRandom random);

        List<Object> path(int key);
    }

    /** Counts and prints, for trees of so many entries each; the last columns are shares of the attempts by their number. */
    public static void main(String[] arguments) {
        PrintStream out = System.out; // this program's product is its standard output
        out.println("tree entries writes path fresh "
                + IntStream.range(0, MOST).mapToObj(n -> n + " ").collect(Collectors.joining()) + MOST + "+");
        for (int n : Numbers.of(arguments, 1_000, 10_000, 100_000, 1_000_000)) {
            for (int writes : new int[] {1, 2, 4, 8}) {
                out.println(line("treap", treap(n), n, writes));
                out.println(line("heddle", ours(n), n, writes));
            }
        }
    }

    private static String line(String name, Versions versions, int n, int writes) {
        SplittableRandom random = new SplittableRandom(n + writes);
        long fresh = 0;
        long length = 0;
        int[] counts = new int[MOST + 1];
        for (int i = 0; i < ATTEMPTS; i++) {
            int key = random.nextInt(2 * n);
            List<Object> first = versions.path(key);
            for (int j = 0; j < writes; j++) {
                versions.toggle(random.nextInt(2 * n), random);
            }
            List<Object> second = versions.path(key);
            int now = fresh(first, second);
            fresh += now;
            length += second.size();
            counts[Math.min(now, MOST)]++;
        }
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s %d %d %.1f %.2f",
                name,
                n,
                writes,
                length / (double) ATTEMPTS,
                fresh / (double) ATTEMPTS));
        for (int count : counts) {
            text.append(String.format(Locale.ROOT, " %.3f", count / (double) ATTEMPTS));
        }
        return text.toString();
    }

    /** Nodes of the second path that are not on the first. */
    static int fresh(List<Object> first, List<Object> second) {
        Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
        known.addAll(first);
        return (int) second.stream().filter(node -> !known.contains(node)).count();
    }

    private static Versions treap(int n) {
        SplittableRandom random = new SplittableRandom(n);
        Treap.Node root = null;
        while (Treap.sizeOf(root) < n) {
            root = Treap.inserted(root, random.nextInt(2 * n), "", random.nextLong());
        }
        Treap.Node full = root;
        return new Versions() {
            private Treap.Node now = full;

            @Override
            @SuppressWarnings("ReferenceEquality") // the same version: nothing changed
            public void toggle(int key, SplittableRandom dice) {
                Treap.Node next = Treap.inserted(now, key, "", dice.nextLong());
                now = next == now ? Treap.removed(now, key) : next;
            }

            @Override
            public List<Object> path(int key) {
                return Treap.path(now, key);
            }
        };
    }

    private static Versions ours(int n) {
        SplittableRandom random = new SplittableRandom(n);
        PersistentSortedMap<Integer, Object> map = PersistentSortedMap.empty();
        while (map.size() < n) {
            map = map.plus(random.nextInt(2 * n), "");
        }
        PersistentSortedMap<Integer, Object> full = map;
        return new Versions() {
            private PersistentSortedMap<Integer, Object> now = full;

            @Override
            @SuppressWarnings("ReferenceEquality") // the same version: nothing changed
            public void toggle(int key, SplittableRandom dice) {
                PersistentSortedMap<Integer, Object> next = now.plus(key, "");
                now = next == now ? now.minus(key) : next;
            }

            @Override
            public List<Object> path(int key) {
                return TreePaths.path(Roots.of(now), key);
            }
        };
    }
}
