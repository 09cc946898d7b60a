// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.SplayList;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Covers SL-5, litmus L7. A key is inserted, popular enough to rise at once: who meets it, in a level or in the list of all
 * keys, meets its value whole, and finds it again.
 */
@JCStressTest
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "Both reads before the insertion.")
@Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "The insertion between the reads.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both reads after it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A value that is not whole, or a key that was there and is not.")
@State
public class SplayPublicationStress {
    private final SplayListMap<Integer, int[]> map = new SplayListMap<>(new SplayList(null, 1, 4, -2, 100), 1, 4);

    /** Two keys, with the fresh one between them. */
    public SplayPublicationStress() {
        map.put(1, new int[] {1});
        map.put(3, new int[] {1});
    }

    @Actor
    public void writer() {
        map.put(2, new int[] {1}, 8);
    }

    @Actor
    public void reader(II_Result r) {
        r.r1 = at(2);
        r.r2 = at(2);
    }

    private int at(int key) {
        int[] value = map.get(key);
        return value == null ? -1 : value[0];
    }
}
