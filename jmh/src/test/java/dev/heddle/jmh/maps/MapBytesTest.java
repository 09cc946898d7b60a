// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The bytes of a map whose entries are all alike. */
class MapBytesTest {
    private static final int N = 20_000;
    private static final double ENTRY = 40; // header, five references and a colour, with compressed references

    @Test
    void line_ofATreeMap_hasTheSizeOfItsEntryThreeTimes() {
        String[] figures = MapBytes.line("tree-map-locked", N).split(" ", -1);
        assertEquals(N, Integer.parseInt(figures[1]));
        assertEquals(ENTRY, Double.parseDouble(figures[2]), 0.1, "made from ascending entries");
        assertEquals(ENTRY, Double.parseDouble(figures[3]), 0.1, "after insertions");
        assertEquals(ENTRY, Double.parseDouble(figures[4]), 1, "an insertion");
    }
}
