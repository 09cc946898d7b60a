// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Race;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers UF-1, UF-2, UF-3, UF-5, UF-7. */
class ConcurrentUnionFindTest {
    static List<LinkRule> rules() {
        return List.of(LinkRule.INDEX, LinkRule.hashed(1), LinkRule.hashed(-7));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void operations_randomPairs_equalTheSpecification(LinkRule rule) {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 300; round++) {
            int n = 1 + random.nextInt(40);
            var sets = new ConcurrentUnionFind(n, rule);
            var naive = new Naive(n);
            for (int i = random.nextInt(2 * n); i >= 0; i--) {
                int x = random.nextInt(n);
                int y = random.nextInt(n);
                assertEquals(naive.sameSet(x, y), sets.sameSet(x, y));
                assertEquals(naive.unite(x, y), sets.unite(x, y));
                assertTrue(sets.sameSet(y, x));
                assertEquals(naive.find(x), naive.find(sets.find(x)));
                assertEquals(sets.find(x), sets.find(y));
            }
            assertArrayEquals(naive.labels(), sets.labels());
            assertEquals(naive.setCount(), sets.setCount());
        }
    }

    @Test
    void find_byIndex_isTheLeastMember() {
        var sets = new ConcurrentUnionFind(6);
        sets.unite(5, 3);
        sets.unite(4, 5);
        assertEquals(3, sets.find(4));
        sets.unite(4, 1);
        assertEquals(1, sets.find(5));
        assertEquals(0, sets.find(0));
    }

    @Test
    void find_reversedPath_endsAtTheRoot() { // the longest paths that the rule by index has
        int n = 100_000;
        var sets = new ConcurrentUnionFind(n);
        for (int x = n - 1; x > 0; x--) {
            assertTrue(sets.unite(x, x - 1));
        }
        assertEquals(0, sets.find(n - 1));
        assertEquals(1, sets.setCount());
    }

    @Test
    void constructor_badArguments_throws() {
        assertThrows(IllegalArgumentException.class, () -> new ConcurrentUnionFind(-1));
        var e = assertThrows(IllegalArgumentException.class, () -> new ConcurrentUnionFind(1, LinkRule.SIZE));
        assertTrue(e.getMessage().contains("SIZE"), e::getMessage);
        assertThrows(NullPointerException.class, () -> new ConcurrentUnionFind(1, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void operations_noSuchMember_throwAndChangeNothing(int bad) {
        var sets = new ConcurrentUnionFind(3);
        assertThrows(IndexOutOfBoundsException.class, () -> sets.unite(bad, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> sets.unite(0, bad));
        assertThrows(IndexOutOfBoundsException.class, () -> sets.sameSet(bad, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> sets.sameSet(0, bad));
        var e = assertThrows(IndexOutOfBoundsException.class, () -> sets.find(bad));
        assertTrue(e.getMessage().contains("" + bad), e::getMessage);
        assertEquals(3, sets.setCount());
        assertArrayEquals(new int[] {0, 1, 2}, sets.labels());
    }

    @Test
    void empty_hasNoSets() {
        var sets = new ConcurrentUnionFind(0);
        assertEquals(0, sets.setCount());
        assertEquals(0, sets.labels().length);
        assertEquals("ConcurrentUnionFind[0 members]", sets.toString());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void unite_manyThreads_partitionAndCountAreThoseOfTheSpecification(LinkRule rule) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            storm(rule, 2 + seed % 5, 2000, 1500 + 100 * seed, seed);
        }
    }

    /** All threads unite pairs of one list, each beginning elsewhere, and ask what they know. */
    private static void storm(LinkRule rule, int threads, int n, int pairs, int seed) throws Exception {
        int[] from = new SplittableRandom(seed).ints(pairs, 0, n).toArray();
        int[] to = new SplittableRandom(~seed).ints(pairs, 0, n).toArray();
        var sets = new ConcurrentUnionFind(n, rule);
        var unions = new AtomicInteger();
        var failure = new AtomicReference<String>();
        var start = new CyclicBarrier(threads);
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int first = t * pairs / threads;
            running.add(Race.start(() -> {
                start.await();
                int least = n;
                for (int i = 0; i < pairs; i++) {
                    int e = (first + i) % pairs;
                    unions.addAndGet(sets.unite(from[e], to[e]) ? 1 : 0);
                    if (!sets.sameSet(from[e], to[e])) {
                        failure.set("united and not in one set: " + from[e] + ", " + to[e]);
                    }
                    if (i % 512 == 0) {
                        int count = sets.setCount();
                        if (count > least) {
                            failure.set("sets grew from " + least + " to " + count);
                        }
                        least = count;
                    }
                }
            }));
        }
        Race.join(running.toArray(Thread[]::new));
        assertEquals(null, failure.get());
        var naive = new Naive(n);
        for (int i = 0; i < pairs; i++) {
            naive.unite(from[i], to[i]);
        }
        assertArrayEquals(naive.labels(), sets.labels());
        assertEquals(naive.setCount(), sets.setCount());
        assertEquals(n - naive.setCount(), unions.get());
    }

    /** A set that forgets to say which of two roots goes down: used by a mutant. */
    static final class CountsUnions implements Runnable {
        @Override
        public void run() {
            var sets = new ConcurrentUnionFind(3);
            int unions = 0;
            for (int[] pair : new int[][] {{2, 1}, {1, 0}, {0, 2}}) {
                unions += sets.unite(pair[0], pair[1]) ? 1 : 0;
            }
            if (unions != 2 || sets.find(2) != 0) {
                throw new IllegalStateException(unions + " unions, root " + sets.find(2));
            }
        }
    }

    @Test
    @Tag("mutant")
    void looserWins_isRejected() {
        new CountsUnions().run();
        var mutant = Mutant.of(ConcurrentUnionFind.class, "links.loses(u, v);", "!links.loses(u, v);");
        assertThrows(IllegalStateException.class, mutant.body(CountsUnions.class)::run);
    }

    @Test
    void sameSet_ofDisjointSets_isFalse() {
        var sets = new ConcurrentUnionFind(4, LinkRule.hashed(3));
        sets.unite(0, 1);
        sets.unite(2, 3);
        assertFalse(sets.sameSet(1, 3));
        assertEquals(4, sets.memberCount());
    }
}
