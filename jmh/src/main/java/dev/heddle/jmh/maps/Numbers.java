// SPDX-License-Identifier: Apache-2.0
package dev.heddle.jmh.maps;

import java.util.Arrays;

/** What the programs that count are told. */
final class Numbers {
    private Numbers() {}

    /** The arguments, or without any the others. */
    static int[] of(String[] arguments, int... others) {
        return arguments.length == 0
                ? others
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    }
}
