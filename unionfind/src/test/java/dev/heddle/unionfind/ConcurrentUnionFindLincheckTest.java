// SPDX-License-Identifier: Apache-2.0
package dev.heddle.unionfind;

import dev.heddle.testkit.Checks;
import dev.heddle.testkit.Mutant;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers UF-3, UF-4, UF-5: unite, sameSet, find and setCount are linearizable and need nobody's help. */
@Tag("lincheck")
class ConcurrentUnionFindLincheckTest {
    /** Four members; the specification is {@link Spec}. */
    @Param(name = "member", gen = IntGen.class, conf = "0:3")
    public static class Members {
        private final ConcurrentUnionFind sets = new ConcurrentUnionFind(4);

        @Operation
        public boolean unite(@Param(name = "member") int x, @Param(name = "member") int y) {
            return sets.unite(x, y);
        }

        @Operation
        public boolean sameSet(@Param(name = "member") int x, @Param(name = "member") int y) {
            return sets.sameSet(x, y);
        }
    }

    /** With the queries that look at one moment. */
    @Param(name = "member", gen = IntGen.class, conf = "0:3")
    public static class Queries {
        private final ConcurrentUnionFind sets = new ConcurrentUnionFind(4);

        @Operation
        public boolean unite(@Param(name = "member") int x, @Param(name = "member") int y) {
            return sets.unite(x, y);
        }

        @Operation
        public int find(@Param(name = "member") int x) {
            return sets.find(x);
        }

        @Operation
        public int setCount() {
            return sets.setCount();
        }
    }

    /** What all of them do, one after the other. */
    public static class Spec {
        private final Naive sets = new Naive(4);

        public boolean unite(int x, int y) {
            return sets.unite(x, y);
        }

        public boolean sameSet(int x, int y) {
            return sets.sameSet(x, y);
        }

        public int find(int x) {
            return sets.find(x);
        }

        public int setCount() {
            return sets.setCount();
        }
    }

    @Test
    void members_areLinearizable() {
        Checks.model().sequentialSpecification(Spec.class).check(Members.class);
    }

    @Test
    void members_threeThreads_areLinearizable() {
        Checks.wide().sequentialSpecification(Spec.class).check(Members.class);
    }

    @Test
    void queries_areLinearizable() {
        Checks.model().sequentialSpecification(Spec.class).check(Queries.class);
    }

    @Test
    void members_onRealThreads_areLinearizable() {
        Checks.stress().sequentialSpecification(Spec.class).check(Members.class);
    }

    @Test
    @Tag("mutant")
    void linkByPlainWrite_isRejected() {
        rejected(
                "return CELLS.compareAndSet(parents, x, expected, winner);",
                "CELLS.set(parents, x, winner); return true;");
    }

    @Test
    @Tag("mutant")
    void negativeAnswerWithoutSecondLook_isRejected() {
        rejected("if (isRoot(v) && isRoot(u)) {", "if (true) {");
    }

    @Test
    @Tag("mutant")
    void negativeAnswerLooksAtOneRootOnly_isRejected() {
        rejected("if (isRoot(v) && isRoot(u)) {", "if (isRoot(v)) {");
    }

    private static void rejected(String text, String replacement) {
        var mutant = Mutant.of(ConcurrentUnionFind.class, text, replacement);
        var options = Checks.mutant().iterations(30).sequentialSpecification(Spec.class);
        Checks.rejected(options, mutant.load(Members.class), Checks.INVALID_RESULTS);
    }
}
