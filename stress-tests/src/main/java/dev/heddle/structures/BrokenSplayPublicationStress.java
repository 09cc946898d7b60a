// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The broken twin of {@link SplayPublicationStress}: an entry is linked before it leads to a value. */
@JCStressTest
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "Both reads before the insertion.")
@Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "The insertion between the reads.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both reads after it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A value that is not whole: this twin must show it.")
@State
public class BrokenSplayPublicationStress {
    private static final class Entry {
        volatile int[] value;
    }

    private volatile Entry right;

    @Actor
    public void writer() {
        Entry entry = new Entry();
        right = entry; // MUTANT: too early
        entry.value = new int[] {1};
    }

    @Actor
    public void reader(II_Result r) {
        r.r1 = at();
        r.r2 = at();
    }

    private int at() {
        Entry entry = right;
        if (entry == null) {
            return -1;
        }
        int[] value = entry.value;
        return value == null ? 0 : value[0];
    }
}
