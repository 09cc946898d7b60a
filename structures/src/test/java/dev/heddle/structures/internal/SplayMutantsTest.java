// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures.internal;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.testkit.Mutant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers SL-1 to SL-4, SL-7: lists with a fault are told from a TreeMap, or fail the validator. */
@Tag("mutant")
class SplayMutantsTest {
    @Test
    void removalThatKeepsItsHits_isRejected() {
        rejected(SplayIndex.class, "            u.weight -= self;\n", "");
    }

    @Test
    void risingThatLeavesTheWeight_isRejected() {
        rejected(SplayIndex.class, "            p.weight = left;\n", "");
    }

    @Test
    void risingFurtherThanItsGroup_isRejected() {
        rejected(SplayIndex.class, "(start != null && p.down != start) || ", "");
    }

    @Test
    void sinkingThatLosesTheWeight_isRejected() {
        rejected(SplayIndex.class, "demotions++;\n                u.weight += x.weight;", "demotions++;");
    }

    @Test
    void hitThatMissesTheLevelsBelow_isRejected() {
        rejected(SplayIndex.class, "            below.weight += hits;\n", "");
    }

    @Test
    void ageingToNothing_isRejected() {
        rejected(SplayIndex.class, "(v.selfPlain() + 1) >> 1", "v.selfPlain() >> 1");
    }

    @Test
    void removalThatStaysLinked_isRejected() {
        rejected(SplayIndex.class, "if (x == null || !x.isCut()) {", "if (true) {");
    }

    @Test
    void levelsThatNeverChange_isRejected() {
        rejected(SplayIndex.class, "return count * 4 > fit * 7 ||", "return");
    }

    @Test
    void levelsThatStayMany_isRejected() {
        rejected(SplayIndex.class, "(finest > 0 && count * 16 < fit * 9)", "false");
    }

    @Test
    void entryOfARemovedKeyThatStays_isRejected() {
        rejected(SplayIndex.class, "                u.publishRight(x.rightPlain());\n", "");
    }

    @Test
    void insertionThatIsNotSettled_isRejected() {
        rejected(SplayUpkeep.class, "            index.pass(node, due - node.selfPlain());\n", "");
    }

    @Test
    void keptWithoutBound_isRejected() {
        rejectedByKept("&& kept() < n >> spare", "");
    }

    @Test
    void keptBesideAKeptOne_isRejected() {
        rejectedByKept("&& standsAlone(v)", "");
    }

    @Test
    void keptOnesThatBecomeNeighbours_isRejected() {
        rejectedByKept("before.isKept() && after != null && cut(after)", "false");
    }

    @Test
    void revivalThatIsNotCounted_isRejected() {
        rejected(SplayList.class, "            index.revived();\n", "");
    }

    @Test
    void keptOnesThatAreNotForgotten_isRejected() {
        rejectedByKept("x.isKept() ? (x.selfPlain() + 1) >> 1 : x.selfPlain()", "x.selfPlain()");
    }

    @Test
    void keptOnesThatMayBeUnpopular_isRejected() {
        rejectedByKept(" || !isPopular(left)", "");
    }

    @Test
    void keptWithoutBoundInAShrunkenList_isRejected() {
        rejectedByKept("boolean areMany = kept() > n >> spare", "boolean areMany = false");
    }

    @Test
    void keptNeighboursThatAnErrorLeft_isRejected() {
        rejectedByKept("areMany || p.isKept()", "areMany");
    }

    @Test
    void groupsOfHalfTheWeight_isRejected() {
        rejectedByLayouts("last.weight + self <= limit", "last.weight + self <= limit / 2");
        rejectedByLayouts("last.weight + v.weight <= limit", "last.weight + v.weight <= limit / 2");
    }

    @Test
    void hitsOf32Bits_isRejected() {
        rejectedByLayouts("node.setSelf(node.selfPlain() + hits)", "node.setSelf((int) (node.selfPlain() + hits))");
        rejectedByLayouts("        m += hits;\n", "        m = (int) (m + hits);\n");
    }

    private static void rejectedByLayouts(String text, String replacement) {
        rejected(SplayIndex.class, text, replacement, SplayLayouts.class);
    }

    private static void rejected(Class<?> original, String text, String replacement) {
        rejected(original, text, replacement, SplayTrials.class);
    }

    private static void rejectedByKept(String text, String replacement) {
        rejected(SplayIndex.class, text, replacement, SplayKept.class);
    }

    private static void rejected(Class<?> original, String text, String replacement, Class<? extends Runnable> body) {
        Runnable trials = Mutant.of(original, text, replacement).body(body);
        assertThrows(Throwable.class, trials::run, "the mutant survived: " + replacement);
    }
}
