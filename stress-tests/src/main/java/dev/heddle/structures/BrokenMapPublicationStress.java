// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The broken twin of {@link MapPublicationStress}: a version for each of the two keys. */
@JCStressTest
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Both reads before the write.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The write between the reads.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Both reads after it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One key of the step without the other: this twin must show it.")
@State
public class BrokenMapPublicationStress {
    private final AtomicReference<PersistentSortedMap<Integer, int[]>> map =
            new AtomicReference<>(PersistentSortedMap.empty());

    @Actor
    public void writer() {
        map.set(map.get().plus(1, new int[] {1})); // MUTANT: not one step
        map.set(map.get().plus(2, new int[] {1}));
    }

    @Actor
    public void reader(II_Result r) {
        r.r1 = at(1);
        r.r2 = at(2);
    }

    private int at(int key) {
        int[] value = map.get().get(key);
        return value == null ? 0 : value[0];
    }
}
