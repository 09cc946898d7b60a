// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.unionfind.internal.Links.Kind;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Covers UF-1, UF-26: the orders of roots are strict, and the random one never changes. */
class LinksTest {
    @Test
    void mix_anySeed_isABijection() {
        for (long seed : new long[] {0, 1, -1, 0x123456789ABCDEFL}) {
            Links links = new Links(Kind.HASHED, seed);
            var random = new SplittableRandom(seed);
            for (int i = 0; i < 1000; i++) {
                int x = random.nextInt();
                assertEquals(x, unmix(links.mix(x), seed));
                assertTrue(links.loses(x, ~x) ^ links.loses(~x, x));
            }
        }
    }

    /** Undoes every step of the mix. */
    private static int unmix(int mixed, long seed) {
        int h = mixed ^ (mixed >>> 16);
        h *= inverse(0xC2B2AE35);
        h ^= (h >>> 13) ^ (h >>> 26);
        h *= inverse(0x85EBCA6B);
        h ^= (int) (seed >>> 32);
        h ^= h >>> 16;
        h *= inverse(0x9E3779B1);
        return h ^ (int) seed;
    }

    private static int inverse(int odd) {
        int inverse = odd;
        for (int i = 0; i < 5; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    @Test
    void mix_goldenValues_stayForEver() {
        Links links = new Links(Kind.HASHED, 42);
        int sum = 0;
        long longs = 0;
        for (int x = 0; x < 1000; x++) {
            sum = 31 * sum + links.mix(x);
            longs = 31 * longs + links.mix((long) x << 20);
        }
        assertEquals(GOLDEN_INTS, sum);
        assertEquals(GOLDEN_LONGS, longs);
        assertNotEquals(links.mix(7), new Links(Kind.HASHED, 43).mix(7));
        assertNotEquals(links.mix(7), new Links(Kind.HASHED, 42L + (1L << 32)).mix(7));
    }

    private static final int GOLDEN_INTS = -943444941;
    private static final long GOLDEN_LONGS = -6024712565457453139L;

    @Test
    void loses_bySize_largerWinsThenSmallerId() {
        Links size = new Links(Kind.SIZE, 0);
        assertTrue(size.loses(0, 1, 1, 2));
        assertFalse(size.loses(1, 0, 2, 1));
        assertTrue(size.loses(1, 0, 3, 3));
        assertFalse(size.loses(0, 1, 3, 3));
        assertTrue(size.loses(1L << 40, 0, 3, 3));
        assertFalse(new Links(Kind.INDEX, 0).loses(0, 1, 1, 9));
        assertTrue(new Links(Kind.INDEX, 0).loses(1L << 40, 5, 9, 1));
    }
}
