// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.testkit.Mutant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers PC-1, PC-9, PC-10, PC-11: trees with a fault are told from a TreeMap, or fail the audit. */
@Tag("mutant")
class TreeMutantsTest {
    @Test
    void separatorKeptWhenItsKeyGoes_isRejected() {
        rejected("Tree", "if (found >= 0 && Nodes.fill(fresh) > 0) {", "if (false) {");
    }

    @Test
    void kidWithTooLittleIsLeft_isRejected() {
        rejected(
                "Nodes",
                "if (fill(kid) < MIN && node.kids.length > 1) {",
                "if (fill(kid) == 0 && node.kids.length > 1) {");
    }

    @Test
    void sizeOfTheKidBeforeIsKept_isRejected() {
        rejected("Nodes", "int size = node.size - size(node.kids[at]) + size(kid);", "int size = node.size;");
    }

    @Test
    void rootOfOneKidIsLeft_isRejected() {
        rejected(
                "Nodes",
                "while (at instanceof Inner inner && inner.kids.length == 1) {",
                "while (at instanceof Inner inner && inner.kids.length == 0) {");
    }

    @Test
    void batchForgetsTheLastKid_isRejected() {
        rejected("Batches", "int end = i == inner.seps.length ? to :", "int end = i == inner.seps.length ? next :");
    }

    @Test
    void unionTakesTheLeftValue_isRejected() {
        rejected(
                "Algebra",
                "return onLeft ? both(value, old) : both(old, value);",
                "return onLeft ? both(old, value) : both(value, old);");
    }

    @Test
    void unionOfNumbersLosesItsPlaceOnTheRight_isRejected() {
        rejected("Algebra", "next += source >= n ? 1 : 0;", "next += 0;");
    }

    @Test
    void cutTakesTheKeyToTheWrongSide_isRejected() {
        rejected(
                "Joins",
                "return with ? Order.upTo(keys, n, key, order) : Order.below(keys, n, key, order);",
                "return with ? Order.below(keys, n, key, order) : Order.upTo(keys, n, key, order);");
    }

    @Test
    void neighbourBeyondTheLeafIsForgotten_isRejected() {
        rejected("Seek", "return after == null ? null : first(after);", "return null;");
    }

    @Test
    void changedValueIsPassedOver_isRejected() {
        rejected("Diff", "if (a.value() != b.value()) {", "if (a.value() == null) {");
    }

    @Test
    void aggregateOfAnotherRangeIsKept_isRejected() {
        rejected("Folds", "if (low == null && high == null) {", "if (low == null || high == null) {");
    }

    @Test
    void aggregatesAreCombinedBackwards_isRejected() {
        rejected("Folds", "monoid.combine(left, right)", "monoid.combine(right, left)");
    }

    private static void rejected(String name, String text, String replacement) {
        Runnable trials = Mutant.of(classOf(name), text, replacement).body(PersistentTrials.class);
        assertThrows(RuntimeException.class, trials::run);
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName("dev.heddle.structures.internal." + name);
        } catch (ClassNotFoundException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
