// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.heddle.testkit.Mutant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Covers MC-3, MC-4, MC-5, MC-6, MC-7, MC-8: views of views do what those of a TreeMap do. */
class RangesTest {
    @Test
    void randomOperationsOnViews_doWhatThoseOfATreeMapDo() {
        new MapTrials(4000, 3).run();
    }

    @Test
    @Tag("mutant")
    void viewLooksBeforeItsBegin_isRejected() {
        rejected(SortedReads.class, "range.from == null ? Seek.first(root)", "true ? Seek.first(root)");
    }

    @Test
    @Tag("mutant")
    void clearOfAViewTakesTheRest_isRejected() {
        rejected(LiveReads.class, "return Joins.join(Joins.join(low, next), high);", "return Joins.join(low, next);");
    }

    @Test
    @Tag("mutant")
    void rangeForgetsThatItsEndIsExcluded_isRejected() {
        rejected(KeyRange.class, "return c > 0 || (c == 0 && !withTo);", "return c > 0;");
    }

    private static void rejected(Class<?> original, String text, String replacement) {
        Runnable trials = Mutant.of(original, text, replacement).body(MapTrials.class);
        assertThrows(RuntimeException.class, trials::run);
    }
}
