// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import java.util.Comparator;

/** The natural order of integers, which counts how often it is asked, by one thread. */
final class Counting implements Comparator<Integer> {
    private long comparisons;

    @Override
    public int compare(Integer one, Integer other) {
        comparisons++;
        return Integer.compare(one, other);
    }

    long comparisons() {
        return comparisons;
    }
}
