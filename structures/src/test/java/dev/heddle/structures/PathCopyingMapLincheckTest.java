// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Combining;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Scenario;
import java.util.Set;
import java.util.TreeMap;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers PC-3, PC-6: every operation of one key is linearizable, and needs nobody's help. */
@Tag("lincheck")
class PathCopyingMapLincheckTest {
    /** Classes that see immutable things only, or statistics. */
    private static final Set<String> PURE = Set.of(
            "Algebra",
            "Batches",
            "Bulk",
            "Entries",
            "FixedReads",
            "Joins",
            "Level",
            "Maps",
            "Nodes",
            "Order",
            "PathCopyingWholeMapLincheckTest$Plain",
            "PersistentSortedMap",
            "Seek",
            "Tally",
            "Tree",
            "TreeApplier",
            "Walk");

    /** Operations of one key, at once published. */
    @Param(name = "key", gen = IntGen.class, conf = "1:3")
    @Param(name = "value", gen = IntGen.class, conf = "1:2")
    @Scenario("put1 ; putIfAbsent1 | remove1 get1")
    @Scenario("put1 put1 ; putIfAbsent1 | remove1 get1")
    @Scenario("remove1 | put1 get1")
    @Scenario("remove1 ; remove1 | put1 get1")
    public static class Keys {
        private final PathCopyingMap<Integer, Integer> map = PathCopyingMap.withPatience(patience(), 2);

        int patience() {
            return 0;
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
        public boolean replace(@Param(name = "key") int key, @Param(name = "value") int value) {
            return map.replace(key, value, value + 1);
        }

        @Operation
        public Integer get(@Param(name = "key") int key) {
            return map.get(key);
        }

        @Operation
        public String pollFirst() {
            return String.valueOf(map.pollFirstEntry());
        }

        public Integer put1() {
            return map.put(1, 1);
        }

        public Integer putIfAbsent1() {
            return map.putIfAbsent(1, 2);
        }

        public Integer remove1() {
            return map.remove(1);
        }

        public Integer get1() {
            return map.get(1);
        }
    }

    /** The same, published after a failure. */
    public static class PatientKeys extends Keys {
        @Override
        int patience() {
            return 1;
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

        public Integer get(int key) {
            return map.get(key);
        }

        public String pollFirst() {
            return String.valueOf(map.pollFirstEntry());
        }

        public Integer put1() {
            return map.put(1, 1);
        }

        public Integer putIfAbsent1() {
            return map.putIfAbsent(1, 2);
        }

        public Integer remove1() {
            return map.remove(1);
        }

        public Integer get1() {
            return map.get(1);
        }
    }

    @Test
    void keysPublishedLate_areLinearizable() {
        quick(Checks.brief()).sequentialSpecification(Spec.class).check(PatientKeys.class);
    }

    @Test
    void racesWorthEverySchedule_areLinearizable() {
        directed(Checks.brief(), Keys.class).check(Keys.class);
    }

    @Test
    void keys_threeThreads_areLinearizable() {
        quick(Checks.briefWide()).sequentialSpecification(Spec.class).check(Keys.class);
    }

    @Test
    void keys_onRealThreads_areLinearizable() {
        Checks.stress().sequentialSpecification(Spec.class).check(Keys.class);
    }

    @Test
    @Tag("mutant")
    void publishedOperationThatChangesNothingIsAnsweredAtOnce_isRejected() {
        rejected(
                "            fresh = new Version<>(applier.applyAll(next, batch.operations, batch.outcomes), batch);",
                "            fresh = new Version<>(applier.applyAll(next, batch.operations, batch.outcomes), batch);\n"
                        + "            if (stateOf(fresh) == stateOf(current)) { finish(fresh); return true; }");
    }

    /** No switches of threads in what touches nothing that is shared, and in the statistics. */
    static ModelCheckingOptions quick(ModelCheckingOptions options) {
        return options.addGuarantee(
                ManagedStrategyGuaranteeKt.forClasses(name -> PURE.contains(name.replaceAll(".*[._]", "")))
                        .allMethods()
                        .ignore());
    }

    /** The scenarios of the subject only, with the schedules of the given budget for each. */
    private static ModelCheckingOptions directed(ModelCheckingOptions options, Class<?> subject) {
        quick(options.iterations(0)).sequentialSpecification(Spec.class);
        Scenario.Parser.of(subject).forEach(options::addCustomScenario);
        return options;
    }

    private static void rejected(String text, String replacement) {
        Class<?> subject = Mutant.of(Combining.class, text, replacement).load(Keys.class);
        Checks.rejected(directed(Checks.mutant(), subject), subject, Checks.INVALID_RESULTS);
    }
}
