// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Covers PC-2, litmus L5. An immutable map may be handed over by a race: its fields are final, and all that they lead
 * to.
 */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "It was not there.")
@Outcome(id = "42", expect = Expect.ACCEPTABLE, desc = "It was there, and whole.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A map with a part that is not there yet.")
@State
public class MapRaceStress {
    private PersistentSortedMap<Integer, Integer> map; // plain

    @Actor
    public void writer() {
        PersistentSortedMap<Integer, Integer> made = PersistentSortedMap.empty();
        for (int i = 0; i < 20; i++) {
            made = made.plus(i, i + 23);
        }
        map = made;
    }

    @Actor
    public void reader(I_Result r) {
        PersistentSortedMap<Integer, Integer> seen = map;
        r.r1 = seen == null ? -1 : seen.getOrDefault(19, 0);
    }
}
