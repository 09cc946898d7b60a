// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.SplayList;
import dev.heddle.structures.internal.SplayValidator;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Scenario;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers SL-1, SL-2, SL-5, SL-6: operations of one key are atomic while every access rearranges, and need nobody's help. */
@Tag("lincheck")
class SplayListMapLincheckTest {
    /** Shared with nobody but, under the lock, with those who rearrange. */
    private static final Set<String> HIDDEN =
            Set.of("maintain", "promote", "hit", "hitBelow", "selfPlain", "rightPlain");

    /** Each access is counted; two hits a key make all age; levels enough for three keys. */
    @Param(name = "key", gen = IntGen.class, conf = "1:3")
    @Param(name = "value", gen = IntGen.class, conf = "1:2")
    @Scenario("put1 put2 ; remove2 | put3 get3")
    @Scenario("put2 ; remove2 | remove2 put2")
    @Scenario("put1 put3 ; remove1 | put2 get2")
    public static class Keys {
        final SplayListMap<Integer, Integer> map = new SplayListMap<>(new SplayList(null, 1, 2, -2, 100), 1, 2);

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
        public boolean replace(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.replace(key, value, value + 1);
        }

        @Operation
        public Integer merge(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.merge(key, value, (old, more) -> old.equals(more) ? null : old + more);
        }

        @Operation
        public Integer get(@Param(name = "key") int key) {
            return map.get(key);
        }

        public Integer put1() {
            return map.put(1, 1);
        }

        public Integer put2() {
            return map.put(2, 1);
        }

        public Integer put3() {
            return map.put(3, 1);
        }

        public Integer remove1() {
            return map.remove(1);
        }

        public Integer remove2() {
            return map.remove(2);
        }

        public Integer get2() {
            return map.get(2);
        }

        public Integer get3() {
            return map.get(3);
        }

        @Validate
        public void check() {
            SplayValidator.check(map.list(), null);
        }
    }

    /** What all of them do, one after the other. */
    public static class Spec {
        private final TreeMap<Integer, Integer> map = new TreeMap<>();

        public Integer put(int key, int value) {
            return map.put(key, value);
        }

        public Integer putIfAbsent(int key, int value) {
            return map.putIfAbsent(key, value);
        }

        public Integer remove(int key) {
            return map.remove(key);
        }

        public boolean replace(int key, int value) {
            return map.replace(key, value, value + 1);
        }

        public Integer merge(int key, int value) {
            return map.merge(key, value, (old, more) -> old.equals(more) ? null : old + more);
        }

        public Integer get(int key) {
            return map.get(key);
        }

        public Integer put1() {
            return map.put(1, 1);
        }

        public Integer put2() {
            return map.put(2, 1);
        }

        public Integer put3() {
            return map.put(3, 1);
        }

        public Integer remove1() {
            return map.remove(1);
        }

        public Integer remove2() {
            return map.remove(2);
        }

        public Integer get2() {
            return map.get(2);
        }

        public Integer get3() {
            return map.get(3);
        }
    }

    /** Navigation is atomic as long as nobody removes. */
    @Param(name = "key", gen = IntGen.class, conf = "1:5")
    public static class Neighbours {
        private final SplayListMap<Integer, Integer> map = new SplayListMap<>(new SplayList(null, 1, 2, -2, 100), 1, 2);

        @Operation
        public Integer put(@Param(name = "key") int key) {
            return map.put(key, key);
        }

        @Operation
        public Integer floor(@Param(name = "key") int key) {
            return map.floorKey(key);
        }

        @Operation
        public Integer higher(@Param(name = "key") int key) {
            return map.higherKey(key);
        }

        @Operation
        public Integer first() {
            return map.isEmpty() ? null : map.firstKey();
        }

        @Operation
        public String last() {
            return String.valueOf(map.lastEntry());
        }
    }

    /** The same of a TreeMap. */
    public static class NeighboursSpec {
        private final TreeMap<Integer, Integer> map = new TreeMap<>();

        public Integer put(int key) {
            return map.put(key, key);
        }

        public Integer floor(int key) {
            return map.floorKey(key);
        }

        public Integer higher(int key) {
            return map.higherKey(key);
        }

        public Integer first() {
            return map.isEmpty() ? null : map.firstKey();
        }

        public String last() {
            return String.valueOf(map.lastEntry());
        }
    }

    @Test
    void keys_areLinearizable() {
        quick(Checks.model().iterations(2).invocationsPerIteration(200))
                .sequentialSpecification(Spec.class)
                .check(Keys.class);
    }

    @Test
    void keys_threeThreads_areLinearizable() {
        quick(Checks.wide().iterations(2).invocationsPerIteration(150))
                .sequentialSpecification(Spec.class)
                .check(Keys.class);
    }

    @Test
    void racesWorthEverySchedule_areLinearizable() {
        directed().check(Keys.class);
    }

    @Test
    void neighbours_withoutRemovals_areLinearizable() {
        quick(Checks.model().iterations(2).invocationsPerIteration(200))
                .sequentialSpecification(NeighboursSpec.class)
                .check(Neighbours.class);
    }

    @Test
    @Tag("mutant")
    void removalThatWritesPlainly_isRejected() {
        rejected(
                "SplayList",
                "if (!node.casValue(old, SplayNode.DEAD)) {",
                "if (!node.casValue(node.state(), SplayNode.DEAD)) {");
    }

    @Test
    @Tag("mutant")
    void startThatWasCut_isRejected() {
        rejected("SplayList", "(lowest.isCut() ? lowestBefore(key, true) : lowest)", "lowest");
    }

    @Test
    @Tag("mutant")
    void insertionBehindACutNode_isRejected() {
        rejected("SplayNode", "if (casNext(n, new SplayNode(null, CUT, n))) {", "if (n == n) {");
    }

    @Test
    @Tag("mutant")
    void cutWithoutLook_isRejected() {
        rejected(
                "SplayUpkeep",
                "if (node.casValue(SplayNode.DEAD, SplayNode.CUT)) {",
                "if (node.casValue(node.state(), SplayNode.CUT)) {");
    }

    private static ModelCheckingOptions directed() {
        ModelCheckingOptions options =
                quick(Checks.model().iterations(0).invocationsPerIteration(250)).sequentialSpecification(Spec.class);
        Scenario.Parser.of(Keys.class).forEach(options::addCustomScenario);
        return options;
    }

    /** Switches of threads only where a thread could tell. */
    private static ModelCheckingOptions quick(ModelCheckingOptions options) {
        return options.addGuarantee(ManagedStrategyGuaranteeKt.forClasses(name -> name.endsWith("SplayIndex")
                                || name.endsWith("SplayEntry")
                                || name.endsWith("SplayNode"))
                        .methods(HIDDEN::contains)
                        .treatAsAtomic())
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(
                                SplayList.class.getPackageName() + ".SplayCount", ReentrantLock.class.getName())
                        .allMethods()
                        .treatAsAtomic())
                .addGuarantee(ManagedStrategyGuaranteeKt.forClasses(name -> name.endsWith("SplayValidator"))
                        .allMethods()
                        .ignore());
    }

    private static void rejected(String original, String text, String replacement) {
        try {
            Class<?> faulty = Class.forName(SplayList.class.getPackageName() + "." + original);
            Class<?> subject = Mutant.of(faulty, text, replacement).load(Keys.class);
            ModelCheckingOptions options = quick(Checks.mutant().iterations(0)).sequentialSpecification(Spec.class);
            Scenario.Parser.of(subject).forEach(options::addCustomScenario);
            Checks.rejected(options, subject, Checks.INVALID_RESULTS);
        } catch (ClassNotFoundException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
