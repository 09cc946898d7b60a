// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Combining;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Scenario;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers PC-3, PC-4: operations of many keys and of the whole map are linearizable, and need nobody's help. */
@Tag("lincheck")
class PathCopyingWholeMapLincheckTest {
    /** Operations of the whole map. */
    @Param(name = "key", gen = IntGen.class, conf = "1:3")
    @Scenario("; merge1 | merge1 ; snapshot")
    @Scenario("; clear | merge1 size ; snapshot")
    public static class Whole {
        private final PathCopyingMap<Integer, Integer> map = PathCopyingMap.withPatience(0, 2);

        @Operation
        public Integer put(@Param(name = "key") int key) {
            return map.put(key, key);
        }

        @Operation
        public Integer merge(@Param(name = "key") int key) {
            return map.merge(key, 1, Integer::sum);
        }

        @Operation
        public void putAll(@Param(name = "key") int key) {
            map.putAll(Plain.pair(key));
        }

        @Operation
        public String update(@Param(name = "key") int key) {
            return Plain.text(map.update(now -> Plain.moved(now, key)));
        }

        @Operation
        public void clear() {
            map.clear();
        }

        @Operation
        public int size() {
            return map.size();
        }

        @Operation
        public String snapshot() {
            return Plain.text(map.snapshot());
        }

        @Operation
        public int countRange(@Param(name = "key") int key) {
            return map.countRange(key, 4);
        }

        @Operation
        public Integer higher(@Param(name = "key") int key) {
            return map.higherKey(key);
        }

        @Operation
        public int tail(@Param(name = "key") int key) {
            int digits = 0;
            for (Iterator<Integer> keys = map.tailMap(key).keySet().iterator(); keys.hasNext(); ) {
                digits = 10 * digits + keys.next();
            }
            return digits;
        }

        public Integer merge1() {
            return map.merge(1, 1, Integer::sum);
        }
    }

    /** What touches no map that is shared. */
    static final class Plain {
        private Plain() {}

        static Map<Integer, Integer> pair(int key) {
            return new TreeMap<>(Map.of(key, 7, key + 1, 7));
        }

        static PersistentSortedMap<Integer, Integer> moved(PersistentSortedMap<Integer, Integer> now, int key) {
            return now.minus(key).plus(key + 1, now.size());
        }

        static String text(PersistentSortedMap<Integer, Integer> map) {
            return map.toString();
        }
    }

    /** What all of them do, one after the other. */
    public static class Spec {
        private final TreeMap<Integer, Integer> map = new TreeMap<>();

        public Integer put(int key) {
            return map.put(key, key);
        }

        public Integer merge(int key) {
            return map.merge(key, 1, Integer::sum);
        }

        public void putAll(int key) {
            map.put(key, 7);
            map.put(key + 1, 7);
        }

        public String update(int key) {
            int size = map.size();
            map.remove(key);
            map.put(key + 1, size);
            return map.toString();
        }

        public void clear() {
            map.clear();
        }

        public int size() {
            return map.size();
        }

        public String snapshot() {
            return map.toString();
        }

        public int countRange(int key) {
            return map.subMap(key, 4).size();
        }

        public Integer higher(int key) {
            return map.higherKey(key);
        }

        public int tail(int key) {
            int digits = 0;
            for (int each : map.tailMap(key).keySet()) {
                digits = 10 * digits + each;
            }
            return digits;
        }

        public Integer merge1() {
            return map.merge(1, 1, Integer::sum);
        }
    }

    @Test
    void wholeMap_isLinearizable() {
        brief().check(Whole.class);
    }

    @Test
    @Tag("mutant")
    void versionIsReplacedByAPlainWrite_isRejected() {
        var mutant = Mutant.of(
                Combining.class,
                "return VERSION.compareAndSet(this, expected, fresh);",
                "if (version != expected) { return false; } version = fresh; return true;");
        Class<?> subject = mutant.load(Whole.class);
        var options =
                PathCopyingMapLincheckTest.quick(Checks.mutant().iterations(0)).sequentialSpecification(Spec.class);
        Scenario.Parser.of(subject).forEach(options::addCustomScenario);
        Checks.rejected(options, subject, Checks.INVALID_RESULTS);
    }

    private static ModelCheckingOptions brief() {
        return PathCopyingMapLincheckTest.quick(Checks.brief()).sequentialSpecification(Spec.class);
    }
}
