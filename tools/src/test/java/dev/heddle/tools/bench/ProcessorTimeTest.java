// SPDX-License-Identifier: Apache-2.0
package dev.heddle.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessorTimeTest {
    @Test
    void stolenSince_twoMoments_isTheShareBetween() {
        ProcessorTime before = ProcessorTime.of("cpu  100 20 30 400 5 0 6 40 7 0");
        ProcessorTime after = ProcessorTime.of("cpu  130 20 40 430 5 0 6 70 9 0");
        assertEquals(new ProcessorTime(40, 601), before);
        assertEquals("30 % of their time", after.stolenSince(before));
    }

    @Test
    void stolenSince_nothingTold_isNotKnown() {
        ProcessorTime old = ProcessorTime.of("cpu 1 2 3 4"); // Linux before 2.6.11
        assertEquals("not known", old.stolenSince(old));
    }

    @Test
    void now_twice_goesOn() {
        ProcessorTime first = ProcessorTime.now();
        ProcessorTime second = ProcessorTime.now();
        assertTrue(second.all() >= first.all() && second.stolen() >= first.stolen());
    }
}
