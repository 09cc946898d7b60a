// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Comparisons of a get, where they are known. */
class ComparisonsTest {
    private static final int N = 1 << 12;

    @Test
    void line_ofAnOrder_hasWhatABalancedTreeNeeds_andLessForTheSplayListOfHotKeys() {
        String[] uniform = Comparisons.line("uniform", N).split(" ", -1);
        String[] hot = Comparisons.line("99-1", N).split(" ", -1);
        assertEquals(N, Integer.parseInt(uniform[1]));
        assertEquals(12, Double.parseDouble(uniform[4]), 1, "depth of a red-black tree of ascending keys");
        assertEquals(12, Double.parseDouble(hot[4]), 2, "a few keys of the same tree");
        assertTrue(
                Double.parseDouble(uniform[3]) > 14, () -> "a skip list descends in steps of one half: " + uniform[3]);
        assertTrue(Double.parseDouble(hot[2]) < Double.parseDouble(uniform[2]) - 3, () -> hot[2] + " at 99-1");
    }
}
