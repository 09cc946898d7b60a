// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Covers PC-2, PC-3, litmus L5. A reader that sees a new root sees its nodes whole, and all that one step has changed.
 */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Both reads before the write.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The write between the reads.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both reads after it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One key of the step without the other, or a value that is not whole.")
@State
public class MapPublicationStress {
    private final PathCopyingMap<Integer, int[]> map = new PathCopyingMap<>();

    @Actor
    public void writer() {
        map.putAll(Map.of(1, new int[] {1}, 2, new int[] {1}));
    }

    @Actor
    public void reader(II_Result r) {
        r.r1 = at(1);
        r.r2 = at(2);
    }

    private int at(int key) {
        int[] value = map.get(key);
        return value == null ? 0 : value[0];
    }
}
