// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class KeysTest {
    private static final int N = 1000;

    @Test
    void queriesOfAMapWithOtherKeys_areForTheNextOnesThere() {
        Keys keys = new Keys(N);
        SplittableRandom random = new SplittableRandom(1);
        BitSet there = keys.there();
        TreeSet<Integer> expected = new TreeSet<>(keys.entries().keySet());
        assertEquals(expected.size(), there.cardinality());
        for (int i = 0; i < 10 * N; i++) {
            int key = random.nextInt(2 * N);
            boolean put = random.nextBoolean();
            there.set(key, put);
            if (put) {
                expected.add(key);
            } else {
                expected.remove(key);
            }
        }
        Queries before = new Queries(keys, "uniform", 3);
        Queries after = new Queries(keys, "uniform", 3, there);
        for (int i = 0; i < 100 * N; i++) {
            Integer next = expected.ceiling(before.present());
            assertEquals(next == null ? expected.first() : next, after.present());
        }
    }
}
