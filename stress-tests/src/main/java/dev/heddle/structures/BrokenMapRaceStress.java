// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The broken twin of {@link MapRaceStress}: the map is handed over before its last entry is in it. */
@JCStressTest
@Outcome(id = "-1", expect = Expect.ACCEPTABLE, desc = "It was not there.")
@Outcome(id = "42", expect = Expect.ACCEPTABLE, desc = "It was there, and whole.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A map with a part that is not there yet: this twin must show it.")
@State
public class BrokenMapRaceStress {
    private PersistentSortedMap<Integer, Integer> map; // plain

    @Actor
    public void writer() {
        PersistentSortedMap<Integer, Integer> made = PersistentSortedMap.empty();
        for (int i = 0; i < 19; i++) {
            made = made.plus(i, i + 23);
        }
        map = made; // MUTANT: too early
        map = made.plus(19, 42);
    }

    @Actor
    public void reader(I_Result r) {
        PersistentSortedMap<Integer, Integer> seen = map;
        r.r1 = seen == null ? -1 : seen.getOrDefault(19, 0);
    }
}
