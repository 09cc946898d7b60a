// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.util.NavigableMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Operations of one key for Lincheck: of a map of ours, and of a TreeMap, which says what they do one after the other. */
@Param(name = "key", gen = IntGen.class, conf = "1:3")
@Param(name = "value", gen = IntGen.class, conf = "1:2")
public abstract class KeyOperations {
    private final NavigableMap<Integer, Integer> map;

    KeyOperations(NavigableMap<Integer, Integer> map) {
        this.map = map;
    }

    @Operation
    public Integer put(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.put(key, value);
    }

    @Operation
    public Integer putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.putIfAbsent(key, value);
    }

    @Operation
    public Integer remove(@Param(name = "key") int key) {
        return map.remove(key);
    }

    @Operation
    public boolean removeIf(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.remove(key, value);
    }

    @Operation
    public Integer replace(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.replace(key, value);
    }

    @Operation
    public boolean replaceIf(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.replace(key, value, value + 1);
    }

    /** Stores a value, makes it grow, and removes it at last. */
    @Operation
    public Integer compute(@Param(name = "key") int key) {
        return map.compute(key, (same, old) -> old == null ? (Integer) 1 : old > 1 ? null : (Integer) (old + 1));
    }

    @Operation
    public Integer computeIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.computeIfAbsent(key, same -> value);
    }

    @Operation
    public Integer computeIfPresent(@Param(name = "key") int key) {
        return map.computeIfPresent(key, (same, old) -> old > 1 ? null : (Integer) (old + 1));
    }

    @Operation
    public Integer merge(@Param(name = "key") int key, @Param(name = "value") int value) {
        return map.merge(key, value, (old, more) -> old.equals(more) ? null : (Integer) (old + more));
    }

    @Operation
    public Integer get(@Param(name = "key") int key) {
        return map.get(key);
    }

    // ---- for scenarios

    public Integer put1() {
        return map.put(1, 1);
    }

    public Integer put2() {
        return map.put(2, 1);
    }

    public Integer put3() {
        return map.put(3, 1);
    }

    public Integer putIfAbsent1() {
        return map.putIfAbsent(1, 2);
    }

    public Integer remove1() {
        return map.remove(1);
    }

    public Integer remove2() {
        return map.remove(2);
    }

    public Integer remove3() {
        return map.remove(3);
    }

    public Integer compute1() {
        return compute(1);
    }

    public Integer computeIfAbsent1() {
        return computeIfAbsent(1, 2);
    }

    public Integer computeIfPresent1() {
        return computeIfPresent(1);
    }

    public Integer get1() {
        return map.get(1);
    }

    public Integer get2() {
        return map.get(2);
    }

    public Integer get3() {
        return map.get(3);
    }

    public String pollFirst() {
        return String.valueOf(map.pollFirstEntry());
    }

    public String pollLast() {
        return String.valueOf(map.pollLastEntry());
    }
}
