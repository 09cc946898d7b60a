// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.util.NavigableMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Navigation, and insertions beside it, for Lincheck: of a map of ours, and of a TreeMap. */
@Param(name = "key", gen = IntGen.class, conf = "1:5")
public abstract class NeighbourOperations {
    final NavigableMap<Integer, Integer> map;

    NeighbourOperations(NavigableMap<Integer, Integer> map) {
        this.map = map;
    }

    @Operation
    public Integer put(@Param(name = "key") int key) {
        return map.put(key, key);
    }

    @Operation
    public Integer lower(@Param(name = "key") int key) {
        return map.lowerKey(key);
    }

    @Operation
    public Integer floor(@Param(name = "key") int key) {
        return map.floorKey(key);
    }

    @Operation
    public Integer ceiling(@Param(name = "key") int key) {
        return map.ceilingKey(key);
    }

    @Operation
    public Integer higher(@Param(name = "key") int key) {
        return map.higherKey(key);
    }

    @Operation
    public String first() {
        return String.valueOf(map.firstEntry());
    }

    @Operation
    public String last() {
        return String.valueOf(map.lastEntry());
    }
}
