// SPDX-License-Identifier: Apache-2.0
package dev.heddle.structures;

import dev.heddle.structures.internal.SplayList;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * Covers SL-5, SL-6, litmus L7. A reader goes over keys that rise, sink, are laid out anew and unlinked: it finds the key that
 * is always there, and the removed one never after it was missing.
 */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Both looks at the removed key were before its removal.")
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "The removal was between them.")
@Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "Both were after it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A key was missed, or came back.")
@State
public class SplayMoveStress {
    private final SplayListMap<Integer, Integer> map = new SplayListMap<>(new SplayList(null, 1, 2, -2, 100), 1, 2);

    /** Few keys in many levels; two hits a key make all of them age. */
    public SplayMoveStress() {
        for (int key = 1; key <= 4; key++) {
            map.put(key, key);
        }
        map.get(2);
    }

    @Actor
    public void writer() {
        map.get(4); // rises
        map.remove(2);
        map.get(1);
        map.get(1);
    }

    @Actor
    public void reader(III_Result r) {
        r.r1 = map.containsKey(2) ? 1 : 0;
        r.r3 = map.containsKey(3) ? 1 : 0;
        r.r2 = map.containsKey(2) ? 1 : 0;
    }
}
