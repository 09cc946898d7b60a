// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.SplayList;
import dev.heddle.structures.internal.SplaySizes;
import dev.heddle.structures.internal.SplayValidator;
import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import dev.heddle.testkit.Scenario;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers SL-1, SL-2, SL-5, SL-6: operations of one key are atomic while every access rearranges, and need nobody's help. */
@Tag("lincheck")
class SplayListMapLincheckTest {
    /** Shared with nobody but, under the lock, with those who rearrange. */
    private static final Set<String> HIDDEN = Set.of("age", "build", "promote", "hit", "selfPlain", "rightPlain");

    /** Each access is counted; two hits a key make all age; levels enough for three keys. */
    @Scenario("put1 put2 ; remove2 | put3 get3")
    @Scenario("put2 ; remove2 | remove2 put2")
    @Scenario("put1 put3 ; remove1 | put2 get2")
    @Scenario("compute1 | compute1 get1")
    public static class Keys extends KeyOperations {
        private final SplayListMap<Integer, Integer> map;

        public Keys() {
            this(small());
        }

        private Keys(SplayListMap<Integer, Integer> map) {
            super(map);
            this.map = map;
        }

        @Validate
        public void check() {
            SplayValidator.check(map.list(), null);
        }
    }

    /** The same where each removed key is kept that has no kept neighbour. */
    @Scenario("put1 put2 ; remove2 | put2 get2")
    @Scenario("put2 ; remove2 | remove2 put2 | get2")
    @Scenario("put1 put2 remove2 ; put2 get2 | get1 get1")
    @Scenario("put1 put2 put3 remove1 ; remove2 put1 | get3 get1")
    public static class KeptKeys extends Keys {
        public KeptKeys() {
            super(new SplayListMap<>(new SplayList(null, 1, 2, new SplaySizes(-2, 100, 1, 0)), 1, 2));
        }
    }

    /** Polling is atomic as long as nobody inserts. */
    @Scenario("put1 put2 ; pollFirst | pollFirst")
    @Scenario("put1 put2 put3 ; pollLast pollLast | pollLast")
    @Scenario("put1 put2 put3 ; pollFirst pollLast | pollLast pollFirst")
    @Scenario("put1 put2 ; pollFirst | remove1 get2")
    @Scenario("put1 put2 put3 ; pollLast | remove3 remove2 ; get1")
    public static class Polled extends Keys {
        public Polled() {
            super(small());
        }
    }

    /** What all of them do, one after the other. */
    public static class Spec extends KeyOperations {
        public Spec() {
            super(new TreeMap<>());
        }
    }

    /** Navigation is atomic as long as nobody removes. */
    public static class Neighbours extends NeighbourOperations {
        public Neighbours() {
            super(small());
        }
    }

    /** The same of a TreeMap. */
    public static class NeighboursSpec extends NeighbourOperations {
        public NeighboursSpec() {
            super(new TreeMap<>());
        }
    }

    static SplayListMap<Integer, Integer> small() {
        return new SplayListMap<>(new SplayList(null, 1, 2, -2, 100), 1, 2);
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
        directed(Keys.class).check(Keys.class);
    }

    @Test
    void polls_withoutInsertions_areLinearizable() {
        directed(Polled.class).check(Polled.class);
    }

    @Test
    void keys_onRealThreads_areLinearizable() {
        Checks.stress().sequentialSpecification(Spec.class).check(Keys.class);
    }

    @Test
    @Tag("mutant")
    void pollThatDoesNotLookWhoRemoved_isRejected() {
        rejected(
                SplayReads.class,
                "if (found == null || list().kill(found.node(), found.value())) {",
                "if (found == null || list().kill(found.node(), found.value()) || true) {",
                Polled.class,
                Checks.INVALID_RESULTS);
    }

    @Test
    void keptKeys_areLinearizable() {
        quick(Checks.model().iterations(2).invocationsPerIteration(200))
                .sequentialSpecification(Spec.class)
                .check(KeptKeys.class);
        directed(KeptKeys.class).check(KeptKeys.class);
    }

    @Test
    @Tag("mutant")
    void keptKeyCutWithoutLook_isRejected() {
        rejected(
                "SplayIndex",
                "if (!node.casValue(SplayNode.KEPT, SplayNode.CUT)) {",
                "if (!node.isKept() || !node.casValue(node.state(), SplayNode.CUT)) {",
                KeptKeys.class,
                Checks.INVALID_STATE);
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

    private static ModelCheckingOptions directed(Class<?> subject) {
        ModelCheckingOptions options =
                quick(Checks.model().iterations(0).invocationsPerIteration(250)).sequentialSpecification(Spec.class);
        Scenario.Parser.of(subject).forEach(options::addCustomScenario);
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
        rejected(original, text, replacement, Keys.class, Checks.INVALID_RESULTS);
    }

    private static void rejected(String original, String text, String replacement, Class<?> keys, String kind) {
        try {
            rejected(Class.forName(SplayList.class.getPackageName() + "." + original), text, replacement, keys, kind);
        } catch (ClassNotFoundException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static void rejected(Class<?> original, String text, String replacement, Class<?> keys, String kind) {
        Class<?> subject = Mutant.of(original, text, replacement).load(keys);
        ModelCheckingOptions options = quick(Checks.mutant().iterations(0)).sequentialSpecification(Spec.class);
        Scenario.Parser.of(subject).forEach(options::addCustomScenario);
        Checks.rejected(options, subject, kind);
    }
}
