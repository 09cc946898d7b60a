// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.Combining;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Scenario;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
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
    @Scenario("put1 ; putIfAbsent1 | remove1 get1")
    @Scenario("put1 put1 ; putIfAbsent1 | remove1 get1")
    @Scenario("remove1 | put1 get1")
    @Scenario("remove1 ; remove1 | put1 get1")
    @Scenario("compute1 | compute1 get1")
    @Scenario("put1 ; computeIfPresent1 | remove1 get1")
    @Scenario("computeIfAbsent1 | put1 remove1")
    public static class Keys extends KeyOperations {
        public Keys() {
            this(0);
        }

        Keys(int patience) {
            super(PathCopyingMap.withPatience(patience, 2));
        }
    }

    /** The same, published after a failure. */
    public static class PatientKeys extends Keys {
        public PatientKeys() {
            super(1);
        }
    }

    /** What all of them do, one after the other. */
    public static class Spec extends KeyOperations {
        public Spec() {
            super(new TreeMap<>());
        }
    }

    /** Navigation beside insertions and removals, at once published. */
    @Scenario("put1 put3 ; remove1 put2 | lower3 first")
    @Scenario("put1 put3 ; pollFirst put2 | last floor2")
    @Scenario("put1 put3 ; put2 last | remove1 first ; floor2")
    public static class Neighbours extends MovingNeighbours {
        public Neighbours() {
            super(PathCopyingMap.withPatience(0, 2));
        }
    }

    /** The same of a TreeMap. */
    public static class NeighboursSpec extends MovingNeighbours {
        public NeighboursSpec() {
            super(new TreeMap<>());
        }
    }

    /** Removals, too. */
    public abstract static class MovingNeighbours extends NeighbourOperations {
        MovingNeighbours(NavigableMap<Integer, Integer> map) {
            super(map);
        }

        @Operation
        public Integer remove(@Param(name = "key") int key) {
            return map.remove(key);
        }

        @Operation
        public String pollFirst() {
            return String.valueOf(map.pollFirstEntry());
        }

        public Integer put1() {
            return put(1);
        }

        public Integer put2() {
            return put(2);
        }

        public Integer put3() {
            return put(3);
        }

        public Integer remove1() {
            return remove(1);
        }

        public Integer lower3() {
            return lower(3);
        }

        public Integer floor2() {
            return floor(2);
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
    void neighbours_areLinearizable() {
        ModelCheckingOptions options =
                quick(Checks.brief().iterations(3)).sequentialSpecification(NeighboursSpec.class);
        Scenario.Parser.of(Neighbours.class).forEach(options::addCustomScenario);
        options.check(Neighbours.class);
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
                        + "            if (fresh.state == stateOf(current)) { finish(fresh); return true; }");
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
